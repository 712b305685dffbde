"""What may follow a finding: which measures, for whom, how long they have effect, and which of several is executed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tipline.kit.errors import NotFound
from tipline.kit.words import Bilingual, Labelled
from tipline.law.bodies import Body
from tipline.law.clocks import add_months
from tipline.law.facts import Condition, PersonFacts, fits
from tipline.law.sources import Mark, Validity


class Family(Labelled):
    """A family of measures; the stored value is the name of its list in the notice's terms."""

    PARTY = "party_sanction", "党纪处分"
    ADMIN = "admin_sanction", "政务处分"
    BELOW = "below_sanction", "处分以下措施"
    ORGANISATIONAL = "organisational_treatment", "组织处理"
    PROSECUTION = "prosecution_transfer", "移送检察机关"

    @property
    def is_sanction(self) -> bool:
        return self in (Family.PARTY, Family.ADMIN)


class Decider(Labelled):
    """Who sanctions a public official: never both for the same breach (政务处分法 第十六条)."""

    SUPERVISION_BODY = "supervision_body", "监察机关"
    APPOINTING_AUTHORITY = "appointing_authority", "任免机关、单位"


@dataclass(frozen=True)
class FindingRule:
    """What a finding asks for and what it rules out."""

    finding: str
    asks_form: bool
    """One of the four forms must be named, or a reason why none applies."""
    untrue: bool
    """What was said of the person was not so: their name may be cleared."""
    forbids: tuple[Family, ...]
    approval: Body | None
    """The lowest body whose approval must be on file first."""
    clause: str
    mark: Mark


@dataclass(frozen=True)
class EffectPeriod:
    """How long one sanction has effect; several lengths mean that the decision names one, none that it has no end."""

    family: Family
    sanction: str
    months: tuple[int, ...]
    name: Bilingual
    clause: str
    mark: Mark
    in_force: Validity


@dataclass(frozen=True)
class SanctionLimit:
    """The only sanctions of a family that may be given to such a person."""

    family: Family
    when: Condition
    only: tuple[str, ...]
    name: Bilingual
    clause: str
    mark: Mark
    in_force: Validity


@dataclass(frozen=True)
class SanctionRule:
    """How several sanctions stand to each other: `once` for the same breach, `heaviest` is executed."""

    key: str
    name: Bilingual
    clause: str
    mark: Mark
    in_force: Validity


@dataclass(frozen=True)
class FineLimit:
    """How many times what was wrongly drawn a household may be fined."""

    least: int
    most: int
    clause: str
    mark: Mark
    in_force: Validity


ONCE, HEAVIEST = "once", "heaviest"
Dated = EffectPeriod | SanctionLimit | SanctionRule | FineLimit
D = TypeVar("D", EffectPeriod, SanctionLimit, SanctionRule, FineLimit)


@dataclass(frozen=True)
class OutcomeRules:
    """The part of a notice that says what may follow a finding."""

    findings: tuple[FindingRule, ...]
    effects: tuple[EffectPeriod, ...]
    limits: tuple[SanctionLimit, ...]
    rules: tuple[SanctionRule, ...]
    fines: tuple[FineLimit, ...]

    def finding(self, key: str) -> FindingRule:
        """What the finding asks for and rules out."""
        for rule in self.findings:
            if rule.finding == key:
                return rule
        raise NotFound("文件里没有名为“%(key)s”的项", key=key)

    def effect(self, family: Family, sanction: str, on: date) -> EffectPeriod | None:
        """The effect period of a sanction decided on that day; None for what has none."""
        return _in_force((e for e in self.effects if (e.family, e.sanction) == (family, sanction)), on)

    def limit(self, family: Family, facts: PersonFacts, on: date) -> SanctionLimit | None:
        """What narrows the sanctions of a family for such a person on that day."""
        return _in_force((e for e in self.limits if e.family is family and fits(e.when, facts)), on)

    def rule(self, key: str, on: date) -> SanctionRule | None:
        """The rule of that name in force on that day."""
        return _in_force((rule for rule in self.rules if rule.key == key), on)

    def fine(self, on: date) -> FineLimit | None:
        """How far a fine may go that is decided on that day."""
        return _in_force(self.fines, on)

    def dated(self) -> Iterator[Dated]:
        """Everything that is in force for a time."""
        yield from self.effects
        yield from self.limits
        yield from self.rules
        yield from self.fines

    def named(self) -> Iterator[tuple[str, Validity]]:
        """What may stand only once at a time, by name."""
        yield from ((f"effect {e.family.value}.{e.sanction}", e.in_force) for e in self.effects)
        yield from ((f"rule {rule.key}", rule.in_force) for rule in self.rules)
        yield from ((f"finding {rule.finding}", Validity()) for rule in self.findings)
        yield from (("fine", fine.in_force) for fine in self.fines)


def ends_on(decided_on: date, months: int) -> date:
    """The last day of an effect period: the same day number, or the last day of a month that has no such day.

    The day of the decision is not counted (民法典 第二百零一、二百零二条).
    """
    return add_months(decided_on, months)


def _in_force(entries: Iterable[D], on: date) -> D | None:
    return next((entry for entry in entries if entry.in_force.holds_on(on)), None)
