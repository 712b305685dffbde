"""Questions about the towns' months: who may see which, what is owed, and what waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import joinedload

from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law import campaign
from tipline.law.bodies import Body
from tipline.office import answering, calendars, editions, roster
from tipline.office.answering import Answer, Asked, Owed
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.models import Entry, Office, Officer
from tipline.office.waiting import Waiting
from tipline.typical_cases import rules
from tipline.typical_cases.lifecycle import ReportState
from tipline.typical_cases.models import TypicalCase, TypicalCaseReport

Reports = dict[tuple[int, Month], TypicalCaseReport]


@dataclass(frozen=True)
class Cell:
    """One town's month, with its report when there is one."""

    town: Office
    month: Month
    at: rules.TownMonth
    report: TypicalCaseReport | None


@dataclass(frozen=True)
class Grid:
    """The towns an officer sees, by the months asked so far."""

    months: list[Month]
    rows: list[tuple[Office, list[Cell]]]


def visible_to(officer: Officer) -> Select[TypicalCaseReport]:
    """Towns see their own reports; the bureau and the district's discipline bodies see all."""
    reports = _under_this_notice().options(joinedload(TypicalCaseReport.office))
    if not officer.may(Act.READ_TYPICAL_CASES):
        return reports.where(false())
    if officer.role in TOWN_ROLES:
        reports = reports.join(TypicalCaseReport.office).where(Office.place_code == officer.office.place_code)
    return reports.order_by(TypicalCaseReport.month, TypicalCaseReport.id)


def _under_this_notice() -> Select[TypicalCaseReport]:
    return select(TypicalCaseReport).where(TypicalCaseReport.notice == editions.notice().key)


def towns() -> list[Office]:
    """The town governments that the notice addresses, in the order of their codes."""
    addressed = set(editions.notice().places)
    return [office for office in roster.town_governments() if office.place_code in addressed]


def towns_seen_by(officer: Officer) -> list[Office]:
    """The rows of the grid for this officer."""
    if officer.role not in TOWN_ROLES:
        return towns()
    return [town for town in towns() if town.place_code == officer.office.place_code]


def reports_of(months: Iterable[Month]) -> Reports:
    """Every report of those months, by town and month."""
    found = db.session.scalars(_under_this_notice().where(TypicalCaseReport.month.in_(list(months))))
    return {(report.office_id, report.month): report for report in found}


def report_of(town: Office, month: Month) -> TypicalCaseReport | None:
    """The town's report of the month, if it has ever filed one."""
    return reports_of([month]).get((town.id, month))


def filed(report: TypicalCaseReport | None) -> rules.Filed | None:
    """What the rules need to know of a report."""
    if report is None:
        return None
    returned_on = day_of(report.returned_at) if report.returned_at else None
    return rules.Filed(report.state, report.nil, day_of(report.first_filed_at), returned_on)


def grid(officer: Officer, today: date) -> Grid:
    """The towns an officer sees, by the months asked so far; as many questions for one town as for all."""
    months = list(campaign.months_asked(today, editions.notice()))
    seen = towns_seen_by(officer)
    cells = _cells(seen, months, today)
    return Grid(months, [(town, [cell for cell in cells if cell.town is town]) for town in seen])


def month_of(officer: Officer, month: Month, today: date) -> list[Cell]:
    """One month of every town the officer sees."""
    return _cells(towns_seen_by(officer), [month], today)


def overdue(today: date) -> list[Cell]:
    """The towns' months that are owed and late, oldest first."""
    cells = _cells(towns(), list(campaign.months_asked(today, editions.notice())), today)
    return [cell for cell in cells if cell.at.due_on < today and rules.owes(filed(cell.report))]


def _cells(of: list[Office], months: list[Month], today: date) -> list[Cell]:
    """Month by month, every town's cell."""
    notice, calendar, reports = editions.notice(), calendars.calendar(), reports_of(months)
    cells = []
    for month in months:
        due = campaign.period_due(month, notice, calendar)
        for town in of:
            report = reports.get((town.id, month))
            at = rules.town_month(filed(report), due, today, calendar)
            cells.append(Cell(town, month, at, report))
    return cells


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """Months a clerk has to file; reports the bureau has to look at; under every notice."""
    return list(chain(*editions.each(lambda: _waiting_for(officer, today))))


