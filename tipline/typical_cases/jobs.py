"""What the clock does for this room: the reminders of the ladder, each once."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select

from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.law.campaign import Recipient, Step, months_asked, period_due
from tipline.office import calendars, editions, outbox, roster
from tipline.office.charter import Role
from tipline.office.models import Letter, Office
from tipline.typical_cases import queries, rules

READERS = {
    Recipient.TOWN_CLERK: Role.TOWN_CLERK,
    Recipient.TOWN_DEPUTY: Role.TOWN_DEPUTY,
    Recipient.BUREAU_LEADER: Role.BUREAU_LEADER,
}


def remind_towns(at: datetime) -> int:
    """Write every reminder that should exist by now and does not. Returns the letters written.

    Asking what is owed, not what day it is: run twice, late or in two processes, the letters are the same.
    """
    owed = {_about(month, town, step): (month, town, step) for month, town, step in _owed(day_of(at))}
    told = set(db.session.scalars(select(Letter.about).where(Letter.about.in_(owed))))
    written = sum(_remind(about, *owed[about], at=at) for about in owed if about not in told)
    db.session.commit()
    return written


def _owed(today: date) -> Iterator[tuple[Month, Office, Step]]:
    notice, calendar = editions.notice(), calendars.calendar()
    months = list(months_asked(today, notice))
    reports, towns = queries.reports_of(months), queries.towns()
    for month in months:
        for town in towns:
            filed = queries.filed(reports.get((town.id, month)))
            if step := rules.step_owed(month, filed, today, notice, calendar):
                yield month, town, step


def _about(month: Month, town: Office, step: Step) -> str:
    return f"typical-cases/{month}/{town.place_code}/{step.key}"


def _remind(about: str, month: Month, town: Office, step: Step, *, at: datetime) -> int:
    bureau = roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    return outbox.write(
        about,
        to=bureau if step.to is Recipient.BUREAU_LEADER else town,
        role=READERS[step.to],
        letter=f"typical_cases_{step.to.value}",
        at=at,
        town=town,
        month=rules.spoken(month),
        step=step,
        due=period_due(month, editions.notice(), calendars.calendar()),
    )
