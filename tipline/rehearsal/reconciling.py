"""Figures that two rooms tell, each from rows of its own: whoever compares them finds the same."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from tipline.duties import queries as duties
from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.office import editions, roster
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.publicity.models import Posting
from tipline.reports import figures, queries
from tipline.reports.queries import Numbers
from tipline.reports.rules import ELSEWHERE, TOTAL, Asked, Span
from tipline.screening import queries as screening

REGISTERED = (Act.REGISTER_LEAD, Act.REGISTER_STUB)
Pair = tuple[str, int, int]


def differences(today: date) -> Iterator[str]:
    """What one room tells otherwise than another, what does not add up by month, town or word."""
    told = _live(Month.of(today), today)
    for what, here, there in (*_by_month(told, today), *_by_town(told), *_by_word(told), *_by_room(told, today)):
        if here != there:
            yield f"{what}: {here} and {there}"


def _live(month: Month, today: date) -> Numbers:
    return queries.live(queries.times_of(month, today), ())


def _by_month(told: Numbers, today: date) -> Iterator[Pair]:
    """The months of a figure are the whole of it."""
    each = [_live(month, today) for month in queries.months(today)]
    for one in figures.figures(editions.notice(), queries.times_of(Month.of(today), today)):
        if one.moment is not None:
            months = sum(month.get((one.key, Span.MONTH, TOTAL), 0) for month in each)
            yield f"{one.key} by month", months, told.get((one.key, Span.ALL, TOTAL), 0)


def _by_town(told: Numbers) -> Iterator[Pair]:
    """The towns, and what lies elsewhere, are the district."""
    columns = [*editions.notice().places, ELSEWHERE]
    for figure, span, column in told:
        if column == TOTAL:
            towns = sum(told.get((figure, span, one), 0) for one in columns)
            yield f"{figure} by town, {span.value}", towns, told[figure, span, TOTAL]


def _by_word(told: Numbers) -> Iterator[Pair]:
    """What has one word each is the sum of its words."""
    whole = {figure: number for (figure, span, town), number in told.items() if (span, town) == (Span.ALL, TOTAL)}

    def words(prefix: str) -> int:
        return sum(number for figure, number in whole.items() if figure.startswith(f"{prefix}."))

    def total(*asked: Asked) -> int:
        return sum(whole.get(one, 0) for one in asked)

    yield "leads by channel", words("channel"), total(Asked.LEADS)
    yield "leads named or not", total(Asked.NAMED, Asked.ANONYMOUS), total(Asked.LEADS)
    yield "conclusions by finding", words("finding"), total(Asked.CONCLUDED)
    yield "referrals by body", words("body"), total(Asked.HANDED_OVER)
    yield "households by conclusion", words("screened") + total(Asked.WITHOUT_CONCLUSION), total(Asked.SCREENED)


def _by_room(told: Numbers, today: date) -> Iterator[Pair]:
    """What the report, the duties, the rooms and the trail tell of the same."""
    cells = [cell for cell in duties.cells(duties.asked(today), today) if cell.answer]
    posted = [cell for cell in cells if cell.duty.answered_by == "publicity"]
    reports = [cell for cell in cells if cell.duty.answered_by == "typical-cases" and not cell.stand.owed]
    yield "postings", len(posted), _count(Posting.id)
    yield "reports of cases", len(reports), told.get((Asked.REPORTS, Span.ALL, TOTAL), 0)
    yield "leads in the trail", _count(Entry.seq, Entry.act.in_(REGISTERED)), _count(Lead.id)
    notice, keeper = editions.notice(), next(one for one in roster.officers() if one.role is Role.LEDGER_KEEPER)
    tables = (screening.totals(keeper, table, notice) for table in notice.screening.populations)
    households = sum(town.households for table in tables for town in table.values())
    yield "households", households, told.get((Asked.SCREENED, Span.ALL, TOTAL), 0)


def _count(what: InstrumentedAttribute[int], *where: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(what)).where(*where)) or 0
