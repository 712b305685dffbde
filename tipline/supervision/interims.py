"""Interim reports: how far the handling body has come, owed on working days until the result."""

from datetime import datetime

from tipline.kit.errors import Incomplete
from tipline.kit.words import Sentence
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.supervision.grounds import words
from tipline.supervision.lifecycle import InterimState
from tipline.supervision.models import InterimReport, SupervisedCase
from tipline.supervision.objections import do

UNANSWERED = {InterimState.OWED, InterimState.SENT_BACK}
OPEN = UNANSWERED | {InterimState.FILED}
"""Not yet settled between the two sides."""


def owed(case: SupervisedCase) -> InterimReport | None:
    """The report that the handling body owes next: one that came back goes first."""
    return next(iter(sorted(_in(case, UNANSWERED), key=lambda report: report.due_on)), None)


def filed(case: SupervisedCase) -> InterimReport | None:
    """The report that waits for whoever supervises."""
    return next(iter(_in(case, {InterimState.FILED})), None)


def file(case: SupervisedCase, text: str, *, by: Officer, at: datetime) -> InterimReport:
    """The handling body says how far it has come; the words of a report that came back stay in the trail."""
    told, report = words(text, Sentence("请写明阶段情况。")), owed(case)
    if report is None:
        case.life.after(case.state, Act.FILE_INTERIM)
        raise Incomplete("现在没有要报送的阶段情况。")
    do(Act.FILE_INTERIM, case, by=by, at=at, note=told, due_on=report.due_on.isoformat())
    report.text, report.filed_at, report.filed_by, report.state = told, at, by, InterimState.FILED
    return report


def acknowledge(case: SupervisedCase, *, last: bool = False, by: Officer, at: datetime) -> None:
    """Take note of what was reported. `last`: nothing further need be reported before the result."""
    report = _filed(case, Act.ACKNOWLEDGE_INTERIM)
    do(Act.ACKNOWLEDGE_INTERIM, case, by=by, at=at, due_on=report.due_on.isoformat(), **_last(last))
    report.state, report.reason = InterimState.ACKNOWLEDGED, None
    if last:
        for other in _in(case, UNANSWERED):
            other.state = InterimState.WAIVED


def send_back(case: SupervisedCase, *, reason: str, by: Officer, at: datetime) -> InterimReport:
    """What was reported is not enough."""
    text, report = words(reason, Sentence("请写明理由。")), _filed(case, Act.SEND_BACK_INTERIM)
    do(Act.SEND_BACK_INTERIM, case, by=by, at=at, note=text, due_on=report.due_on.isoformat())
    report.state, report.reason = InterimState.SENT_BACK, text
    return report


def _filed(case: SupervisedCase, act: Act) -> InterimReport:
    report = filed(case)
    if report is None:
        case.life.after(case.state, act)
        raise Incomplete("现在没有待审的阶段情况。")
    return report


def _in(case: SupervisedCase, states: set[InterimState]) -> list[InterimReport]:
    return [report for report in case.interims if report.state in states]


def _last(last: bool) -> dict[str, str]:
    return {"last": "yes"} if last else {}
