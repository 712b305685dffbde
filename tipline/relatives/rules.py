"""When a person of a list and a household may belong together, and why. Pure.

Two numbers that differ speak against any likeness of names: a namesake is never a hit.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tipline.kit.identity import plain_name
from tipline.kit.words import Labelled, Sentence


class Level(Labelled):
    """How sure a likeness is, the surest first."""

    IDENTITY = "identity", "身份证号一致"
    LENGTHENED = "lengthened", "旧号补位后一致"
    HOUSEHOLD = "household", "同村同户主"
    NAMESAKE = "namesake", "同村同名"


WHY = {
    Level.IDENTITY: Sentence("名单上的身份证号与低保户主的18位身份证号完全相同。"),
    Level.LENGTHENED: Sentence(
        "名单上是15位旧号，由系统补成18位后与低保户主的号相同。旧号没有校验码，抄错一位也看不出来，请与证件核对。"
    ),
    Level.HOUSEHOLD: Sentence(
        "名单上写明此人所在户的户主，与同村一户低保的户主同名。户主没有身份证号可比，可能是同名的另一户。"
    ),
    Level.NAMESAKE: Sentence("名单上没有此人的身份证号，姓名和村与一户低保的户主相同。可能只是同名，请先核实身份。"),
}
"""What each level means to whoever looks at a hit."""

LOOK_AT = {
    Level.IDENTITY: Sentence("请核对：本人是否确实在保，名单是否为最新。"),
    Level.LENGTHENED: Sentence("请核对：证件上的18位号。"),
    Level.HOUSEHOLD: Sentence("请核对：户口簿上此人是否在这一户。"),
    Level.NAMESAKE: Sentence("请核对：此人的身份证号、住址、家庭成员。"),
}
"""What to compare before saying yes or no."""


@dataclass(frozen=True)
class Person:
    """Somebody on a list, by whatever marks: plain words or keyed hashes compare alike."""

    ref: int
    identity: str | None
    lengthened: bool
    namesake: str | None
    """Name and village; None where a number is known, so that a name alone never speaks against it."""
    household: str | None
    """The name of another, in whose household the person lives, and the village."""


@dataclass(frozen=True)
class Household:
    """A household on the roll, by the marks of its head."""

    ref: int
    identity: str
    head: str | None
    """Name and village."""


def in_village(name: str, village: str | None) -> str | None:
    """Name and village in one spelling; None where either is unknown."""
    plain = plain_name(name)
    return f"{village}|{plain}" if plain and village else None


def level_of(person: Person, household: Household) -> Level | None:
    """How the two are alike; None when they are not."""
    if person.identity == household.identity:
        return Level.LENGTHENED if person.lengthened else Level.IDENTITY
    if household.head and person.household == household.head:
        return Level.HOUSEHOLD
    if household.head and person.identity is None and person.namesake == household.head:
        return Level.NAMESAKE
    return None


class Directory:
    """Persons by their marks, so that a household is compared with those alone who share one with it."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self._by_mark: dict[str, list[Person]] = defaultdict(list)
        for person in persons:
            for mark in {person.identity, person.namesake, person.household} - {None}:
                self._by_mark[mark or ""].append(person)

    def like(self, household: Household) -> Iterator[tuple[Person, Level]]:
        """Everybody who may belong to the household, each once."""
        met: set[int] = set()
        for mark in (household.identity, household.head):
            for person in self._by_mark.get(mark or "", ()):
                level = level_of(person, household)
                if level is not None and person.ref not in met:
                    met.add(person.ref)
                    yield person, level


def is_overdue(seen_on: date | None, ended_on: date | None, before: date) -> bool:
    """Whether a filing that has not ended was neither made nor verified since `before`."""
    return ended_on is None and (seen_on is None or seen_on < before)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of a shorter month."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)
