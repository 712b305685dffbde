"""A time limit on a paper: when it began, when it is due, whether it was stopped, and the reminders of its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tipline.kit.words import Labelled
from tipline.law.calendar import Calendar
from tipline.law.clocks import Clock, Due, Tone, remaining, tone


@dataclass(frozen=True)
class Running:
    """A clock on one paper: when it began, when it is due, and when it was stopped, if it was.

    `before` is the due day it had before it was lengthened; it stays to be seen.
    """

    clock: Clock
    began: date
    due: Due
    stopped: date | None
    owed_by: Labelled
    before: Due | None = None

    @property
    def on(self) -> date:
        return self.due.on

    @property
    def was_late(self) -> bool:
        """Stopped, but after its day."""
        return self.stopped is not None and self.stopped > self.due.on

    def tone(self, today: date, calendar: Calendar) -> Tone:
        """How near it is; a stopped clock is quiet."""
        return Tone.QUIET if self.stopped else tone(self.due.on, today, calendar)


def in_order(clocks: list[Running]) -> list[Running]:
    """The same clocks in the order in which they run out."""
    return sorted(clocks, key=lambda running: (running.due.on, running.clock.id))


def first_to_run_out(clocks: list[Running]) -> Running | None:
    """The clock that still runs and is due first."""
    return next((running for running in clocks if running.stopped is None), None)


def spoken(events: Mapping[str, date], words: Mapping[str, tuple[str, ...]]) -> dict[str, date]:
    """The events of a paper under every word that the law has for them."""
    return {word: day for event, day in events.items() for word in words.get(event, (event,))}


def stopped(clock: Clock, began: date, ended: Mapping[str, date]) -> date | None:
    """The day of the first event that stops the clock, if one came after it began."""
    return min((ended[word] for word in clock.stops_on if word in ended and ended[word] >= began), default=None)


class Step(Labelled):
    """The reminders of one due day, each sent once."""

    SOON = "soon", "即将到期"
    TODAY = "today", "今天到期"
    LATE = "late", "已超期"
    STILL_LATE = "still-late", "仍未办理"


def step_of(due: date, today: date, calendar: Calendar) -> Step | None:
    """The reminder that a due day should have had by today. One that was missed is not sent later."""
    near = tone(due, today, calendar)
    if near is Tone.OVERDUE:
        late = -remaining(due, today, calendar)
        return Step.STILL_LATE if late >= 3 else Step.LATE if late >= 1 else None
    return {Tone.SOON: Step.SOON, Tone.TODAY: Step.TODAY}.get(near)
