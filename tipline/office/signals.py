"""What draws the bureau's eye to a town, R-22. Rooms say so here; the room of inspections asks all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tipline.kit.words import Sentence
from tipline.office.models import Officer

MOST = 50
"""So many rows behind a number are listed."""


@dataclass(frozen=True)
class Reason:
    """One row behind a number: its shell, and the door to it."""

    what: object
    on: date | None
    state: object
    endpoint: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One thing that can be counted by town. How much it weighs is said by the notice, under the same name."""

    name: Sentence
    counts: Callable[[date, date], Mapping[str, int]]
    """By the code of the town, from the first day to the last, in a number of questions that does not grow.

    What some officers must not know of is in nobody's count.
    """
    behind: Callable[[Officer, str, date, date], Sequence[Reason]] | None = None
    """The rows that make up a town's number, as far as the officer may see them; `MOST` of them."""
    grows: bool = False
    """Whether more households mean more of it, so that towns are compared by the thousand households."""


signals: dict[str, Signal] = {}
"""By the name that the notice uses in `signal`."""
