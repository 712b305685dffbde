"""What a sheet of outcomes says, as plain values: filled in at the counter, judged by the rules, kept by the models."""

from dataclasses import dataclass
from datetime import date

from tipline.kit.dates import Month
from tipline.law.bodies import Membership, SupervisionObject
from tipline.law.sanctions import Decider, Family

FORMS = (1, 2, 3, 4)
"""The four forms (四种形态)."""


@dataclass(frozen=True, kw_only=True)
class MeasureSaid:
    """One measure against the person."""

    family: Family
    kind: str | None = None
    """Key in the notice's list of that family; a transfer to prosecution has none."""
    decided_by: str | None = None
    decided_on: date | None = None
    document: str | None = None
    decider: Decider | None = None
    breach: int = 1
    """Which of the person's breaches it answers, counted on this sheet."""
    months: int | None = None
    """The length that the decision names, where the law leaves a choice."""


@dataclass(frozen=True, kw_only=True)
class MoneySaid:
    """One movement of money."""

    kind: str
    amount_fen: int
    moved_on: date | None = None
    voucher: str | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectionSaid:
    """What was put right in one household's dibao."""

    household: str
    kind: str
    decided_on: date | None = None
    effective: Month | None = None
    document: str | None = None
    amount_fen: int | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """The whole sheet."""

    party_member: Membership
    supervision_object: SupervisionObject
    finding: str | None = None
    form: int | None = None
    form_reason: str | None = None
    """Why none of the four forms applies."""
    result: str | None = None
    tolerance: bool = False
    """Concluded under error tolerance."""
    established_fen: int | None = None
    held_fen: int | None = None
    """Still in the body's own keeping."""
    shortfall: str | None = None
    """Why not all of what was established came back."""
    measures: tuple[MeasureSaid, ...] = ()
    money: tuple[MoneySaid, ...] = ()
    corrections: tuple[CorrectionSaid, ...] = ()
