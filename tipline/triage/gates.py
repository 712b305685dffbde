"""What rooms above hold against filing a lead away: a case that still runs, a review that is still open.

A room says in its own `queries.py` or `rules.py`:

    gates.before_archiving.append(lambda lead: NotNow("…") if … else None)
"""

from collections.abc import Callable

from tipline.kit.errors import Refused
from tipline.leads.models import Lead

Gate = Callable[[Lead], Refused | None]
"""Why a lead cannot be filed away yet, or None."""

before_archiving: list[Gate] = []
