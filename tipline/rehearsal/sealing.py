"""The figures of May, sealed by two when the rehearsal begins, and one of them put right afterwards."""

from datetime import datetime, timedelta

from tipline.kit.dates import Month
from tipline.office import roster
from tipline.office.charter import Role
from tipline.reports import sealing
from tipline.reports.rules import TOTAL, Asked, Span

MAY = Month(2018, 5)


def seal_of_may(at: datetime) -> None:
    """The leader asks, the keeper looks and confirms; then a letter turns up that nobody had entered."""
    people = {officer.role: officer for officer in reversed(roster.officers())}
    leader, keeper = people[Role.BUREAU_LEADER], people[Role.LEDGER_KEEPER]
    seal = sealing.propose(MAY, by=leader, at=at)
    sealing.confirm(seal, by=keeper, at=at + timedelta(minutes=20))
    number = sealing.corrected(seal)[Asked.LEADS, Span.MONTH, TOTAL]
    reason = "5月31日收到的一封来信6月1日才登记，应计入5月。"
    later = at + timedelta(minutes=50)
    sealing.correct(seal, Asked.LEADS, Span.MONTH, TOTAL, number + 1, reason=reason, by=keeper, at=later)
