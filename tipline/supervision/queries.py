"""Questions about supervised cases. The only way to one is `visible_to`."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.calendar import ONE_DAY
from tipline.leads.models import Lead
from tipline.leads.queries import known_through, not_walled
from tipline.office.charter import Act
from tipline.office.models import Entry, Officer
from tipline.referrals.models import Referral
from tipline.supervision.interims import UNANSWERED
from tipline.supervision.lifecycle import LIFE, OPEN, WITH_THE_BODY, CaseState, InterimState
from tipline.supervision.models import CaseMilestone, CaseOfficer, FollowUp, InterimReport, JointBody, SupervisedCase
from tipline.supervision.objections import WATCHING

PAGE = 25
FAR = date(9999, 12, 31)
_burns = func.coalesce(SupervisedCase.due_on, FAR)


def visible_to(officer: Officer) -> Select[SupervisedCase]:
    """The cases an officer may know of, newest first.

    Whoever supervises by post: all of them. The handling body, and the bodies that supervise jointly: theirs,
    from the day they are supervised. Nobody: those of a lead they are walled from.
    """
    query = select(SupervisedCase).join(SupervisedCase.lead).where(scope_of(officer))
    return query.options(contains_eager(SupervisedCase.lead), joinedload(SupervisedCase.lead_office)).order_by(
        SupervisedCase.id.desc()
    )


def scope_of(officer: Officer) -> ColumnElement[bool]:
    """`visible_to` as a condition on cases joined with their leads."""
    return and_(_place(officer), not_walled(officer))


def _place(officer: Officer) -> ColumnElement[bool]:
    if not officer.active or not officer.may(Act.READ_SUPERVISION):
        return false()
    if officer.role in WATCHING:
        return SupervisedCase.id.is_not(None)
    here = or_(SupervisedCase.lead_office_id == officer.office_id, _joint(officer))
    return and_(here, SupervisedCase.state.in_(WITH_THE_BODY))


def _joint(officer: Officer) -> ColumnElement[bool]:
    joint = select(JointBody.id).where(JointBody.case_id == SupervisedCase.id, JointBody.office_id == officer.office_id)
    return joint.exists()


_STEPS = (selectinload(SupervisedCase.milestones), selectinload(SupervisedCase.interims))


def known_by_case(officer: Officer) -> ColumnElement[bool]:
    """Whether a case lets the officer know of the lead that it watches over; on leads."""
    return select(SupervisedCase.id).where(SupervisedCase.lead_id == Lead.id, _place(officer)).correlate(Lead).exists()


known_through.append(known_by_case)


@dataclass(frozen=True)
class Page:
    """One page of a list, and the key after which the next begins."""

    rows: list[SupervisedCase]
    next: str | None


def page(officer: Officer, *, closed: bool, after: str | None = None) -> Page:
    """A page of the open or the closed cases, in the order in which they burn."""
    stands = SupervisedCase.state.in_(OPEN | {CaseState.PROPOSED})
    query = visible_to(officer).where(~stands if closed else stands).options(*_STEPS)
    query = query.order_by(None).order_by(_burns, SupervisedCase.id.desc())
    last = db.session.scalars(visible_to(officer).where(SupervisedCase.key == after)).one_or_none() if after else None
    if last is not None:
        day = last.due_on or FAR
        query = query.where(or_(_burns > day, and_(_burns == day, SupervisedCase.id < last.id)))
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return Page(found[:PAGE], found[PAGE - 1].key if len(found) > PAGE else None)


def seen_by(officer: Officer, key: str) -> Select[SupervisedCase]:
    """One case with all that its page shows."""
    shown = (
        *_STEPS,
        selectinload(SupervisedCase.follow_ups).joinedload(FollowUp.by),
        selectinload(SupervisedCase.instructions),
        selectinload(SupervisedCase.bodies).joinedload(JointBody.office),
        selectinload(SupervisedCase.officers).joinedload(CaseOfficer.officer),
        joinedload(SupervisedCase.opened_by),
    )
    return visible_to(officer).where(SupervisedCase.key == key).options(*shown)


def told_of(case: SupervisedCase) -> ColumnElement[bool]:
    """Which lines of the trail its page tells."""
    return and_(Entry.paper == case.ref, Entry.act.in_(LIFE.acts))


def entries_of(case: SupervisedCase) -> list[Entry]:
    """The deeds done to the case, oldest first."""
    query = select(Entry).where(told_of(case)).order_by(Entry.seq)
    return list(db.session.scalars(query.options(joinedload(Entry.by), joinedload(Entry.office))))


def of_lead(officer: Officer, lead: Lead) -> SupervisedCase | None:
    """The case that watches over a lead, as far as the officer may know."""
    return db.session.scalars(visible_to(officer).where(SupervisedCase.lead_id == lead.id)).one_or_none()


def next_due(case: SupervisedCase) -> date | None:
    """The first step or interim report still owed, else the day of the result."""
    if case.state is not CaseState.UNDER_SUPERVISION:
        return None
    days = [step.due_on for step in case.milestones if step.met_on is None]
    days += [report.due_on for report in case.interims if report.state in UNANSWERED]
    return min([*days, *([case.due_on] if case.due_on else [])], default=None)


def waits_for(officer: Officer) -> ColumnElement[bool]:
    """Cases whose next deed could be this officer's, on cases joined with their leads."""
    theirs = and_(
        SupervisedCase.lead_office_id == officer.office_id, SupervisedCase.state == CaseState.UNDER_SUPERVISION
    )
    deeds = {
        CaseState.PROPOSED: Act.OPEN_SUPERVISION,
        CaseState.RESULT_REPORTED: Act.ACCEPT_RESULT,
        CaseState.RESULT_ACCEPTED: Act.RELEASE,
    }
    to_decide = SupervisedCase.state.in_([here for here, act in deeds.items() if officer.may(act)])
    return or_(to_decide, theirs) if officer.may(Act.REPORT_RESULT) else to_decide


