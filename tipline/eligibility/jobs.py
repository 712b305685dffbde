"""What the clock does for eligibility reviews: reminders, each once, and due days counted anew."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from tipline.eligibility import reckoning
from tipline.eligibility.lifecycle import DONE
from tipline.eligibility.models import EligibilityReview
from tipline.eligibility.objections import body_of_the_look
from tipline.eligibility.rules import Party, is_right
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.law.clocks import SOON_WORKING_DAYS
from tipline.law.running import Running, Step, step_of
from tipline.leads import telling
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.office import calendars, roster
from tipline.office.charter import Act, Role
from tipline.office.models import Letter, Office

CHUNK = 200


class Reminder(NamedTuple):
    """One step of one clock of one review."""

    review: EligibilityReview
    running: Running
    step: Step

    @property
    def about(self) -> str:
        clock = self.running
        return f"{self.review.ref}/{clock.clock.id}/{clock.due.on}/{self.step.value}"


def remind(at: datetime) -> int:
    """Write every reminder that should exist today and does not. Returns the letters written.

    Only on working days; run twice, late or in two processes, the letters are the same.
    """
    if not calendars.calendar().is_working_day(day_of(at)):
        return 0
    owed = {reminder.about: reminder for reminder in _owed(day_of(at))}
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
    query = _with_clocks().where(EligibilityReview.due_on <= horizon, Lead.state != LeadState.VOIDED)
    for review in db.session.scalars(query.order_by(EligibilityReview.due_on, EligibilityReview.id)):
        for running in reckoning.clocks(review, calendar):
            step = None if running.stopped or is_right(running) else step_of(running.due.on, today, calendar)
            if step:
                yield Reminder(review, running, step)


def _with_clocks() -> Select[EligibilityReview]:
    query = select(EligibilityReview).join(EligibilityReview.lead)
    loaded = (joinedload(EligibilityReview.lead), joinedload(EligibilityReview.handler))
    return query.options(*loaded, selectinload(EligibilityReview.opinions))


def _remind(about: str, reminder: Reminder, at: datetime) -> int:
    review, clock = reminder.review, reminder.running
    to, role = _reader(review, above=clock.owed_by is Party.ABOVE)
    return telling.write(
        about,
        review.lead,
        to=to,
        role=role,
        reading=Act.READ_REVIEWS,
        letter="petition_reminder",
        at=at,
        number=review.number,
        step=reminder.step,
        due=clock.due.on,
    )


def _reader(review: EligibilityReview, *, above: bool) -> tuple[Office, Role]:
    """Whoever handles it; for a second or last look the bureau, which decides it or asks the body above."""
    if above:
        decides = body_of_the_look(review).signs_in
        return roster.office_of(Body.CIVIL_AFFAIRS_BUREAU), Role.BUREAU_LEADER if decides else Role.LEDGER_KEEPER
    return review.handler, Role.TOWN_CLERK if review.handler.body.sits_in_a_town else Role.LEDGER_KEEPER


def reckon(at: datetime) -> int:
    """Count every open review's due day anew: the calendar or the rules may have changed. Returns how many moved."""
    open_ones = select(EligibilityReview.id).where(EligibilityReview.state.not_in(DONE))
    keys = list(db.session.scalars(open_ones))
    moved = 0
    for start in range(0, len(keys), CHUNK):
        moved += _reckon(keys[start : start + CHUNK], at)
        db.session.commit()
    return moved


def _reckon(ids: list[int], at: datetime) -> int:
    calendar = calendars.calendar()
    moved = 0
    with db.session.no_autoflush:  # whoever writes takes the end of the trail first
        for review in db.session.scalars(_with_clocks().where(EligibilityReview.id.in_(ids))):
            before = review.due_on, review.due_clock
            reckoning.reckon(review, calendar)
            moved += before != (review.due_on, review.due_clock)
        if moved:
            calendars.counted_anew(by=roster.clock_officer(), at=at)
    return moved
