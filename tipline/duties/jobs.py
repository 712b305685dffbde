"""What the clock does for this room: the reminders of the ladder for every duty, each once."""

from datetime import date, datetime, time

from sqlalchemy import select

from tipline.duties import queries, rules
from tipline.duties.queries import Cell, Fold
from tipline.kit.dates import at_clock, day_of
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


Debt = tuple[Fold, Step, dict[str, str]]
"""What is still owed, the step of the ladder, and what the address says of the notice."""


def remind(at: datetime) -> int:
    """Write every reminder that should exist by now and does not. Returns the letters written.

    Asking what is owed, not what day it is: run twice, late or in two processes, the letters are the same. A town
    gets one letter for all its villages.
    """
    today = day_of(at)
    if not calendars.calendar().is_working_day(today):
        return 0
    owed = {key: debt for debts in editions.each(lambda: _owed(today)) for key, debt in debts.items()}
    told = set(db.session.scalars(select(Letter.about).where(Letter.about.in_(owed))))
    written = sum(_remind(key, *owed[key], at=at) for key in owed if key not in told)
    db.session.commit()
    return written


def _owed(today: date) -> dict[str, Debt]:
    """The reminders that should exist by now under one notice, by the key that can exist once.

    What was missed with all its steps before the notice was published here stands in the grid; nobody is written to.
    """
    notice, calendar, owed = editions.notice(), calendars.calendar(), {}
    opened = day_of(editions.published_at(notice.number) or at_clock(today, time.min))
    for fold in queries.folded(queries.owed(today)).values():
        step = current_step(fold[0].duty, fold[0].period, today, notice, calendar)
        if step and step.key == notice.ladder[-1].key and step.on < opened:
            continue
        late = [cell for cell in fold if step and rules.is_reminded(cell.answer, step)]
        if step and late:
            owed[about(late[0], step.key)] = (late, step, editions.address())
    return owed


def about(cell: Cell, step: str) -> str:
    """What a reminder is about: a duty of an office and a step of the ladder, so that it is written once."""
    return editions.mark(f"{cell.duty.key.replace('_', '-')}/{cell.period.key}/{cell.debtor.office.place_code}/{step}")


def _remind(key: str, late: Fold, step: Step, address: dict[str, str], *, at: datetime) -> int:
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
        campaign="".join(f"?{name}={value}" for name, value in address.items()),
        advice=answering.rooms[cell.duty.answered_by].advice,
    )
