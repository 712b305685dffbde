"""What the clock does for this room: the reminders of the ladder for every duty, each once."""

from datetime import datetime

from sqlalchemy import select

from tipline.duties import queries, rules
from tipline.duties.queries import Cell, Fold
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.law.campaign import Recipient, Step, called, current_step
from tipline.office import answering, calendars, editions, outbox, roster
from tipline.office.charter import Role
from tipline.office.models import Letter

READERS = {
    Recipient.TOWN_CLERK: Role.TOWN_CLERK,
    Recipient.TOWN_DEPUTY: Role.TOWN_DEPUTY,
    Recipient.BUREAU_LEADER: Role.BUREAU_LEADER,
}
AT_THE_BUREAU = {Recipient.TOWN_CLERK: Role.LEDGER_KEEPER, Recipient.TOWN_DEPUTY: Role.BUREAU_LEADER}
"""Who hears of what the bureau owes itself."""


def remind(at: datetime) -> int:
    """Write every reminder that should exist by now and does not. Returns the letters written.

    Asking what is owed, not what day it is: run twice, late or in two processes, the letters are the same. A town
    gets one letter for all its villages.
    """
    today, calendar = day_of(at), calendars.calendar()
    if not calendar.is_working_day(today):
        return 0
    owed = {}
    for fold in queries.folded(queries.owed(today)).values():
        step = current_step(fold[0].duty, fold[0].period, today, editions.notice(), calendar)
        late = [cell for cell in fold if step and rules.is_reminded(cell.answer, step)]
        if step and late:
            owed[about(late[0], step.key)] = (late, step)
    told = set(db.session.scalars(select(Letter.about).where(Letter.about.in_(owed))))
    written = sum(_remind(key, *owed[key], at=at) for key in owed if key not in told)
    db.session.commit()
    return written


def about(cell: Cell, step: str) -> str:
    """What a reminder is about: a duty of an office and a step of the ladder, so that it is written once."""
    return f"{cell.duty.key.replace('_', '-')}/{cell.period.key}/{cell.debtor.office.place_code}/{step}"


def _remind(key: str, late: Fold, step: Step, *, at: datetime) -> int:
    cell, office = late[0], late[0].debtor.office
    bureau = roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    role = READERS[step.to] if office is not bureau else AT_THE_BUREAU.get(step.to, Role.BUREAU_LEADER)
    return outbox.write(
        key,
        to=bureau if step.to is Recipient.BUREAU_LEADER else office,
        role=role,
        letter=f"duty_{step.to.value}",
        at=at,
        owes=office,
        what=called(cell.duty, cell.period),
        step=step,
        due=cell.stand.due_on,
        villages=len(late) if cell.debtor.code != office.place_code else 0,
        advice=answering.rooms[cell.duty.answered_by].advice,
    )
