"""What may be done to a town's month: file, file as nil, accept, return. Operations never commit."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import RankClass
from tipline.office import editions, outbox
from tipline.office.charter import Act, Role
from tipline.office.deeds import enact
from tipline.office.models import Office, Officer
from tipline.typical_cases import queries, rules
from tipline.typical_cases.models import TypicalCase, TypicalCaseReport


@dataclass(frozen=True, kw_only=True)
class Told:
    """One case as a town tells it."""

    title: str
    facts: str
    origin: str
    problem: str
    rank_class: RankClass
    person: str | None = None
    decided_on: date | None = None
    decided_by: str | None = None
    sanction: str | None = None
    recovered_fen: int | None = None
    analysis: str | None = None


def file(month: Month, cases: Sequence[Told], *, signatory: str, by: Officer, at: datetime) -> TypicalCaseReport:
    """File the month's typical cases for the officer's town. Raises Refused for a month nobody asked for."""
    if not cases:
        raise Incomplete("没有填写案例。当月确实没有的，请作零报告。")
    report = _report(month, by, at)
    enact(Act.FILE_REPORT, report, by=by, at=at, month=str(month), cases=str(len(cases)))
    _filed(report, nil=False, signatory=signatory, by=by, at=at)
    for position, case in enumerate(cases, start=1):
        db.session.add(TypicalCase(report=report, filing=report.filing, position=position, **asdict(case)))
    return report


def file_nil(month: Month, *, signatory: str, by: Officer, at: datetime) -> TypicalCaseReport:
    """Sign for the officer's town that the month had no typical case."""
    report = _report(month, by, at)
    enact(Act.FILE_NIL_REPORT, report, by=by, at=at, month=str(month))
    _filed(report, nil=True, signatory=signatory, by=by, at=at)
    return report


def accept(report: TypicalCaseReport, *, by: Officer, at: datetime) -> None:
    """Take a town's report as it stands."""
    enact(Act.ACCEPT_REPORT, report, by=by, at=at, month=str(report.month), town=report.office.code)
    report.accepted_at = at


def send_back(report: TypicalCaseReport, *, reason: str, by: Officer, at: datetime) -> None:
    """Return a report with the reason; the month is owed again, and the town's clerk hears of it."""
    enact(Act.RETURN_REPORT, report, by=by, at=at, note=reason, month=str(report.month), town=report.office.code)
    report.returned_at, report.return_reason = at, reason
    outbox.write(
        f"{report.ref}/returned/{report.filing}",
        to=report.office,
        role=Role.TOWN_CLERK,
        letter="typical_cases_returned",
        at=at,
        month=rules.spoken(report.month),
    )


def _report(month: Month, by: Officer, at: datetime) -> TypicalCaseReport:
    """The town's report of the month as it stands, or a fresh one that is not yet in the database."""
    town = _town_of(by)
    rules.require_asked(month, day_of(at), editions.notice())
    standing = queries.report_of(town, month)
    return standing or TypicalCaseReport(
        notice=editions.notice().key, office=town, month=month, filing=0, first_filed_at=at
    )


def _town_of(officer: Officer) -> Office:
    if officer.office not in queries.towns():
        raise NotPermitted("典型案例由通知所列各镇报送，%(office)s不用报。", office=officer.office.name)
    return officer.office


def _filed(report: TypicalCaseReport, *, nil: bool, signatory: str, by: Officer, at: datetime) -> None:
    report.nil, report.signatory = nil, signatory
    report.filed_at, report.filed_by = at, by
    report.filing += 1
    db.session.add(report)
    try:
        db.session.flush()
    except IntegrityError:
        raise NotNow("刚才本镇已有人报送了这个月的典型案例，请刷新后再看。") from None
