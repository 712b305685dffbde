"""How sure we are of a rule, and what the short names of laws stand for."""

from dataclasses import dataclass
from datetime import date

from tipline.kit.words import Bilingual, Labelled


class Mark(Labelled):
    """How sure we are of what a rule says."""

    SEEN = "S", "原文已核"
    QUOTED = "Q", "条文转引"
    SECOND_HAND = "S2", "二手资料"
    MEMORY = "M", "凭记忆，待核"
    PROPOSAL = "P", "本局约定"

    @property
    def is_law(self) -> bool:
        """Whether it may be printed in a letter as what the law says."""
        return self in (Mark.SEEN, Mark.QUOTED)


@dataclass(frozen=True)
class Validity:
    """From when to when a rule is in force; either end may be open, both days included."""

    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on that day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: "Validity") -> bool:
        """Whether there is a day on which both are in force."""
        return _starts_by(self.valid_from, other.valid_to) and _starts_by(other.valid_from, self.valid_to)


@dataclass(frozen=True)
class Source:
    """A law, rule or notice; `key` is the short name that every clause begins with."""

    key: str
    name: Bilingual
    in_force: Validity


def _starts_by(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end
