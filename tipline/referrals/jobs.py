"""What the clock does for referrals: reminders, each once, and due days counted anew."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.words import Labelled
from tipline.law.clocks import SOON_WORKING_DAYS
from tipline.law.running import Running, Step, step_of
from tipline.leads import telling
from tipline.office import calendars, roster
from tipline.office.charter import Role
from tipline.office.models import Letter, Office
from tipline.referrals import raising, reckoning
from tipline.referrals.lifecycle import ReferralState
from tipline.referrals.models import Referral
from tipline.referrals.rules import Party

CHUNK = 200


class Reminder(NamedTuple):
    """One step of one clock of one referral."""

    referral: Referral
    running: Running
    step: Step


def remind(at: datetime) -> int:
    """Write every reminder that should exist today and does not. Returns the letters written.

    Only on working days; run twice, late or in two processes, the letters are the same.
    """
    if not calendars.calendar().is_working_day(day_of(at)):
        return 0
    owed = {_about(reminder): reminder for reminder in _one_a_day(_owed(day_of(at)))}
    told = set(db.session.scalars(select(Letter.about).where(Letter.about.in_(owed))))
    written = 0
    for about, reminder in owed.items():
        if about not in told:
            written += _remind(about, reminder, at)
            db.session.commit()
    db.session.commit()
    return written


def _owed(today: date) -> Iterator[Reminder]:
    calendar = calendars.calendar()
    horizon = calendar.add_working_days(today, SOON_WORKING_DAYS)
    query = select(Referral).where(Referral.due_on <= horizon).order_by(Referral.due_on, Referral.id)
    query = query.options(joinedload(Referral.lead), joinedload(Referral.to), joinedload(Referral.from_office))
    for referral in db.session.scalars(query):
        for running in reckoning.clocks(referral, calendar):
            step = None if running.stopped else step_of(running.due.on, today, calendar)
            if step:
                yield Reminder(referral, running, step)


def _one_a_day(reminders: Iterable[Reminder]) -> Iterable[Reminder]:
    """A letter names the paper and the day alone: two limits of one day, of one office, are one letter."""
    first: dict[tuple[str, Labelled, date], Reminder] = {}
    for one in reminders:
        first.setdefault((one.referral.ref, one.running.owed_by, one.running.due.on), one)
    return first.values()


def _about(reminder: Reminder) -> str:
    clock = reminder.running
    return f"{reminder.referral.ref}/{clock.clock.id}/{clock.due.on}/{reminder.step.value}"


def _remind(about: str, reminder: Reminder, at: datetime) -> int:
    referral, clock = reminder.referral, reminder.running
    to, role = _reader(referral, clock.owed_by)
    return telling.write(
        about,
        referral.lead,
        to=to,
        role=role,
        letter="referral_reminder",
        at=at,
        number=referral.number,
        step=reminder.step,
        due=clock.due.on,
    )


def _reader(referral: Referral, party: Labelled) -> tuple[Office, Role | None]:
    """Whoever keeps the ledger at the sender, or the body's own box."""
    if party is Party.BODY:
        return referral.to, None
    keepers = Role.TOWN_CLERK if referral.from_office.body.sits_in_a_town else Role.LEDGER_KEEPER
    return referral.from_office, keepers


def raise_stranded(at: datetime) -> int:
    """Raise what its body may not have any more, and send what nobody here may approve. Returns how many moved."""
    moved, clock = 0, roster.clock_officer()
    for referral in raising.without_sender():
        raising.send_directly(referral, by=clock, at=at)
        db.session.commit()
        moved += 1
    for referral, steps in list(raising.stranded()):
        raising.raise_past(referral, steps, by=clock, at=at)
        db.session.commit()
        moved += 1
    return moved


def reckon(at: datetime) -> int:
    """Count every open referral's due day anew: the calendar or the rules may have changed. Returns how many moved."""
    keys = list(db.session.scalars(select(Referral.id).where(Referral.state != ReferralState.FED_BACK)))
    moved = 0
    for start in range(0, len(keys), CHUNK):
        moved += _reckon(keys[start : start + CHUNK], at)
        db.session.commit()
    return moved


def _reckon(ids: list[int], at: datetime) -> int:
    calendar = calendars.calendar()
    query = select(Referral).where(Referral.id.in_(ids)).options(joinedload(Referral.lead), joinedload(Referral.to))
    moved = 0
    with db.session.no_autoflush:  # whoever writes takes the end of the trail first
        for referral in db.session.scalars(query):
            before = referral.due_on, referral.due_clock
            reckoning.reckon(referral, calendar)
            moved += before != (referral.due_on, referral.due_clock)
        if moved:
            calendars.counted_anew(by=roster.clock_officer(), at=at)
    return moved
