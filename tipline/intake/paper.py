"""Numbered sheets of paper for calls without power or network: handed out, entered afterwards, none of them lost.

Outcomes are told only to whoever settled a sheet: to all others an entered and a void one are both "handed back", so
that no register tells of a lead that somebody may not know.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from tipline.intake import looking
from tipline.intake.lifecycle import SheetState
from tipline.intake.models import PaperSheet
from tipline.intake.operations import mark_of
from tipline.kit.dates import day_of, local
from tipline.kit.db import db, new_key
from tipline.kit.errors import Incomplete, NotNow
from tipline.kit.series import next_number
from tipline.kit.words import Labelled
from tipline.law.notice import Notice
from tipline.leads import queries as leads
from tipline.leads.models import Lead
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer

MOST = 50
"""So many sheets are printed at once."""
ROWS = 25


class Standing(Labelled):
    """What the register says of a sheet to everybody in its office."""

    BLANK = "blank", "空白"
    MISSING = "missing", "缺号"
    BACK = "back", "已交回"


def visible_to(officer: Officer) -> Select[PaperSheet]:
    """The sheets of the officer's own office, latest first."""
    return select(PaperSheet).where(PaperSheet.office_id == officer.office_id).order_by(PaperSheet.id.desc())


def is_missing() -> ColumnElement[bool]:
    """A blank sheet of which a later one of the same lot has come back: sheets are used in their order."""
    later = aliased(PaperSheet)
    used = exists().where(later.batch == PaperSheet.batch, later.id > PaperSheet.id, later.state != SheetState.BLANK)
    return (PaperSheet.state == SheetState.BLANK) & used


def _stands(standing: str) -> ColumnElement[bool]:
    blank = PaperSheet.state == SheetState.BLANK
    return {"blank": blank & ~is_missing(), "missing": is_missing(), "back": ~blank}[standing]


@dataclass(frozen=True)
class Row:
    """One line of the register; `mine` says that the reader settled it and may read what came of it."""

    sheet: PaperSheet
    standing: Standing
    mine: bool


@dataclass(frozen=True)
class Page:
    """One page of the register, how many sheets there are of each standing, and the mark of the next page."""

    rows: list[Row]
    tally: dict[str, int]
    next: str | None


def register(officer: Officer, standing: str, after: str) -> Page:
    """A page of the office's sheets, all or those of one standing, after the sheet with this key."""
    query = visible_to(officer).options(joinedload(PaperSheet.handed_to), joinedload(PaperSheet.lead))
    if standing in set(Standing):
        query = query.where(_stands(standing))
    mark = db.session.scalar(visible_to(officer).where(PaperSheet.key == after).with_only_columns(PaperSheet.id))
    if mark is not None:
        query = query.where(PaperSheet.id < mark)
    found = list(db.session.execute(query.add_columns(is_missing()).limit(ROWS + 1)))
    rows = [Row(sheet, _standing(sheet, bool(lost)), sheet.settled_by_id == officer.id) for sheet, lost in found[:ROWS]]
    more = rows[-1].sheet.key if len(found) > ROWS else None
    return Page(rows, {one.value: _count(officer, one.value) for one in Standing}, more)


def _standing(sheet: PaperSheet, lost: bool) -> Standing:
    if sheet.state is not SheetState.BLANK:
        return Standing.BACK
    return Standing.MISSING if lost else Standing.BLANK


def _count(officer: Officer, standing: str) -> int:
    count = visible_to(officer).where(_stands(standing)).order_by(None).with_only_columns(func.count())
    return db.session.scalar(count) or 0


def missing_of(officer: Officer) -> int:
    """How many sheets are asked of the officer: their own, and those of colleagues who are gone."""
    gone = select(Officer.id).where(~Officer.active | (Officer.office_id != officer.office_id))
    asked = (PaperSheet.handed_to_id == officer.id) | PaperSheet.handed_to_id.in_(gone)
    count = visible_to(officer).where(is_missing(), asked).order_by(None).with_only_columns(func.count())
    return db.session.scalar(count) or 0


def colleagues(officer: Officer) -> list[Officer]:
    """Those of the officer's office who take calls."""
    here = select(Officer).where(Officer.active, Officer.office_id == officer.office_id).order_by(Officer.id)
    return [one for one in db.session.scalars(here) if one.may(Act.REGISTER_LEAD)]


def named(key: str, officer: Officer) -> PaperSheet | None:
    """The sheet of that key, of the officer's own office."""
    found: PaperSheet | None = db.session.scalars(visible_to(officer).where(PaperSheet.key == key)).one_or_none()
    return found


def batch_of(mark: str, officer: Officer) -> list[PaperSheet]:
    """The sheets that were printed together, in their order."""
    lot = visible_to(officer).where(PaperSheet.batch == mark).options(joinedload(PaperSheet.handed_to))
    return list(db.session.scalars(lot.order_by(None).order_by(PaperSheet.id)))


def hand_out(number: int, to: Officer, *, by: Officer, at: datetime) -> list[PaperSheet]:
    """Number so many sheets in a series of their own and write down who has them."""
    if not 1 <= number <= MOST:
        raise Incomplete("一次印1至%(n)s张。", n=MOST)
    letters, year, batch = by.office.series, local(at).year, new_key()
    sheets = []
    for _ in range(number):
        sheet = PaperSheet(office=by.office, office_id=by.office_id, batch=batch, printed_at=at, handed_to=to)
        sheet.number = f"Z-{letters}{year}-{next_number(f'paper-sheet/{letters}', year):04d}"
        enact(Act.HAND_OUT_SHEETS, sheet, by=by, at=at)
        sheets.append(sheet)
    db.session.add_all(sheets)
    return sheets


def is_late(taken_at: datetime, at: datetime, notice: Notice) -> bool:
    """Whether the call should have been a lead by an earlier day (C-5, counted from the true time)."""
    clocks = looking.to_be_registered(notice, day_of(taken_at), calendars.calendar())
    return any(day_of(at) > clock.due.on for clock in clocks)


def check(sheet: PaperSheet, token: str, by: Officer) -> None:
    """Raises NotNow for a sheet that is settled, unless this very call sheet has settled it."""
    known = leads.of_submission(by, mark_of(token, by))
    if known is None and sheet.state is SheetState.BLANK:
        return
    if known is None or known.id != sheet.lead_id:
        raise NotNow("%(number)s已交回，不能再补录。请核对纸上的编号。", number=sheet.number)


def enter(sheet: PaperSheet, lead: Lead, *, taken_by: Officer, reason: str | None, by: Officer, at: datetime) -> None:
    """What stood on the sheet is a lead now; whose hand wrote it and when is kept with the sheet."""
    if sheet.lead_id == lead.id:
        return
    enact(Act.ENTER_SHEET, sheet, by=by, at=at)
    sheet.lead, sheet.taken_by, sheet.taken_at = lead, taken_by, lead.received_at
    _settle(sheet, reason, by, at)


def void(sheet: PaperSheet, *, reason: str, by: Officer, at: datetime) -> None:
    """A sheet that holds no call: spoilt, lost, or somebody who had nothing to report."""
    enact(Act.VOID_SHEET, sheet, by=by, at=at)
    _settle(sheet, reason, by, at)


def _settle(sheet: PaperSheet, reason: str | None, by: Officer, at: datetime) -> None:
    sheet.settled_at, sheet.settled_by, sheet.reason = at, by, reason
