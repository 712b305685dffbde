"""Time limits: when a paper is due, how that was counted, and how near it is."""

from dataclasses import dataclass
from datetime import date, timedelta

from tipline.kit.dates import Month
from tipline.kit.words import Bilingual, Labelled, Sentence
from tipline.law.calendar import ONE_DAY, Calendar, describe
from tipline.law.sources import Mark, Validity


class ClockUnit(Labelled):
    """What a limit is counted in."""

    WORKING_DAYS = "wd", "个工作日"
    DAYS = "d", "日"
    MONTHS = "m", "个月"
    HOURS = "h", "小时"
    MINUTES = "min", "分钟"
    SECONDS = "s", "秒"
    PERIOD = "period", "个月一次"
    FIXED_DATE = "date", "定日"
    NOT_FIXED = "none", "未定期限"

    @property
    def is_counted(self) -> bool:
        """Whether a due day follows from a start day."""
        return self in (ClockUnit.WORKING_DAYS, ClockUnit.DAYS, ClockUnit.MONTHS)


class Tone(Labelled):
    """How near a due day is."""

    QUIET = "quiet", "未到期"
    SOON = "soon", "将到期"
    TODAY = "today", "今日到期"
    OVERDUE = "overdue", "已超期"


SOON_WORKING_DAYS = 2


@dataclass(frozen=True)
class Extension:
    """By how much a limit can be lengthened, and what that takes."""

    limit: int
    needs: Bilingual
    tells_reporter: bool = False
    """Whoever reported under their name must be told of it."""


@dataclass(frozen=True)
class Clock:
    """One time limit of the notice or of the law behind it."""

    id: str
    name: Bilingual
    unit: ClockUnit
    limit: int
    roll: bool
    """Move a last day that is a rest day to the next working day."""
    starts_on: tuple[str, ...]
    stops_on: tuple[str, ...]
    clause: str
    mark: Mark
    in_force: Validity
    extension: Extension | None

    @property
    def is_law(self) -> bool:
        return self.mark.is_law


@dataclass(frozen=True)
class CountedDay:
    """One line of the reckoning: the day, what it is, and its number when it counted."""

    day: date
    note: Sentence
    count: int | None


@dataclass(frozen=True)
class Due:
    """When it is due. `raw` is the day before a rest day was passed over."""

    on: date
    raw: date
    provisional: bool
    explanation: tuple[CountedDay, ...]


class NotCounted(ValueError):
    """The limit is not in days or months, so no due day follows from a start day."""


def deadline(clock: Clock, start: date, calendar: Calendar, *, extended: bool = False) -> Due:
    """The due day of a limit that began on `start`; the first day is not counted (民法典 201)."""
    limit = clock.limit + (clock.extension.limit if extended and clock.extension else 0)
    lines = [CountedDay(start, Sentence("起算日，不计入"), None)]
    if clock.unit is ClockUnit.WORKING_DAYS:
        lines += _working_days(start, limit, calendar)
    elif clock.unit is ClockUnit.DAYS:
        lines += _days(start, limit, calendar)
    elif clock.unit is ClockUnit.MONTHS:
        lines += _months(start, limit, calendar)
    else:
        raise NotCounted(clock.id)
    raw = lines[-1].day
    if clock.roll:
        lines += _rolled(raw, calendar)
    on = lines[-1].day
    return Due(on, raw, calendar.is_provisional(start, on), tuple(lines))


def remaining(due: date, today: date, calendar: Calendar) -> int:
    """Working days left; zero on the due day itself, negative when late."""
    return calendar.working_days_between(today, due)


def tone(due: date, today: date, calendar: Calendar, soon: int = SOON_WORKING_DAYS) -> Tone:
    """How near the due day is. Late is late at midnight, also when the next day is a rest day."""
    if today > due:
        return Tone.OVERDUE
    if today == due:
        return Tone.TODAY
    return Tone.SOON if remaining(due, today, calendar) <= soon else Tone.QUIET


def add_months(start: date, months: int) -> date:
    """The same day number `months` later, or the last day of a month that has no such day."""
    month = Month.of(start)
    for _ in range(months):
        month = month.next()
    return month.day(min(start.day, month.last.day))


def _working_days(start: date, limit: int, calendar: Calendar) -> list[CountedDay]:
    if limit == 0:  # the same working day, or the first one after a rest day
        return _rolled(start, calendar)
    end, count = calendar.add_working_days(start, limit), 0
    lines = []
    for day in _each(start + ONE_DAY, end):
        works = calendar.is_working_day(day)
        count += works
        lines.append(CountedDay(day, describe(day, calendar), count if works else None))
    return lines


def _days(start: date, limit: int, calendar: Calendar) -> list[CountedDay]:
    days = _each(start + ONE_DAY, start + timedelta(days=limit))
    return [CountedDay(day, describe(day, calendar), count) for count, day in enumerate(days, start=1)]


def _months(start: date, limit: int, calendar: Calendar) -> list[CountedDay]:
    ends = [add_months(start, count) for count in range(1, limit + 1)]
    return [CountedDay(day, _month_end(start, day, calendar), count) for count, day in enumerate(ends, start=1)]


def _month_end(start: date, day: date, calendar: Calendar) -> Sentence:
    if day.day == start.day:
        return Sentence("满月之日，%(day)s", {"day": describe(day, calendar)})
    return Sentence("满月之日（当月无对应日，取末日），%(day)s", {"day": describe(day, calendar)})


def _rolled(raw: date, calendar: Calendar) -> list[CountedDay]:
    if calendar.is_working_day(raw):
        return []
    days = _each(raw + ONE_DAY, calendar.next_working_day(raw))
    return [CountedDay(day, Sentence("顺延：%(day)s", {"day": describe(day, calendar)}), None) for day in days]


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
