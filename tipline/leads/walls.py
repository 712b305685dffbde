"""Walls (回避): who must not know of a lead. Computed from the lead and the roster before the first read."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, delete, or_, select

from tipline.kit.db import db
from tipline.law.bodies import Body, PersonKind, Secrecy, Unit
from tipline.law.notice import Notice
from tipline.law.routing import implicated_bodies
from tipline.leads.call import facts_of
from tipline.leads.models import Access, ImplicatedPerson, Lead
from tipline.office import roster
from tipline.office.charter import Act, Role
from tipline.office.models import Kin, Office, Officer, Post

SEATS = {
    Unit.BUREAU: Body.CIVIL_AFFAIRS_BUREAU,
    Unit.DISPATCHED_GROUP: Body.DISPATCHED_DISCIPLINE_GROUP,
    Unit.DISTRICT_BODY: Body.DISTRICT_DISCIPLINE_BODY,
    Unit.TOWN_GOVERNMENT: Body.TOWN_GOVERNMENT,
    Unit.TOWN_DISCIPLINE_BODY: Body.TOWN_DISCIPLINE_BODY,
}
"""The body whose people share the implicated person's office; a village has no officers here."""


def walled_officers(lead: Lead, people: Iterable[ImplicatedPerson], notice: Notice) -> set[int]:
    """The officers who must not learn of the lead by any way.

    The named person and everybody of the same name or sound until cleared; declared relatives;
    superiors, subordinates and colleagues: whoever sits, or sat at the time of the facts, in the same
    unit, and the bodies that the law takes to be in conflict.
    """
    found: set[int] = set()
    for person in people:
        found |= set(db.session.scalars(select(Officer.id).where(_is_called_like(person))))
        if person.name_blind and not person.namesake_cleared:
            found |= set(db.session.scalars(select(Kin.officer_id).where(Kin.name_blind == person.name_blind)))
        offices = _same_units(person, notice)
        found |= set(db.session.scalars(_seated_in(offices, lead.happened_from, lead.happened_until)))
    return found


def _is_called_like(person: ImplicatedPerson) -> ColumnElement[bool]:
    if person.namesake_cleared or person.name_blind is None:
        return Officer.id.is_(None)
    return or_(Officer.name_blind == person.name_blind, Officer.sound_blind == person.sound_blind)


def _same_units(person: ImplicatedPerson, notice: Notice) -> list[int]:
    """The offices whose people are colleagues, superiors or subordinates of the person."""
    own, host = implicated_bodies(facts_of(person), notice)  # type: ignore[arg-type]
    bodies = set(own | host)
    if person.unit in SEATS:
        bodies.add(SEATS[person.unit])
    elif person.kind is PersonKind.UNKNOWN and person.town_code:
        bodies.add(Body.TOWN_GOVERNMENT)  # 镇里的人: all of the unit named, until identified
    found = [roster.find_office(body, person.town_code) for body in bodies]
    return [office.id for office in found if office is not None]


def _seated_in(offices: list[int], since: date | None, until: date | None):  # type: ignore[no-untyped-def]
    """Officers who sit in one of the offices, or sat there while the facts are said to have happened."""
    posts = select(Post.officer_id).where(Post.office_id.in_(offices))
    if since is not None:
        posts = posts.where(or_(Post.until.is_(None), Post.until >= since))
    if until is not None:
        posts = posts.where(or_(Post.until.is_(None), Post.since <= until))
    return posts


def draw(lead: Lead, notice: Notice, secrecy: Secrecy, handling: Office) -> set[int]:
    """Decide whether the lead is walled and who may read it then. Returns the walled officers.

    A sealed lead is open only to the body that handles it. A walled one to everybody whose role would
    let them, less those behind the wall. An ordinary lead needs no list.
    """
    walled = walled_officers(lead, lead.people, notice)
    lead.walled = bool(walled) or secrecy is Secrecy.SEALED
    if lead.id is not None:
        db.session.execute(delete(Access).where(Access.lead_id == lead.id))
    if lead.walled:
        db.session.add(lead)
        db.session.flush()  # the list needs the lead's number
        readers = _readers(lead, handling, sealed=secrecy is Secrecy.SEALED)
        db.session.add_all(Access(lead_id=lead.id, officer_id=reader) for reader in sorted(readers - walled))
    return walled


def _readers(lead: Lead, handling: Office, *, sealed: bool) -> set[int]:
    query = select(Officer.id).where(Officer.active, Officer.role != Role.CLOCK)
    return set(db.session.scalars(query.where(Officer.office_id == handling.id) if sealed else query))


def readers_of_series(office: Office, *, closed: bool = False) -> set[int]:
    """Who reads a series of numbers in order, and would notice a gap in it.

    The open series of an office is read there and, in the ledger, by the bureau; the closed one, which
    numbers walled leads only, by its own office alone.
    """
    officers = db.session.scalars(select(Officer).where(Officer.active, Officer.role != Role.CLOCK))
    return {
        officer.id
        for officer in officers
        if officer.office_id == office.id
        and (officer.may(Act.READ_LEDGER) or officer.may(Act.READ_REFERRALS))
        or (not closed and officer.role in {Role.LEDGER_KEEPER, Role.BUREAU_LEADER})
    }


def somebody_can_approve(lead: Lead) -> bool:
    """Whether anyone in the registering office is left to approve; otherwise the lead goes on directly."""
    query = select(Officer).where(Officer.active, Officer.office_id == lead.office_id)
    if lead.walled:
        query = query.join(Access, (Access.officer_id == Officer.id) & (Access.lead_id == lead.id))
    return any(officer.may(Act.APPROVE_REFERRAL) for officer in db.session.scalars(query))
