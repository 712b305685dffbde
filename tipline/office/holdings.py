"""What officers hold by name. Rooms above say what they know of; the hand-over of a leaving asks all of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tipline.kit.words import Sentence
from tipline.office.models import Office, Officer


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One open thing that somebody holds, and who in the office could take it: only those who may know of it."""

    kind: str
    key: str
    number: str
    what: Sentence
    endpoint: str
    values: dict[str, str] = field(default_factory=dict)
    hands: list[Officer] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Room:
    """How one room answers about the things it keeps under a name."""

    kind: str
    held: Callable[[Officer, Office, Officer], list[Holding]]
    """What this officer holds in the office, as far as the third may know."""
    hand_on: Callable[[str, Officer, Office, Officer, Officer, datetime], None]
    """Hand on the thing of that key, held by this officer in the office, to another: `by`, `at` last."""
    settle: Callable[[Officer, Office, Officer, datetime], None]
    """Hand on whatever is left, to the first there who may know of it; what has no hand is let go. By the clock."""
    orphans: Callable[[], int]
    """How many open things are held by somebody who is gone, while no hand-over is open."""


rooms: list[Room] = []


def held_by(officer: Officer, office: Office, reader: Officer) -> list[Holding]:
    """Everything the officer holds in the office that the reader may know of."""
    return [thing for room in rooms for thing in room.held(officer, office, reader)]


def orphans() -> int:
    """How many open things nobody holds who is here."""
    return sum(room.orphans() for room in rooms)
