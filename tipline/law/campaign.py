"""The rhythm of the campaign: what is asked once or again and again, by when, and who is reminded in what order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol, TypeGuard

from tipline.kit.dates import Month
from tipline.kit.words import Bilingual, Labelled, Sentence
from tipline.law.calendar import Calendar
from tipline.law.clocks import Tone
from tipline.law.sources import Mark


class Every(Labelled):
    """How often something is owed."""

    ONCE = "once", "一次"
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"


class Level(Labelled):
    """Whose duty it is. `town` and `street` are the places addressed, `village` whatever lies in them."""

    TOWN = "town", "镇"
    STREET = "street", "街道"
    VILLAGE = "village", "村（居）"
    BUREAU = "bureau", "区局"


class Anchor(Labelled):
    """From where a step of the ladder is counted."""

    DAY_OF_MONTH = "day_of_month", "当月某日"
    LAST_WORKING_DAY = "last_working_day", "当月最后一个工作日"
    DUE_DAY = "due_day", "应报日"
    AFTER_DUE = "after_due", "应报日后第几个工作日"


class Recipient(Labelled):
    """Who is written to."""

    TOWN_CLERK = "town_clerk", "镇经办人"
    TOWN_DEPUTY = "town_deputy", "镇分管领导"
    BUREAU_LEADER = "bureau_leader", "局领导"


@dataclass(frozen=True)
class Duty:
    """Something owed once or again and again: by whom, what answers it, from when, and by when."""

    key: str
    name: Bilingual
    every: Every
    owed_by: Level
    answered_by: str
    """Name of the room that knows what was done; see `office/answering.py`."""
    due_on: date | None
    """The fixed day of what is owed once."""
    final_on: date | None
    """Until when what was handed in may be replaced; None: until it is due."""
    first: Month | None
    last: Month | None
    due_working_day: int | None
    """The n-th working day after the period; or else the last of so many days of grace."""
    grace_days: int | None
    sums_up: tuple[str, ...]
    """Duties whose results this one adds up; due before them, it contradicts them."""
    names_heads: bool
    """Whether the principal in charge and the deputy must be named with it."""
    clause: str
    mark: Mark
    due_mark: Mark
    """How sure the day is, which the notice may leave open although it fixes the duty."""


@dataclass(frozen=True)
class Period:
    """One time for which a duty is owed; `key` names it in addresses, and `ends` is its last month."""

    key: str
    ends: Month
    name: Sentence | None = None
    """None for what is owed once."""


ONCE = "once"


def called(duty: Duty, period: Period) -> Sentence:
    """The duty with its period, as the office says it: 2018年5月的典型案例月报."""
    if period.name is None:
        return Sentence("%(duty)s", {"duty": duty.name})
    return Sentence("%(period)s的%(duty)s", {"period": period.name, "duty": duty.name})


@dataclass(frozen=True)
class LadderStep:
    """One step of the reminders as the notice file has it, before it has a date."""

    key: str
    name: Bilingual
    anchor: Anchor
    number: int
    to: Recipient
    tone: Tone
    clause: str
    mark: Mark


class Rhythm(Protocol):
    """The part of a notice that this file needs; a `Notice` has it."""

    @property
    def typical_cases(self) -> Duty: ...

    @property
    def ladder(self) -> tuple[LadderStep, ...]: ...


@dataclass(frozen=True)
class Step:
    """One reminder of one period, with its day."""

    key: str
    on: date
    to: Recipient
    tone: Tone
    name: Bilingual


def month_period(month: Month) -> Period:
    """A month, as a period for which something is owed."""
    return Period(str(month), month, spoken(month))


def spoken(month: Month) -> Sentence:
    """The month as the office says it."""
    return Sentence("%(year)s年%(number)s月", {"year": month.year, "number": month.number})


def quarter_period(month: Month) -> Period:
    """The quarter in which a month lies."""
    number = (month.number + 2) // 3
    words: dict[str, object] = {"year": month.year, "number": number}
    return Period(
        f"{month.year}-Q{number}", Month(month.year, number * 3), Sentence("%(year)s年第%(number)s季度", words)
    )


def periods(duty: Duty, until: date) -> Iterator[Period]:
    """Every period begun by that day, the running one included; old debts stay. What is owed once has one."""
    if duty.due_on is not None:
        yield Period(ONCE, Month.of(duty.due_on))
        return
    period_of = quarter_period if duty.every is Every.QUARTER else month_period
    month, told = duty.first, ""
    while month is not None and month <= Month.of(until) and (duty.last is None or month <= duty.last):
        period = period_of(month)
        if period.key != told:
            yield period
        month, told = month.next(), period.key


def due_day(duty: Duty, period: Period, calendar: Calendar) -> date:
    """The last day on which the duty is met in time."""
    return _due_after(duty, period.ends, calendar)


@lru_cache(maxsize=4096)
def _due_after(duty: Duty, ends: Month, calendar: Calendar) -> date:
    if duty.due_on is not None:
        return duty.due_on
    if duty.due_working_day is not None:
        return calendar.nth_working_day(ends.next(), duty.due_working_day)
    return ends.last + timedelta(days=duty.grace_days or 0)


def period_due(month: Month, notice: Rhythm, calendar: Calendar) -> date:
    """The day on which a town's typical cases of `month` are due, in the month after."""
    return due_day(notice.typical_cases, month_period(month), calendar)


