"""What rooms above put on the page of a referral, and what they hold against its conclusion.

A room says in its own `views.py`:

    panels.on_a_referral.append(lambda referral, officer: render_template("evidence/_of_referral.html", …))

and, where something of its own must be settled first, in its `queries.py` or `rules.py`:

    panels.before_conclusion.append(lambda referral: Incomplete("…") if … else None)
"""

from collections.abc import Callable

from tipline.kit.errors import Refused
from tipline.office.models import Officer
from tipline.referrals.models import Referral

Panel = Callable[[Referral, Officer], str]
"""The words of a room's part, already escaped by its template, or "" when it has nothing for this officer."""

Gate = Callable[[Referral], Refused | None]
"""Why a referral cannot be concluded yet, or None."""

on_a_referral: list[Panel] = []
before_conclusion: list[Gate] = []
