"""What the clock does for this room: it proposes rounds of test calls, and reminds of what is due, each step once."""

import secrets
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from tipline.hotline import operations, queries, rules
from tipline.hotline.lifecycle import CallState, FaultState, RoundState, TestState
from tipline.hotline.models import DialTest, LineFault, MissedCall
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.office import calendars, editions, outbox, roster
from tipline.office.charter import Role
from tipline.office.models import Letter

Owed = dict[str, Callable[[], int]]
"""Letters that should exist, by what they are about."""


def propose_round(at: datetime) -> int:
    """Propose a round when the last is long enough ago; one that nobody has drawn yet is not followed by another."""
    hotline, today = editions.notice().hotline, day_of(at)
    last = queries.latest_round()
    if not hotline.results or not calendars.calendar().is_working_day(today):
        return 0
    if last and last.state is RoundState.PROPOSED:
        return 0
    if last and today < day_of(last.proposed_at) + timedelta(days=hotline.round_every):
        return 0
    if not queries.in_force(today):
        return 0
    operations.propose_round(secrets.token_hex(16), by=roster.clock_officer(), at=at)
    db.session.commit()
    return 1


def remind(at: datetime) -> int:
    """Write every reminder that should exist by now and does not: of faults to the office of the number, of tests to
    the bureau's keeper, of calls to its operators. On working days only; the mailroom keeps to office hours.
    """
    if not calendars.calendar().is_working_day(day_of(at)):
        return 0
    owed = _of_faults(at) | _of_days(DialTest, TestState.DUE, "hotline_tests", Role.LEDGER_KEEPER, at)
    owed |= _of_days(MissedCall, CallState.TO_RING_BACK, "hotline_calls", Role.OPERATOR, at)
    told = set(db.session.scalars(select(Letter.about).where(Letter.about.in_(owed))))
    written = sum(write() for about, write in owed.items() if about not in told)
    db.session.commit()
    return written


def _of_faults(at: datetime) -> Owed:
    """The reminders of faults that wait for their offices."""
    found: Owed = {}
    for fault in db.session.scalars(select(LineFault).where(LineFault.state == FaultState.NOTED)):
        if step := _step(fault.due_on, at):
            found[operations.about(fault, step)] = partial(operations.tell, fault, step, at=at)
    return found


def _of_days(kind: Any, state: Any, letter: str, role: Role, at: datetime) -> Owed:
    """The reminders of what waits at the bureau: one for all that is due on the same day."""
    bureau = roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    found: Owed = {}
    for due_on, n in Counter(db.session.scalars(select(kind.due_on).where(kind.state == state))).items():
        if step := _step(due_on, at):
            about = f"{kind.kind}/{due_on}/{step}"
            found[about] = partial(outbox.write, about, to=bureau, role=role, letter=letter, at=at, n=n, due=due_on)
    return found


def _step(due_on: date, at: datetime) -> str:
    step = rules.step_of(due_on, day_of(at), editions.notice().hotline, calendars.calendar())
    return "" if step is None else str(step)
