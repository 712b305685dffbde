"""Who decides that somebody stands aside: the principal of their office, else the body above; never who is near."""

from collections.abc import Iterator

from sqlalchemy import Select, select

from tipline.kit.db import db
from tipline.leads import access, walls
from tipline.leads.lifecycle import LeadState, LiftState, RecusalState
from tipline.leads.models import Lead, Lift, Recusal, RecusalHand
from tipline.leads.queries import not_walled
from tipline.office import roster
from tipline.office.charter import Act, Role
from tipline.office.models import Office, Officer


def hands_for(recusal: Recusal) -> set[int]:
    """The officers who may decide a request: of the first office upward that has any."""
    lead, named = recusal.lead, db.session.scalars(select(Officer).filter_by(key=recusal.officer)).one()
    barred = _barred(lead) | {named.id, recusal.asked_by_id}
    for office in _upward(named.office, lead):
        if hands := {hand.id for hand in _deciders(office, own=office.id == named.office_id)} - barred:
            return hands
    return set()


def _barred(lead: Lead) -> set[int]:
    """Of a stub only its list tells. That a lead is sealed bars nobody: a decision shows only its number."""
    if lead.state is not LeadState.STUB:
        return walls.walled_officers(lead, lead.people, lead.rules)
    everybody = set(db.session.scalars(select(Officer.id)))
    return everybody - access.listed_for(lead) if lead.walled else set()


def _upward(office: Office, lead: Lead) -> Iterator[Office]:
    """The office itself, the bodies above it on the notice's ladder, and last the body that handles the lead."""
    higher = {step.body: step.to for step in lead.rules.raises}
    yield office
    body = office.body
    while body in higher:
        body = higher[body]
        above = roster.find_office(body, office.place_code)
        if above is not None:
            yield above
    if lead.handling is not None:
        yield lead.handling


def _deciders(office: Office, *, own: bool) -> list[Officer]:
    found = db.session.scalars(select(Officer).where(Officer.active, Officer.office_id == office.id))
    return [
        officer
        for officer in found
        if officer.may(Act.GRANT_RECUSAL) and (not own or officer.heads or officer.role is Role.BUREAU_LEADER)
    ]


def to_decide(officer: Officer) -> Select[Recusal]:
    """The requests that wait for this officer's decision, oldest first."""
    mine = select(RecusalHand.recusal_id).where(RecusalHand.officer_id == officer.id)
    query = select(Recusal).join(Recusal.lead).order_by(Recusal.id)
    return query.where(Recusal.state == RecusalState.ASKED, Recusal.id.in_(mine))


def may_decide(recusal: Recusal, officer: Officer) -> bool:
    """Whether the officer is on the list of those who decide this request."""
    return db.session.get(RecusalHand, (recusal.id, officer.id)) is not None


def may_lift(lead: Lead, officer: Officer) -> bool:
    """Whether the officer sits on the discipline side, in the body that handles the lead, and may know of it."""
    if not officer.may(Act.ASK_LIFT) or lead.handling_id != officer.office_id or lead.state is LeadState.STUB:
        return False
    return db.session.scalar(select(Lead.id).where(Lead.id == lead.id, not_walled(officer))) is not None


def lifts_to_decide(officer: Officer) -> Select[Lift]:
    """The lifts that wait for a second person of the officer's office, oldest first."""
    query = select(Lift).join(Lift.lead).order_by(Lift.id)
    return query.where(
        Lift.state == LiftState.ASKED,
        Lift.office_id == officer.office_id,
        Lift.asked_by_id != officer.id,
        Lift.officer_blind != walls.aside_blind(officer),
        not_walled(officer),
    )
