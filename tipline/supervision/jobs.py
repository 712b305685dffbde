"""What the clock does for supervised cases: it asks for what was let pass, once for each day."""

from datetime import datetime

from sqlalchemy.orm.exc import StaleDataError

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.office import calendars, roster
from tipline.supervision import operations, queries
from tipline.supervision.models import CaseMilestone, SupervisedCase
from tipline.supervision.rules import Owed, is_let_pass


def urge(at: datetime) -> int:
    """Urge every case of which a step or the result was due, and nobody has looked since. Returns the cases urged.

    Only on working days. Several days that passed together are one letter.
    """
    if not calendars.calendar().is_working_day(day_of(at)):
        return 0
    urged = 0
    for case in queries.let_pass_before(day_of(at)):
        try:
            urged += _urge(case, at)
            db.session.commit()
        except StaleDataError:  # somebody is at it this very moment; tomorrow asks again
            db.session.rollback()
    return urged


def _urge(case: SupervisedCase, at: datetime) -> bool:
    steps, result = _let_pass(case, at)
    if not steps and not result:
        return False
    operations.urge(case, by=roster.clock_officer(), at=at)
    for step in steps:
        step.urged_at = at
    if result:
        case.overdue_urged_at = at
    return True


def _let_pass(case: SupervisedCase, at: datetime) -> tuple[list[CaseMilestone], bool]:
    """The steps, and whether the result, that the clock has to ask for."""
    today, looked = day_of(at), queries.looked_on(case)
    steps = [
        step
        for step in case.milestones
        if is_let_pass(Owed(step.due_on, step.met_on is not None, step.urged_at is not None), looked, today)
    ]
    owed = Owed(case.due_on, False, case.overdue_urged_at is not None) if case.due_on else None
    return steps, owed is not None and is_let_pass(owed, looked, today)
