"""What the clock does for inspections: it reminds of rectifications, each step once, and forgets unentered lists."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from tipline.inspections import queries
from tipline.inspections.models import DayReturn, Finding
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.law.clocks import SOON_WORKING_DAYS
from tipline.law.running import Step, step_of
from tipline.office import calendars, editions, outbox, roster
from tipline.office.charter import Role

KEPT_FOR = timedelta(days=1)


def remind(at: datetime) -> int:
    """Write every reminder that should exist by now and does not. Returns the letters written.

    Asking what is owed, not what day it is: run twice, late or in two processes, the letters are the same.
    """
    written = sum(editions.each(lambda: _remind_all(at)))
    db.session.commit()
    return written


def _remind_all(at: datetime) -> int:
    """Those of the campaign one works by."""
    today, calendar = day_of(at), calendars.calendar()
    until = calendar.add_working_days(today, SOON_WORKING_DAYS)
    written = 0
    for finding in queries.demanded_until(until):
        step = step_of(finding.due_on, today, calendar) if finding.due_on else None
        if step is not None:
            written += _remind(finding, step, at)
    return written


def _remind(finding: Finding, step: Step, at: datetime) -> int:
    about = f"{finding.ref}/{finding.due_on}/{step.value}"
    letter = partial(outbox.write, about, letter="finding_reminder", at=at, campaign=editions.address())
    write = partial(letter, number=finding.number, due=finding.due_on, step=step, owes=finding.office)
    if step is not Step.STILL_LATE:
        return write(to=finding.office, role=Role.TOWN_CLERK)
    bureau = roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    return write(to=finding.office, role=Role.TOWN_DEPUTY) + write(to=bureau, role=Role.LEDGER_KEEPER)


def forget(at: datetime) -> int:
    """Let go of the lines of filled lists that nobody said yes to within a day. Returns how many."""
    old = select(DayReturn).where(DayReturn.rows_sealed.is_not(None), DayReturn.read_at <= at - KEPT_FOR)
    found = list(db.session.scalars(old))
    for returned in found:
        returned.rows = None
    db.session.commit()
    return len(found)