def _waiting_for(officer: Officer, today: date) -> list[Waiting]:
    if officer.may(Act.FILE_REPORT) and officer.office.body is Body.TOWN_GOVERNMENT:
        return [_to_file(cell) for cell in _to_be_filed(officer, today)]
    if officer.may(Act.ACCEPT_REPORT):
        states = (ReportState.FILED, ReportState.FILED_NIL)
        filed_now = visible_to(officer).where(TypicalCaseReport.state.in_(states))
        return [_to_accept(report) for report in db.session.scalars(filed_now)]
    return []


def _to_be_filed(officer: Officer, today: date) -> list[Cell]:
    """What the officer's town owes, of the months whose first reminder has come."""
    notice, calendar = editions.notice(), calendars.calendar()
    owed = [cell for _, cells in grid(officer, today).rows for cell in cells if rules.owes(filed(cell.report))]
    return [cell for cell in owed if rules.is_asked_of_a_clerk(cell.month, today, notice, calendar)]


def _to_file(cell: Cell) -> Waiting:
    named: dict[str, object] = {"month": rules.spoken(cell.month)}
    again = Sentence("%(month)s典型案例月报被退回，请改正后重新报送", named)
    return Waiting(
        what=again if cell.report else Sentence("报送%(month)s典型案例，没有的作零报告", named),
        number=str(cell.month),
        act=Act.FILE_REPORT,
        endpoint="typical_cases.filing",
        values={"month": str(cell.month)} | editions.address(),
        due_on=cell.at.due_on,
        tone=cell.at.tone,
    )


def _to_accept(report: TypicalCaseReport) -> Waiting:
    return Waiting(
        what=Sentence(
            "%(town)s报来%(month)s典型案例月报", {"town": report.office.name, "month": rules.spoken(report.month)}
        ),
        number=str(report.month),
        act=Act.ACCEPT_REPORT,
        endpoint="typical_cases.show",
        values={"key": report.key} | editions.address(),
    )


def case_counts(month: Month) -> dict[int, int]:
    """How many cases each report of the month has now, by the report's inner number."""
    latest = select(TypicalCase.report_id, func.count()).join(TypicalCase.report)
    latest = latest.where(TypicalCaseReport.month == month, TypicalCase.filing == TypicalCaseReport.filing)
    return dict(db.session.execute(latest.group_by(TypicalCase.report_id)).all())


def history(report: TypicalCaseReport) -> list[Entry]:
    """The report's lines of the trail, oldest first."""
    lines = select(Entry).where(Entry.paper == report.ref).order_by(Entry.seq)
    return list(db.session.scalars(lines.options(joinedload(Entry.by), joinedload(Entry.office))))


def _answers(asked: Asked) -> dict[Owed, Answer]:
    """What the towns have reported, for the room of duties."""
    duties = {period.ends: (duty.key, period.key) for duty, period in asked}
    query = select(TypicalCaseReport, Office.place_code).join(TypicalCaseReport.office)
    found = db.session.execute(query.where(TypicalCaseReport.month.in_(duties)))
    return {(*duties[report.month], place): _answer(report) for report, place in found if place}


def _answer(report: TypicalCaseReport) -> Answer:
    return Answer(
        word=rules.in_words(report.state, report.nil),
        owed=report.state is ReportState.RETURNED,
        done=report.state is ReportState.ACCEPTED,
        first_on=day_of(report.first_filed_at),
        returned_on=day_of(report.returned_at) if report.returned_at else None,
        endpoint="typical_cases.show",
        values={"key": report.key} | editions.address(),
    )


def _settled(asked: Asked, town_code: str) -> ColumnElement[int]:
    months = [period.ends for _, period in asked]
    query = select(func.count(TypicalCaseReport.id)).join(TypicalCaseReport.office)
    not_owed = (TypicalCaseReport.month.in_(months), TypicalCaseReport.state != ReportState.RETURNED)
    return query.where(Office.place_code == town_code, *not_owed).scalar_subquery()


answering.rooms["typical-cases"] = answering.Room(
    answers=_answers,
    settled=_settled,
    way_in=("typical_cases.filing", lambda owed: {"month": owed[1]}),
    act=Act.FILE_REPORT,
    advice=Sentence("当月没有查办案例的，请签发零报告。"),
)
