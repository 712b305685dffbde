"""The rhythm of the campaign: what is asked every month, by when, and who is reminded in what order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tipline.kit.dates import Month
from tipline.kit.words import Bilingual, Labelled
from tipline.law.calendar import Calendar
from tipline.law.clocks import Tone
from tipline.law.sources import Mark


class Every(Labelled):
    """How often something is owed."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"


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
class Cadence:
    """Something owed again and again: by whom, how often, from when, and by when."""

    key: str
    name: Bilingual
    every: Every
    owed_by: str
    """Level of the places that owe it, as in the table of divisions: `town`, `village`."""
    first: Month
    last: Month | None
    due_working_day: int | None
    """The n-th working day after the period; None where only grace days are given."""
    grace_days: int | None
    clause: str
    mark: Mark
    due_mark: Mark
    """How sure the day is, which the notice may leave open although it fixes the cadence."""


@dataclass(frozen=True)
class Duty:
    """Something owed once, on or before a fixed day."""

    key: str
    name: Bilingual
    due_on: date
    clause: str
    mark: Mark


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
    def typical_cases(self) -> Cadence: ...

    @property
    def ladder(self) -> tuple[LadderStep, ...]: ...


@dataclass(frozen=True)
class Step:
    """One reminder of one month, with its day."""

    key: str
    on: date
    to: Recipient
    tone: Tone
    name: Bilingual


def period_due(month: Month, notice: Rhythm, calendar: Calendar) -> date:
    """The day on which a town's typical cases of `month` are due, in the month after."""
    return calendar.nth_working_day(month.next(), notice.typical_cases.due_working_day or 1)


def ladder(month: Month, notice: Rhythm, calendar: Calendar) -> tuple[Step, ...]:
    """The reminders of one month in order, each on a working day."""
    return tuple(
        Step(step.key, _day(step, month, notice, calendar), step.to, step.tone, step.name) for step in notice.ladder
    )


def current_step(month: Month, today: date, notice: Rhythm, calendar: Calendar) -> Step | None:
    """The latest step whose day has come; a missed earlier one is never sent afterwards.

    None before the first step and on a rest day, when nobody is written to.
    """
    if not calendar.is_working_day(today):
        return None
    come = [step for step in ladder(month, notice, calendar) if step.on <= today]
    return come[-1] if come else None


def first_reminder_on(month: Month, notice: Rhythm, calendar: Calendar) -> date:
    """The day from which a town may hear of the month's report."""
    return min(step.on for step in ladder(month, notice, calendar))


def months_asked(today: date, notice: Rhythm) -> Iterator[Month]:
    """Every month that has been asked for so far, the running one included; old debts stay."""
    month, last = notice.typical_cases.first, notice.typical_cases.last
    while month <= Month.of(today) and (last is None or month <= last):
        yield month
        month = month.next()


def _day(step: LadderStep, month: Month, notice: Rhythm, calendar: Calendar) -> date:
    if step.anchor is Anchor.DAY_OF_MONTH:
        return calendar.next_working_day(month.day(min(step.number, month.last.day)))
    if step.anchor is Anchor.LAST_WORKING_DAY:
        return calendar.last_working_day(month)
    due = period_due(month, notice, calendar)
    return due if step.anchor is Anchor.DUE_DAY else calendar.add_working_days(due, step.number)