def ladder(duty: Duty, period: Period, notice: Rhythm, calendar: Calendar) -> tuple[Step, ...]:
    """The reminders of one period in order.

    They belong to its last month; what is due before that month's first reminder is reminded of the month before.
    """
    due = due_day(duty, period, calendar)
    steps = _steps(period.ends, due, notice, calendar)
    return _steps(period.ends.previous(), due, notice, calendar) if steps and steps[0].on > due else steps


def current_step(duty: Duty, period: Period, today: date, notice: Rhythm, calendar: Calendar) -> Step | None:
    """The latest step whose day has come; a missed earlier one is never sent afterwards.

    None before the first step and on a rest day, when nobody is written to.
    """
    if not calendar.is_working_day(today):
        return None
    come = [step for step in ladder(duty, period, notice, calendar) if step.on <= today]
    return come[-1] if come else None


def first_reminder_on(duty: Duty, period: Period, notice: Rhythm, calendar: Calendar) -> date:
    """The day from which a place may hear of the duty; the due day where nobody is reminded."""
    days = [step.on for step in ladder(duty, period, notice, calendar)]
    return min([*days, due_day(duty, period, calendar)])


def months_asked(today: date, notice: Rhythm) -> Iterator[Month]:
    """Every month for which typical cases have been asked so far, the running one included."""
    yield from (period.ends for period in periods(notice.typical_cases, today))


def clashes(duties: tuple[Duty, ...]) -> dict[str, tuple[Duty, ...]]:
    """The contradictions of a notice: what must be added up before its parts are due, with those parts."""
    by_key = {duty.key: duty for duty in duties}
    late = {duty.key: tuple(part for part in map(by_key.get, duty.sums_up) if _is_later(part, duty)) for duty in duties}
    return {key: parts for key, parts in late.items() if parts}


def _is_later(part: Duty | None, duty: Duty) -> TypeGuard[Duty]:
    return part is not None and part.due_on is not None and duty.due_on is not None and part.due_on > duty.due_on


def _steps(month: Month, due: date, notice: Rhythm, calendar: Calendar) -> tuple[Step, ...]:
    return tuple(
        Step(step.key, _day(step, month, due, calendar), step.to, step.tone, step.name) for step in notice.ladder
    )


def _day(step: LadderStep, month: Month, due: date, calendar: Calendar) -> date:
    if step.anchor is Anchor.DAY_OF_MONTH:
        return calendar.next_working_day(month.day(min(step.number, month.last.day)))
    if step.anchor is Anchor.LAST_WORKING_DAY:
        return calendar.last_working_day(month)
    return due if step.anchor is Anchor.DUE_DAY else calendar.add_working_days(due, step.number)
