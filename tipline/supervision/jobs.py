"""What the clock does for supervised cases: it asks for what was let pass, and warns in colours, each once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.law.entries import Warned
from tipline.leads import telling
from tipline.office import calendars, roster
from tipline.office.charter import Role
from tipline.office.models import Letter, Office
from tipline.referrals import reckoning
from tipline.supervision import colours, operations, queries
from tipline.supervision.colours import Reached
from tipline.supervision.interims import UNANSWERED
from tipline.supervision.models import CaseMilestone, InterimReport, SupervisedCase
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
        step.urged_at = at  # a step or an interim report: each is asked for once
    if result:
        case.overdue_urged_at = at
    return True


def _let_pass(case: SupervisedCase, at: datetime) -> tuple[list[CaseMilestone | InterimReport], bool]:
    """The steps and interim reports, and whether the result, that the clock has to ask for."""
    today, looked = day_of(at), queries.looked_on(case)
    owed: list[tuple[CaseMilestone | InterimReport, bool]] = []
    owed += [(step, step.met_on is not None) for step in case.milestones]
    owed += [(report, report.state not in UNANSWERED) for report in case.interims]
    steps = [
        step for step, done in owed if is_let_pass(Owed(step.due_on, done, step.urged_at is not None), looked, today)
    ]
    result = Owed(case.due_on, False, case.overdue_urged_at is not None) if case.due_on else None
    return steps, result is not None and is_let_pass(result, looked, today)


def warn(at: datetime) -> int:
    """Write what each early-warning colour asks for, once for each step of the ladder. Returns the letters written.

    Only on working days. A missed run writes only of the colour reached by now, never of two at once.
    """
    if not calendars.calendar().is_working_day(day_of(at)):
        return 0
    owed = {_about(one): one for one in colours.reached_by(queries.under_supervision(), day_of(at))}
    told = set(db.session.scalars(select(Letter.about).where(Letter.about.in_(owed))))
    written = 0
    for about, one in owed.items():
        if about not in told:
            written += _warn(about, one, at)
            db.session.commit()
    return written


def _about(one: Reached) -> str:
    """The step of the ladder. A paper that moved and lies again begins anew, from the day it moved."""
    since = _since(one)
    return f"{one.about.ref}/{one.colour.state}/{since}/{one.colour.key}"


def _since(one: Reached) -> str:
    if isinstance(one.about, SupervisedCase):
        return colours.heard_on(one.about).isoformat()
    since = reckoning.lying_since(one.about)
    return since.isoformat() if since else ""


def _warn(about: str, one: Reached, at: datetime) -> int:
    to, role = _reader(one)
    return telling.write(
        about,
        one.case.lead,
        to=to,
        role=role,
        letter="supervision_warning",
        at=at,
        number=one.about.number,
        colour=one.colour,
    )


def _reader(one: Reached) -> tuple[Office, Role | None]:
    """Who hears of it, as the notice says: the bureau's keeper, who telephones; its leader; or the body itself."""
    bureau = roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    readers: dict[Warned, tuple[Office, Role | None]] = {
        Warned.KEEPER: (bureau, Role.LEDGER_KEEPER),
        Warned.DEPUTY: (bureau, Role.BUREAU_LEADER),
        Warned.BODY: (_body(one), None),
    }
    return readers[one.colour.to]


def _body(one: Reached) -> Office:
    return one.about.lead_office if isinstance(one.about, SupervisedCase) else one.about.to
