"""Working days: the State Council's yearly notice as rows, and the arithmetic on them."""

import csv
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from tipline.kit.dates import Month
from tipline.kit.errors import Incomplete
from tipline.kit.words import Bilingual, Labelled, Sentence

CALENDARS = Path(__file__).with_name("calendars")
COLUMNS = ("date", "kind", "name", "name_en", "source")
ONE_DAY = timedelta(days=1)
ALARM_MONTH = 11
"""The notice for next year comes in late autumn; from November its absence is an alarm."""


class DayKind(Labelled):
    """What a day is to an office."""

    WORKDAY = "workday", "工作日"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "节假日"
    ADJUSTED_WORKDAY = "adjusted_workday", "调休上班日"

    @property
    def works(self) -> bool:
        return self in (DayKind.WORKDAY, DayKind.ADJUSTED_WORKDAY)


_WRITTEN_KINDS = {kind.value: kind for kind in (DayKind.HOLIDAY, DayKind.ADJUSTED_WORKDAY)}


class MalformedCalendar(Incomplete):
    """A calendar file cannot be read; the sentence says where and what to do."""


@dataclass(frozen=True)
class DayRow:
    """One line of the yearly notice: a day that is not what its weekday says, or is named."""

    day: date
    kind: DayKind
    name: Bilingual
    source: str


@dataclass(frozen=True)
class Reckoned:
    """A day found by counting. Provisional: some year it passed through is not loaded yet."""

    day: date
    provisional: bool


class Calendar:
    """The working days of the years that are loaded; of other years, the weekdays as a guess."""

    def __init__(self, rows: Iterable[DayRow], years: Iterable[int] | None = None) -> None:
        """`years` are those the rows speak of in full; by default every year that has a row."""
        self._rows = {row.day: row for row in sorted(rows, key=lambda row: row.day)}
        self._works = {day: row.kind.works for day, row in self._rows.items()}
        self._named = tuple(self._rows)
        self._put_right = tuple(
            accumulate((works - (day.weekday() < 5) for day, works in self._works.items()), initial=0)
        )
        self._years = frozenset(years) if years is not None else frozenset(day.year for day in self._rows)

    @property
    def years(self) -> frozenset[int]:
        return self._years

    def row(self, day: date) -> DayRow | None:
        """The line of the yearly notice about that day, if it has one."""
        return self._rows.get(day)

    def is_known(self, year: int) -> bool:
        return year in self._years

    def kind(self, day: date) -> DayKind:
        """What the day is; in a year not loaded, what its weekday says."""
        if row := self._rows.get(day):
            return row.kind
        return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY

    def is_working_day(self, day: date) -> bool:
        return self._works.get(day, day.weekday() < 5)

    def is_provisional(self, start: date, end: date) -> bool:
        """Whether a count between the two days touches a year that is not loaded."""
        first, last = sorted((start, end))
        return any(year not in self._years for year in range(first.year, last.year + 1))

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`, which is not counted; negative counts back.

        Zero is `start` itself, or the next working day when `start` is a rest day.
        """
        if count == 0:
            return self.next_working_day(start)
        step = ONE_DAY if count > 0 else -ONE_DAY
        day = start
        for _ in range(abs(count)):
            day = self._seek(day + step, step)
        return day

    def next_working_day(self, day: date) -> date:
        """The day itself when the office works, otherwise the first day after it on which it does."""
        return self._seek(day, ONE_DAY)

    def last_working_day(self, month: Month) -> date:
        return self._seek(month.last, -ONE_DAY)

    def nth_working_day(self, month: Month, number: int) -> date:
        """The `number`-th working day of the month, counted from one."""
        if number < 1:
            raise ValueError(f"working days are counted from one, not {number}")
        return self.add_working_days(month.first - ONE_DAY, number)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` is the earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        return self._worked_until(end) - self._worked_until(start)

    def reckon(self, start: date, count: int) -> Reckoned:
        """`add_working_days`, together with whether it can be relied upon."""
        day = self.add_working_days(start, count)
        return Reckoned(day, self.is_provisional(start, day))

    def _worked_until(self, day: date) -> int:
        """Working days since the first Monday of all: the weekdays, put right by the rows up to the day."""
        weeks, days = divmod(day.toordinal(), 7)
        return weeks * 5 + min(days, 5) + self._put_right[bisect_right(self._named, day)]

    def _seek(self, day: date, step: timedelta) -> date:
        while not self.is_working_day(day):
            day += step
        return day


def load_rows(path: Path) -> tuple[DayRow, ...]:
    """The rows of one csv file with the columns of `COLUMNS`; refuses with line and remedy."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        lacking = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if lacking:
            raise MalformedCalendar("%(file)s：缺少列“%(column)s”，请补上表头", file=path.name, column=lacking[0])
        rows = tuple(_row(record, f"{path.name}:{number}") for number, record in enumerate(reader, start=2))
    return _without_repeats(rows, path.name)


def shipped() -> Calendar:
    """The calendar of the years that come with the program."""
    return Calendar(row for path in sorted(CALENDARS.glob("*.csv")) for row in load_rows(path))


def missing_year_alarm(today: date, calendar: Calendar) -> int | None:
    """The year whose holidays should be loaded by now: this one always, the next from 1 November."""
    if not calendar.is_known(today.year):
        return today.year
    late = today.month >= ALARM_MONTH
    return today.year + 1 if late and not calendar.is_known(today.year + 1) else None


def describe(day: date, calendar: Calendar) -> Sentence:
    """What the day is, with the holiday's name when it has one."""
    kind, row = calendar.kind(day), calendar.row(day)
    if row is None:
        return Sentence("%(kind)s", {"kind": kind})
    return Sentence("%(kind)s（%(name)s）", {"kind": kind, "name": row.name})


def _row(record: dict[str, str | None], where: str) -> DayRow:
    try:
        day = date.fromisoformat(record["date"] or "")
    except ValueError:
        raise MalformedCalendar(
            "%(where)s：“%(value)s”不是日期，请写成 2027-01-01 的样子", where=where, value=record["date"] or ""
        ) from None
    kind = _WRITTEN_KINDS.get(record["kind"] or "")
    if kind is None:
        raise MalformedCalendar(
            "%(where)s：“%(value)s”不是日子的种类，只能是 holiday 或 adjusted_workday",
            where=where,
            value=record["kind"] or "",
        )
    name, source = (record["name"] or "").strip(), (record["source"] or "").strip()
    if not name or not source:
        raise MalformedCalendar("%(where)s：节日名称和依据都要填写", where=where)
    english = (record["name_en"] or "").strip() or name
    return DayRow(day, kind, Bilingual(name, english), source)


def _without_repeats(rows: tuple[DayRow, ...], file: str) -> tuple[DayRow, ...]:
    seen: set[date] = set()
    for row in rows:
        if row.day in seen:
            raise MalformedCalendar("%(file)s：%(day)s 写了两次，请留下一行", file=file, day=row.day)
        seen.add(row.day)
    return rows
