"""What an operator sees while the caller still speaks: where it will go, what starts ticking, what looks like it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tipline.intake.operations import proposal_for
from tipline.kit.dates import day_of
from tipline.law.bodies import Secrecy
from tipline.law.calendar import Calendar
from tipline.law.clocks import Clock, Due, deadline
from tipline.law.notice import Notice
from tipline.law.routing import Decision
from tipline.leads import queries
from tipline.leads.call import Call, PersonSaid
from tipline.leads.models import Lead
from tipline.leads.plan import Plan
from tipline.office import calendars, editions
from tipline.office.models import Officer


@dataclass(frozen=True)
class Ticking:
    """A clock that starts when the lead is registered, and the day on which it runs out."""

    clock: Clock
    due: Due


@dataclass(frozen=True)
class Look:
    """Everything the panel beside the sheet says."""

    plan: Plan
    people: tuple[tuple[PersonSaid, Decision], ...]
    ticking: tuple[Ticking, ...]
    alike: tuple[Lead, ...]

    @property
    def stop(self) -> bool:
        """Whether the operator must stop writing: nothing of the content may be kept."""
        return self.plan.secrecy is Secrecy.STUB_ONLY

    @property
    def sealed(self) -> bool:
        return self.plan.secrecy is Secrecy.SEALED


def look(call: Call, officer: Officer, at: datetime) -> Look | None:
    """The panel for what has been typed so far; None while nobody is named. Changes nothing."""
    if not call.people:
        return None
    proposal = proposal_for(call, at)
    names = [person.name for person in call.people]
    return Look(
        plan=proposal,
        people=tuple(zip(call.people, proposal.decisions, strict=True)),
        ticking=tuple(ticking(proposal.decisions, call.received_at, at)),
        alike=tuple(queries.alike(officer, names, call.town_code, call.household, at)),
    )


def before(call: Call, officer: Officer, at: datetime) -> list[Lead]:
    """Earlier leads of this caller, as far as the officer may know whose they are."""
    return queries.of_caller(officer, call.reporter.phone, at) if call.reporter else []


def ticking(decisions: Iterable[Decision], received_at: datetime, at: datetime) -> Iterator[Ticking]:
    """The clocks of a registration now: entering it the same day, and sending each part to its body."""
    yield from to_be_registered(editions.notice(), day_of(received_at), calendars.calendar())
    yield from running(decisions, at)


def running(decisions: Iterable[Decision], registered_at: datetime) -> Iterator[Ticking]:
    """The clocks by which each part of a lead registered then has to be sent."""
    for name in sorted({decision.clock for decision in decisions}):
        yield from _runs(name, editions.notice(), day_of(registered_at), calendars.calendar())


def to_be_registered(notice: Notice, called_on: date, calendar: Calendar) -> Iterator[Ticking]:
    """What the notice counts from a call until it is a lead (C-5)."""
    for clock in notice.clocks_started_by("call_ended", called_on):
        yield from _runs(clock.id, notice, called_on, calendar)


def _runs(name: str, notice: Notice, start: date, calendar: Calendar) -> Iterator[Ticking]:
    known = [clock for clock in notice.clocks if clock.id == name and clock.in_force.holds_on(start)]
    for clock in known:
        if clock.unit.is_counted:
            yield Ticking(clock, deadline(clock, start, calendar))
