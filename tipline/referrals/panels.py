"""What rooms above put on the page of a referral, hold against its conclusion, and do when it leaves or comes back.

A room says in its own `views.py`:

    panels.on_a_referral.append(lambda referral, officer: render_template("evidence/_of_referral.html", …))

(`panels.to_do` for what its body does next, which stands on top for it)

and, where something of its own must be settled first, in its `queries.py` or `rules.py`:

    panels.before_conclusion.append(lambda referral: Incomplete("…") if … else None)

and, where something of its own travels with a referral, in its `operations.py`:

    panels.on_the_way.append(lambda act, referral, by, at: …)
"""

from collections.abc import Callable
from datetime import datetime

from tipline.kit.errors import Refused
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.referrals.models import Referral

Panel = Callable[[Referral, Officer], str]
"""The words of a room's part, already escaped by its template, or "" when it has nothing for this officer."""

Gate = Callable[[Referral], Refused | None]
"""Why a referral cannot be concluded yet, or None."""

to_do: list[Panel] = []
on_a_referral: list[Panel] = []
before_conclusion: list[Gate] = []

Follower = Callable[[Act, Referral, Officer, datetime], None]
"""What goes beside a referral, in the same transaction, when it leaves, comes back, or changes hands."""

on_the_way: list[Follower] = []


def follow(act: Act, referral: Referral, *, by: Officer, at: datetime) -> None:
    """Let every room above do its part."""
    for follower in on_the_way:
        follower(act, referral, by, at)
