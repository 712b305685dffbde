"""The list of those who may read a walled lead, and who reads a series of numbers. Nobody is listed as shut out."""

from itertools import chain

from sqlalchemy import delete, select

from tipline.kit.db import db
from tipline.law.notice import Notice
from tipline.leads import walls
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Access, AccessOffice, ImplicatedPerson, Lead
from tipline.office import editions, roster
from tipline.office.charter import Act, Role
from tipline.office.models import Office, Officer
from tipline.office.powers import PERMITTED


def draw(lead: Lead, people: list[ImplicatedPerson], notice: Notice) -> None:
    """Decide whether the lead is walled and who may read it then.

    A sealed lead is open only to the bodies that handle it or a part of it; a walled one to everybody whose
    role would let them, less those behind the wall. An ordinary lead needs no list.
    """
    walled = walls.walled_officers(lead, people, notice)
    lead.walled = bool(walled) or lead.sealed
    db.session.add(lead)
    db.session.flush()  # the list needs the lead's number
    if lead.sealed and lead.handling_id is not None:
        db.session.merge(AccessOffice(lead_id=lead.id, office_id=lead.handling_id))
    _list(lead, _readers(lead) - walled if lead.walled else set())


def _list(lead: Lead, readers: set[int]) -> None:
    listed = listed_for(lead)
    gone = listed - readers
    if gone:
        db.session.execute(delete(Access).where(Access.lead_id == lead.id, Access.officer_id.in_(gone)))
    db.session.add_all(Access(lead_id=lead.id, officer_id=reader) for reader in sorted(readers - listed))


def listed_for(lead: Lead) -> set[int]:
    """The officers on the list of a walled lead."""
    return set(db.session.scalars(select(Access.officer_id).where(Access.lead_id == lead.id)))


def who_may(act: Act, lead: Lead, office: Office) -> list[Officer]:
    """Who in the office may do this and stands behind no wall of the lead."""
    roles = [role for role, acts in PERMITTED.items() if act in acts]
    query = select(Officer).where(Officer.active, Officer.office_id == office.id, Officer.role.in_(roles))
    if lead.walled:
        query = query.join(Access, (Access.officer_id == Officer.id) & (Access.lead_id == lead.id))
    return list(db.session.scalars(query.order_by(Officer.id)))


def _readers(lead: Lead) -> set[int]:
    query = select(Officer.id).where(Officer.active, Officer.role != Role.CLOCK)
    let_in = select(AccessOffice.office_id).where(AccessOffice.lead_id == lead.id)
    return set(db.session.scalars(query.where(Officer.office_id.in_(let_in)) if lead.sealed else query))


def redraw(lead: Lead) -> None:
    """Ask again who must not know: after persons, posts, relations or the handling body have changed.

    Of a stub nothing is kept that could be asked again; its list stands, and only ever gets shorter.
    """
    if lead.state is LeadState.STUB:
        _shorten(lead, walls.aside_from(lead))
    else:
        draw(lead, lead.people, lead.rules)


def _shorten(stub: Lead, aside: set[int]) -> None:
    """Those who stand aside go from the list; a stub without a list gets one without them."""
    if aside:
        listed = listed_for(stub) if stub.walled else _readers(stub)
        stub.walled = True
        _list(stub, listed - aside)


def hand_to(lead: Lead, office: Office) -> None:
    """Another body now carries the lead: a sealed one opens to that body's officers and closes to the former's."""
    db.session.execute(delete(AccessOffice).where(AccessOffice.lead_id == lead.id))
    lead.handling, lead.handling_id = office, office.id
    redraw(lead)


def let_in(lead: Lead, office: Office) -> None:
    """A further body handles a part of a sealed lead: its officers are listed too, less the walled ones."""
    if lead.sealed:
        db.session.merge(AccessOffice(lead_id=lead.id, office_id=office.id))
        redraw(lead)


def hear_of(officer: Officer) -> None:
    """The roster has changed: what concerns the officer is asked again before anybody reads the next page."""
    again = set(chain(*editions.each(lambda: walls.leads_to_ask_again(officer, editions.notice()))))
    for lead in sorted(again, key=lambda lead: lead.id):
        redraw(lead)
    _let_in_or_out(officer, {lead.id for lead in again})


def _let_in_or_out(officer: Officer, settled: set[int]) -> None:
    """The officer's place on the lists of all other walled leads: on or off by post alone."""
    listed = set(db.session.scalars(select(Access.lead_id).where(Access.officer_id == officer.id))) - settled
    open_to = select(Lead.id).where(Lead.walled, Lead.state != LeadState.STUB)
    of_the_office = select(AccessOffice.lead_id).where(AccessOffice.office_id == officer.office_id)
    open_to = open_to.where(Lead.sealed.is_(False) | Lead.id.in_(of_the_office))
    due = set(db.session.scalars(open_to)) - settled if officer.active else set()
    kept = set(db.session.scalars(select(Lead.id).where(Lead.state == LeadState.STUB))) if officer.active else set()
    for lead_id in sorted(listed - due - kept):
        db.session.execute(delete(Access).where(Access.lead_id == lead_id, Access.officer_id == officer.id))
    db.session.add_all(Access(lead_id=lead_id, officer_id=officer.id) for lead_id in sorted(due - listed))


roster.on_change.append(hear_of)


def readers_of_series(office: Office) -> set[int]:
    """Who reads an office's numbers in order, and would notice a gap: its own readers, and the whole ledger's."""
    officers = db.session.scalars(select(Officer).where(Officer.active, Officer.role != Role.CLOCK))
    return {
        officer.id
        for officer in officers
        if officer.role in {Role.LEDGER_KEEPER, Role.BUREAU_LEADER}
        or (officer.office_id == office.id and (officer.may(Act.READ_LEDGER) or officer.may(Act.READ_REFERRALS)))
    }


def betrayed_by_a_gap(lead: Lead) -> bool:
    """Whether somebody reads the office's series in order who may not know of this lead."""
    return lead.walled and bool(readers_of_series(lead.office) - listed_for(lead))


def somebody_can_send(lead: Lead) -> bool:
    """Whether those left in the registering office can both approve and hand over; otherwise it goes on directly."""
    query = select(Officer).where(Officer.active, Officer.office_id == lead.office_id)
    if lead.walled:
        query = query.join(Access, (Access.officer_id == Officer.id) & (Access.lead_id == lead.id))
    left = list(db.session.scalars(query))
    return all(any(officer.may(act) for officer in left) for act in (Act.APPROVE_REFERRAL, Act.HAND_OVER))
