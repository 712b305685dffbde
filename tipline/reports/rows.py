"""The rows behind a number, as far as a reader may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, literal, select

from tipline.circulars import queries as circulars
from tipline.circulars.models import Circular, Education
from tipline.duties.queries import Cell
from tipline.hotline import queries as hotline
from tipline.hotline.models import DialTest, HotlineLine
from tipline.inspections import queries as inspections
from tipline.inspections.models import Finding
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.campaign import called
from tipline.leads import queries as leads
from tipline.leads.models import Lead
from tipline.office import editions, roster
from tipline.office.charter import INSPECTORS
from tipline.office.models import Officer
from tipline.outcomes import queries as outcomes
from tipline.referrals import queries as referrals
from tipline.referrals.models import Referral
from tipline.relatives import queries as relatives
from tipline.relatives.models import RegisterEntry
from tipline.reports.figures import AnyFigure, Figure
from tipline.reports.owed import DutyFigure
from tipline.reports.rules import ELSEWHERE, TOTAL, Span, Times
from tipline.screening import queries as screening
from tipline.screening.models import ScreeningRecord
from tipline.supervision import queries as supervision
from tipline.supervision.models import SupervisedCase
from tipline.typical_cases import queries as typical_cases
from tipline.typical_cases.models import TypicalCaseReport

PAGE = 25


def _findings(officer: Officer) -> Select[Finding]:
    """Whoever reads figures sees findings without end of days."""
    return inspections.findings_visible_to(officer, date.max)


VISIBLE = {
    Lead: leads.visible_to,
    Referral: referrals.visible_to,
    SupervisedCase: supervision.visible_to,
    TypicalCaseReport: typical_cases.visible_to,
    ScreeningRecord: screening.visible_to,
    Circular: circulars.visible_to,
    Education: circulars.education_visible_to,
    Finding: _findings,
    DialTest: hotline.tests_visible_to,
    HotlineLine: hotline.visible_to,
    RegisterEntry: relatives.visible_to,
}
"""Who may see the rows of a figure: the room of the paper says."""


@dataclass(frozen=True)
class Row:
    """What a list may show of a counted paper: its shell."""

    number: str | Sentence
    on: date | None
    town: str | None
    state: Any
    key: str
    money: int | None


@dataclass(frozen=True)
class Rows:
    """The rows behind a number, a page of them; `total` is the number itself."""

    total: int
    seen: int
    """How many of them this reader may see."""
    rows: list[Row]
    after: str | None
    """Where the next page begins, if there is one."""


def rows(figure: AnyFigure, span: Span, town: str, times: Times, officer: Officer, after: str | None = None) -> Rows:
    """The rows that a number counts, as far as the reader may see them: the same question, asked for rows."""
    if isinstance(figure, DutyFigure):
        return _owed(figure, span, town, times, officer, after)
    return _kept(figure, span, town, times, officer, after)


def _owed(figure: DutyFigure, span: Span, town: str, times: Times, officer: Officer, after: str | None) -> Rows:
    """Duties stand in no table: their list is reckoned like their number."""
    codes, names = editions.notice().places, _names()

    def there(cell: Cell) -> bool:
        code = cell.debtor.office.place_code
        return town == TOTAL or code == town or (town == ELSEWHERE and code not in codes)

    mine = [cell for cell in figure.behind(span, times, officer) if there(cell)]
    keys = [cell.key for cell in mine]
    begin = keys.index(after) + 1 if after in keys else 0
    page = mine[begin : begin + PAGE]
    return Rows(
        total=sum(map(there, figure.behind(span, times))),
        seen=len(mine),
        rows=[
            Row(
                number=Sentence(
                    "%(place)s %(duty)s", {"place": cell.debtor.name, "duty": called(cell.duty, cell.period)}
                ),
                on=cell.stand.due_on,
                town=names.get(cell.debtor.office.place_code or ""),
                state=cell.stand.word,
                key=cell.key,
                money=None,
            )
            for cell in page
        ],
        after=page[-1].key if begin + PAGE < len(mine) else None,
    )


def _names() -> dict[str, str]:
    return {place.code: place.name for place in roster.towns()}


def _kept(figure: Figure, span: Span, town: str, times: Times, officer: Officer, after: str | None) -> Rows:
    codes, family = editions.notice().places, figure.family

    def behind(*columns: Any) -> Select[Any]:
        return figure.behind(span, town, times, codes, *columns)

    model, paper = family.model, family.paper
    visible = outcomes.handled_by if family.full else VISIBLE[paper]
    allowed = visible(officer).order_by(None).subquery()
    shell = (family.number, figure.moment or literal(None), family.town, family.state, paper.key)
    money = literal(None) if figure.money is None else figure.money
    mine = behind(*shell, money, model.key).where(paper.id.in_(select(allowed.c.id))).order_by(model.id.desc())
    last = mine.with_only_columns(model.id).where(model.key == after)
    rest = mine.where(model.id < last.scalar_subquery()) if after else mine
    page, names = db.session.execute(rest.limit(PAGE + 1)).all(), _names()
    return Rows(
        total=_how_many(behind(model.id)),
        seen=_how_many(mine),
        rows=[_row(*found, names=names, states=figure.states) for found in page[:PAGE]],
        after=page[PAGE - 1][-1] if len(page) > PAGE else None,
    )


def _how_many(query: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def _row(
    number: str,
    at: datetime | None,
    code: str | None,
    state: Any,
    key: str,
    money: int | None,
    _: str,
    *,
    names: Any,
    states: Mapping[Any, Any],
) -> Row:
    return Row(number, day_of(at) if at else None, names.get(code), states.get(state, state), key, money)


def walled_here(officer: Officer, times: Times) -> int | None:
    """For an inspector: how many walled leads of the month they may see, which are in no figure."""
    if officer.role not in INSPECTORS:
        return None
    mine = leads.visible_to(officer).where(
        Lead.walled.is_(True), Lead.notice == editions.notice().key, Lead.registered_at < times.end
    )
    return _how_many(mine.where(Lead.registered_at >= times.first))
