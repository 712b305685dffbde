"""The figures of May, sealed by two when the rehearsal begins, and one of them put right afterwards."""

from datetime import datetime, timedelta

from tipline.kit.dates import Month
from tipline.office import roster
from tipline.office.charter import Role
from tipline.office.models import Officer
from tipline.reports import sealing
from tipline.reports.models import MonthSeal
from tipline.reports.rules import TOTAL, Asked, Span

MAY = Month(2018, 5)


def seal_of_may(at: datetime) -> None:
    """Sealed by two; then a letter turns up that nobody had entered."""
    keeper, seal = _one(Role.LEDGER_KEEPER), seal_of(MAY, at)
    number = sealing.corrected(seal)[Asked.LEADS, Span.MONTH, TOTAL]
    reason = "5月31日收到的一封来信6月1日才登记，应计入5月。"
    later = at + timedelta(minutes=50)
    sealing.correct(seal, Asked.LEADS, Span.MONTH, TOTAL, number + 1, reason=reason, by=keeper, at=later)


def seal_of(month: Month, at: datetime) -> MonthSeal:
    """The leader asks, the keeper looks and confirms."""
    seal = sealing.propose(month, by=_one(Role.BUREAU_LEADER), at=at)
    sealing.confirm(seal, by=_one(Role.LEDGER_KEEPER), at=at + timedelta(minutes=20))
    return seal


def _one(role: Role) -> Officer:
    return next(officer for officer in roster.officers() if officer.role is role)
