"""Which clocks run on a referral, whose they are, and when somebody is reminded. Pure: dates in, answers out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tipline.kit.words import Labelled, Sentence
from tipline.law.calendar import Calendar
from tipline.law.clocks import Clock, CountedDay, Due, add_months, deadline
from tipline.law.entries import Colour
from tipline.law.notice import Notice
from tipline.law.running import Running, in_order, spoken, stopped

MOST_RETURNS = 2
"""A third return cannot happen: after the second an arbiter decides."""

RETURN_SENT = "return_sent"
"""The body asks the sender to take it back; the sender owes an answer."""

DESIGNATED = "designated"
"""A superior body gave it to another body: that one's time begins on this day."""

TRANSFER = "handed_over"

BEGINS = {
    "handed_over": ("handed_over", "forwarded_down", "report_received"),
    DESIGNATED: ("handed_over", "forwarded_down"),
}
"""Events of a referral that start a clock under several words of the law."""

ENDS = {
    "signed_for": ("signed_for", "accepted"),
    "case_filed": ("case_filed", "verification_reported", "inquiry_answered", "talk_reported"),
    "case_received": ("case_received", "investigation_reported"),
    "concluded": (
        "concluded",
        "acceptance_told",
        "inquiry_answered",
        "talk_reported",
        "verification_reported",
        "investigation_reported",
        "case_adjudicated",
        "sanction_decided",
        "reviewed",
        "result_reported",
    ),
}
"""Events of a referral that stop a clock under several words: a conclusion ends all that led to it."""

OURS = {"lead_registered", "handed_over", "return_answered"}
"""What whoever registered the lead has to do."""

RECEIPT = "signed_for"

SHELVED, REVIEWED = "shelved", "reviewed"
"""What is kept pending is looked at again: the words of that clock."""

ACCEPTANCE_TOLD = "acceptance_told"
FOR_THE_NAMED = {ACCEPTANCE_TOLD, "result_told"}
"""Clocks that end so run only when the reporter gave a true name and can be reached."""


class Party(Labelled):
    """Who has to stop a clock."""

    SENDER = "sender", "移送单位"
    BODY = "body", "承办机关"


@dataclass(frozen=True)
class Course:
    """What the clocks need to know of a referral. `events` are the days of what happened to it."""

    events: Mapping[str, date]
    transfer_clock: str
    """The one clock for the transfer that the routing rule names."""
    named: bool
    followed: bool
    """Whether the body works here; one that receives on paper reports nothing after its receipt."""
    repeat: bool = False
    """A repeat of a report already in the ledger: its reporter is not told a second time that it is accepted."""
    extended: frozenset[str] = frozenset()
    """The clocks that were lengthened."""
    review_on: date | None = None
    """The day the body itself has set for looking again at what is kept pending."""


def clocks_of(course: Course, notice: Notice, calendar: Calendar) -> list[Running]:
    """Every clock that the events have started, in the order in which they run out."""
    begun, ended = spoken(course.events, BEGINS), spoken(course.events, ENDS)
    found = []
    for clock in notice.clocks:
        began = _began(clock, begun, course)
        if began is None or not clock.unit.is_counted or not clock.in_force.holds_on(began):
            continue
        found.append(_running(clock, began, stopped(clock, began, ended), course, calendar))
    return in_order(found)


def _running(clock: Clock, began: date, stopped_on: date | None, course: Course, calendar: Calendar) -> Running:
    usual = deadline(clock, began, calendar)
    longer = clock.id in course.extended and clock.extension is not None
    due = deadline(clock, began, calendar, extended=True) if longer else usual
    if REVIEWED in clock.stops_on and course.review_on is not None and course.review_on < due.on:
        due = _set_earlier(due, course.review_on, calendar)
    return Running(clock, began, due, stopped_on, _owed(clock, course), usual if longer else None)


def _set_earlier(limit: Due, on: date, calendar: Calendar) -> Due:
    """A day that the body set for itself within the limit."""
    lines = (CountedDay(on, Sentence("承办机关自定的复查日期"), None), limit.explanation[-1])
    return Due(on, on, calendar.is_provisional(on, on), lines)


def _began(clock: Clock, begun: Mapping[str, date], course: Course) -> date | None:
    """The day on which the clock began; None when it does not run on this referral."""
    if TRANSFER in clock.stops_on and clock.id != course.transfer_clock:
        return None
    if FOR_THE_NAMED.intersection(clock.stops_on) and not course.named:
        return None
    if ACCEPTANCE_TOLD in clock.stops_on and course.repeat:
        return None
    if not course.followed and not (OURS | {RECEIPT}).intersection(clock.stops_on):
        return None
    began = min((begun[word] for word in clock.starts_on if word in begun), default=None)
    if began is not None and TRANSFER in clock.stops_on:
        return begun.get("returned", began)  # what came back has to be sent again in the same time
    return began


def _owed(clock: Clock, course: Course) -> Party:
    if OURS.intersection(clock.stops_on) or not course.followed:
        return Party.SENDER
    return Party.BODY


def colour(waiting_for: str, since: date, today: date, notice: Notice) -> Colour | None:
    """The early-warning colour of a paper that has not moved since that day; None while none is reached."""
    reached = [
        entry for entry in notice.colours if entry.state == waiting_for and add_months(since, entry.months) <= today
    ]
    return max(reached, key=lambda entry: entry.months, default=None)
