"""What a supervised case owes by which day, and what was let pass without a look. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tipline.law.calendar import Calendar
from tipline.law.clocks import Due, deadline
from tipline.law.notice import Notice

OPENED, REPORTED = "supervision_opened", "supervision_result_reported"
INTERIM_OWED, INTERIM_REPORTED = "supervision_interim_owed", "supervision_interim_reported"
UNDER_SUPERVISION = "under_supervision"
"""What the notice's early-warning colours call a case of which nobody hears."""


@dataclass(frozen=True)
class Owed:
    """Something with a day: a step, an interim report, or the result; `urged` once the clock has asked for it."""

    due_on: date
    done: bool
    urged: bool


def result_due(opened_on: date, notice: Notice, calendar: Calendar, *, extended: bool = False) -> Due | None:
    """By when the result is to be reported; None where the notice sets no day, or knows of no longer one."""
    clocks = notice.clocks_started_by(OPENED, opened_on)
    clock = next((clock for clock in clocks if REPORTED in clock.stops_on and clock.unit.is_counted), None)
    if clock is None or (extended and clock.extension is None):
        return None
    return deadline(clock, opened_on, calendar, extended=extended)


def is_let_pass(owed: Owed, looked_on: Iterable[date], today: date) -> bool:
    """Whether its day passed, nobody has looked since, and the clock has not yet asked."""
    return not owed.done and not owed.urged and owed.due_on < today and not any(day > owed.due_on for day in looked_on)


def interim_days(opened_on: date, last: date | None, notice: Notice, calendar: Calendar) -> list[date]:
    """The working days on which interim reports are owed: one after another, all before the day of the result.

    None where the notice sets no rhythm, or no day for the result to end it.
    """
    clocks = notice.clocks_started_by(INTERIM_OWED, opened_on)
    clock = next((clock for clock in clocks if INTERIM_REPORTED in clock.stops_on and clock.unit.is_counted), None)
    days: list[date] = []
    while clock and last:
        on = deadline(clock, days[-1] if days else opened_on, calendar).on
        if on >= last:
            break
        days.append(on)
    return days