def due_by(officer: Officer, today: date) -> ScalarSelect[int]:
    """How many of an officer's cases have a step, a report or the result due by that day, as a count to be asked."""
    burning = and_(
        SupervisedCase.state == CaseState.UNDER_SUPERVISION,
        or_(_owes(until=today + ONE_DAY), SupervisedCase.due_on <= today),
    )
    query = select(func.count()).select_from(SupervisedCase).join(SupervisedCase.lead)
    return query.where(scope_of(officer), waits_for(officer), burning).scalar_subquery()


def to_look_at(officer: Officer) -> list[tuple[SupervisedCase, date]]:
    """The cases at which whoever supervises has promised to look again, each with the day."""
    if not officer.may(Act.RECORD_PROGRESS):
        return []
    newest = select(func.max(FollowUp.id)).group_by(FollowUp.case_id).scalar_subquery()
    side = _joint(officer) if officer.role not in WATCHING else SupervisedCase.id.is_not(None)
    query = visible_to(officer).join(FollowUp, FollowUp.case_id == SupervisedCase.id).add_columns(FollowUp.next_on)
    query = query.where(FollowUp.id.in_(newest), FollowUp.next_on.is_not(None), side)
    query = query.where(SupervisedCase.state == CaseState.UNDER_SUPERVISION)
    return [(case, on) for case, on in db.session.execute(query)]


def to_answer(officer: Officer) -> list[SupervisedCase]:
    """The cases whose handling body has filed an interim report that waits for us."""
    if not officer.may(Act.ACKNOWLEDGE_INTERIM):
        return []
    side = _joint(officer) if officer.role not in WATCHING else SupervisedCase.id.is_not(None)
    query = visible_to(officer).join(InterimReport, InterimReport.case_id == SupervisedCase.id)
    query = query.where(InterimReport.state == InterimState.FILED, side)
    return list(db.session.scalars(query.where(SupervisedCase.state == CaseState.UNDER_SUPERVISION)))


def _owes(*, until: date) -> ColumnElement[bool]:
    """Whether a step or an interim report is owed before that day."""
    steps = select(CaseMilestone.id).where(
        CaseMilestone.case_id == SupervisedCase.id, CaseMilestone.met_on.is_(None), CaseMilestone.due_on < until
    )
    reports = select(InterimReport.id).where(
        InterimReport.case_id == SupervisedCase.id, InterimReport.state.in_(UNANSWERED), InterimReport.due_on < until
    )
    return or_(steps.exists(), reports.exists())


def let_pass_before(today: date) -> list[SupervisedCase]:
    """The cases with something whose day has passed, with all that tells whether anybody looked since."""
    query = select(SupervisedCase).where(
        SupervisedCase.state == CaseState.UNDER_SUPERVISION, or_(_owes(until=today), SupervisedCase.due_on < today)
    )
    shown = (*_STEPS, selectinload(SupervisedCase.follow_ups))
    return list(db.session.scalars(query.options(*shown, joinedload(SupervisedCase.lead)).order_by(SupervisedCase.id)))


def under_supervision() -> list[SupervisedCase]:
    """Every case that a handling body is at, with all that tells when it last moved."""
    query = select(SupervisedCase).where(SupervisedCase.state == CaseState.UNDER_SUPERVISION)
    shown = (*_STEPS, joinedload(SupervisedCase.lead), joinedload(SupervisedCase.lead_office))
    return list(db.session.scalars(query.options(*shown).order_by(SupervisedCase.id)))


def watching_over(referral: Referral) -> SupervisedCase | None:
    """The supervised case whose result the referral's own body owes, while it is open."""
    query = select(SupervisedCase).where(
        SupervisedCase.lead_id == referral.lead_id,
        SupervisedCase.lead_office_id == referral.to_id,
        SupervisedCase.state.in_(OPEN),
    )
    return db.session.scalars(query.options(*_STEPS)).one_or_none()


def looked_on(case: SupervisedCase) -> list[date]:
    """The days on which somebody looked at the case."""
    return [day_of(look.at) for look in case.follow_ups]
