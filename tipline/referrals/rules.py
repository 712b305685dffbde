"""Which clocks run on a referral, and which of them runs out first. Pure: dates in, clocks out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tipline.law.calendar import Calendar
from tipline.law.clocks import Clock, Due, Tone, deadline, remaining, tone
from tipline.law.notice import Notice

TRANSFER = "handed_over"
SAME_DAY_AS = {
    "handed_over": ("handed_over", "forwarded_down", "report_received"),
    "signed_for": ("signed_for", "accepted"),
    "returned": ("returned", "passed_on"),
}
"""Events of a referral that the law knows under several words."""

FOR_THE_NAMED = {"C-17", "C-18"}
"""Clocks that run only when the reporter gave a true name and can be reached."""


@dataclass(frozen=True)
class Running:
    """A clock on one referral: when it began, when it is due, and when it was stopped, if it was."""

    clock: Clock
    began: date
    due: Due
    stopped: date | None

    @property
    def on(self) -> date:
        return self.due.on

    @property
    def provisional(self) -> bool:
        return self.due.provisional

    @property
    def was_late(self) -> bool:
        """Stopped, but after its day."""
        return self.stopped is not None and self.stopped > self.due.on

    def tone(self, today: date, calendar: Calendar) -> Tone:
        """How near it is; a stopped clock is quiet."""
        return Tone.QUIET if self.stopped else tone(self.due.on, today, calendar)

    def remaining(self, today: date, calendar: Calendar) -> int:
        """Working days left; negative when late."""
        return remaining(self.due.on, today, calendar)


def clocks_of(
    events: Mapping[str, date], *, transfer_clock: str, named: bool, notice: Notice, calendar: Calendar
) -> list[Running]:
    """Every clock that the events have started, in the order in which they run out.

    `events` are the days of what happened (`lead_registered`, `handed_over`, …). Of the clocks for the
    transfer only the one that the routing rule names applies.
    """
    happened = {word: day for event, day in events.items() for word in SAME_DAY_AS.get(event, (event,))}
    found = []
    for clock in notice.clocks:
        began = min((happened[event] for event in clock.starts_on if event in happened), default=None)
        if began is None or not clock.unit.is_counted or not clock.in_force.holds_on(began):
            continue
        if TRANSFER in clock.stops_on and clock.id != transfer_clock:
            continue
        if clock.id in FOR_THE_NAMED and not named:
            continue
        stops = [happened[event] for event in clock.stops_on if event in happened and happened[event] >= began]
        found.append(Running(clock, began, deadline(clock, began, calendar), min(stops, default=None)))
    return sorted(found, key=lambda running: (running.due.on, running.clock.id))


def first_to_run_out(clocks: list[Running]) -> Running | None:
    """The clock that still runs and is due first."""
    return next((running for running in clocks if running.stopped is None), None)
