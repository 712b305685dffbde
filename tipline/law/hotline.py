"""What a notice says of its published telephone numbers: how often they are dialled, what that shows, by when."""

from dataclasses import dataclass
from typing import TypeVar

from tipline.kit.errors import NotFound
from tipline.kit.words import Bilingual
from tipline.law.sources import Mark


@dataclass(frozen=True)
class DialResult:
    """What may come of dialling a number."""

    key: str
    name: Bilingual
    fault: str
    """The problem type of a number that does so again and again; "" where it works as it should."""

    @property
    def passed(self) -> bool:
        return not self.fault


@dataclass(frozen=True)
class RingBackResult:
    """What may come of calling back somebody whom nobody answered."""

    key: str
    name: Bilingual


Named = TypeVar("Named", DialResult, RingBackResult)


@dataclass(frozen=True)
class Hotline:
    """All that a notice says of its numbers; a notice that says nothing has no results. Limits in working days."""

    round_every: int = 0
    """Calendar days from one round of test calls to the next."""
    numbers_a_round: int = 0
    test_within: int = 0
    retest_within: int = 0
    tries: int = 0
    """So many failed tests in a row make a fault of the line."""
    correct_within: int = 0
    ring_back_within: int = 0
    silent_after: int = 0
    """Calendar days without any call, after which a number is named silent."""
    reminders: tuple[int, ...] = ()
    """The steps of the reminders, from the due day."""
    hours: tuple[int, ...] = ()
    """The hours at which a number that is answered in working hours may be dialled."""
    hours_all_day: tuple[int, ...] = ()
    channel: str = ""
    """By which key of the channels leads come in that were told on the telephone."""
    results: tuple[DialResult, ...] = ()
    ring_backs: tuple[RingBackResult, ...] = ()
    clause: str = ""
    mark: Mark = Mark.PROPOSAL

    @property
    def faults(self) -> tuple[str, ...]:
        """The problem types a number can have, in the order of the results."""
        return tuple(dict.fromkeys(result.fault for result in self.results if result.fault))

    def result(self, key: str) -> DialResult:
        return _find(self.results, key)

    def ring_back(self, key: str) -> RingBackResult:
        return _find(self.ring_backs, key)


def _find(entries: tuple[Named, ...], key: str) -> Named:
    for entry in entries:
        if entry.key == key:
            return entry
    raise NotFound("文件里没有名为“%(key)s”的项", key=key)
