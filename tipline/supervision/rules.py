"""What a supervised case owes by which day, and what was let pass without a look. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tipline.law.calendar import Calendar
from tipline.law.clocks import Due, deadline
from tipline.law.notice import Notice

OPENED, REPORTED = "supervision_opened", "supervision_result_reported"


@dataclass(frozen=True)
class Owed:
    """Something with a day: a milestone, or the result itself; `urged` once the clock has asked for it."""

    due_on: date
    done: bool
    urged: bool


def result_due(opened_on: date, notice: Notice, calendar: Calendar) -> Due | None:
    """By when the result is to be reported; None where the notice sets no day."""
    clocks = notice.clocks_started_by(OPENED, opened_on)
    clock = next((clock for clock in clocks if REPORTED in clock.stops_on and clock.unit.is_counted), None)
    return deadline(clock, opened_on, calendar) if clock else None


def is_let_pass(owed: Owed, looked_on: Iterable[date], today: date) -> bool:
    """Whether its day passed, nobody has looked since, and the clock has not yet asked."""
    return not owed.done and not owed.urged and owed.due_on < today and not any(day > owed.due_on for day in looked_on)
