"""One thing that waits for an officer: every room answers the desk in these words."""

from dataclasses import dataclass, field
from datetime import date

from tipline.kit.words import Sentence
from tipline.law.clocks import Due, Tone
from tipline.office.charter import Act


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits, whose it is by number, by when, and the one button that does it.

    A room that counted the limit itself gives `due`, with the counting; one that only keeps the
    day gives `due_on`. Neither means that nothing is promised to anybody.
    """

    what: Sentence
    number: str
    act: Act
    endpoint: str
    values: dict[str, str] = field(default_factory=dict)
    due: Due | None = None
    due_on: date | None = None
    tone: Tone = Tone.QUIET

    @property
    def day(self) -> date | None:
        """The day on which it burns, from whichever of the two is given."""
        return self.due.on if self.due else self.due_on
