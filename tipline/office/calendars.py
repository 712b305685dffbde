"""The work calendar as the office keeps it: a table per year, with the notice each year rests on."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from flask import g
from sqlalchemy import delete, extract, select

from tipline.kit.db import db
from tipline.kit.words import Bilingual
from tipline.law.calendar import Calendar, DayKind, DayRow
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import CalendarDay, CalendarYear, Officer
from tipline.office.unchanged import unchanged


class CalendarBook:
    """The calendar as something the trail can name."""

    ref = "calendar"


def calendar() -> Calendar:
    """The calendar in force; read once per request or job."""
    if "calendar" not in g:
        g.calendar = unchanged("calendar", _calendar)
    known: Calendar = g.calendar
    return known


def _calendar() -> Calendar:
    sources = db.session.execute(select(CalendarYear.year, CalendarYear.source).order_by(CalendarYear.year)).all()
    days = db.session.execute(
        select(CalendarDay.day, CalendarDay.kind, CalendarDay.name, CalendarDay.name_en).order_by(CalendarDay.day)
    )
    return _of(tuple(map(tuple, days)), tuple(map(tuple, sources)))


@lru_cache(maxsize=4)
def _of(days: tuple[tuple[date, DayKind, str, str], ...], sources: tuple[tuple[int, str], ...]) -> Calendar:
    """The same rows are the same calendar, so that what was counted on it need not be counted again."""
    source = dict(sources)
    rows = [DayRow(day, kind, Bilingual(name, english), source.get(day.year, "")) for day, kind, name, english in days]
    return Calendar(rows, source)


def enter_year(year: int, rows: Iterable[DayRow], *, source: str, by: Officer, at: datetime) -> None:
    """Enter or replace one year's holidays and make-up days, with the notice that gives them."""
    rows = [row for row in rows if row.day.year == year]
    witness(Act.EDIT_CALENDAR, CalendarBook(), by=by, at=at, year=str(year), days=str(len(rows)))
    db.session.execute(delete(CalendarDay).where(extract("year", CalendarDay.day) == year))
    db.session.merge(CalendarYear(year=year, source=source))
    db.session.add_all(CalendarDay(day=row.day, kind=row.kind, name=row.name.zh, name_en=row.name.en) for row in rows)
    g.pop("calendar", None)


def counted_anew(*, by: Officer, at: datetime) -> None:
    """Due days have moved because the calendar or the rules did; how many papers that touched is nobody's business."""
    witness(Act.COUNT_DAYS, CalendarBook(), by=by, at=at)


def known_years() -> list[CalendarYear]:
    """The years that have been entered, newest first."""
    return list(db.session.scalars(select(CalendarYear).order_by(CalendarYear.year.desc())))


def days_of(year: int) -> list[CalendarDay]:
    """The special days of one year."""
    query = select(CalendarDay).where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    return list(db.session.scalars(query.order_by(CalendarDay.day)))
