"""Walls (回避): who must not know of a lead. Worked out from the lead and the roster, kept nowhere."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from tipline.kit.db import db
from tipline.kit.vault import vault
from tipline.law.bodies import Body, PersonKind, Unit
from tipline.law.notice import Notice
from tipline.law.routing import implicated_bodies
from tipline.leads import grounds
from tipline.leads.call import Described, facts_of
from tipline.leads.lifecycle import ASIDE, LiftState
from tipline.leads.models import Facts, ImplicatedPerson, Lead, Lift, PersonVersion, Recusal
from tipline.office import roster
from tipline.office.models import Kin, KinState, Office, Officer, Post

Said = ImplicatedPerson | PersonVersion

SEATS = {
    Unit.BUREAU: Body.CIVIL_AFFAIRS_BUREAU,
    Unit.DISPATCHED_GROUP: Body.DISPATCHED_DISCIPLINE_GROUP,
    Unit.DISTRICT_BODY: Body.DISTRICT_DISCIPLINE_BODY,
    Unit.TOWN_GOVERNMENT: Body.TOWN_GOVERNMENT,
    Unit.TOWN_DISCIPLINE_BODY: Body.TOWN_DISCIPLINE_BODY,
}
"""The body whose people share the implicated person's office; a village has no officers here."""


def walled_officers(lead: Lead, people: Iterable[ImplicatedPerson], notice: Notice) -> set[int]:
    """The officers who must not learn of the lead by any way."""
    people = list(people)
    return for_good(lead, people) | (by_office_or_word(lead, people, notice) - _lifted(lead))


def for_good(lead: Lead, people: Iterable[ImplicatedPerson]) -> set[int]:
    """Walls that nobody lifts (W3): the named person and everybody of the same name or sound until cleared;
    relatives, declared or by the officer's own word.
    """
    found = _aside(lead, for_good=True)
    for person in _ever_said(lead, people):
        found |= set(db.session.scalars(select(Officer.id).where(_is_called_like(person))))
        found |= set(db.session.scalars(_relatives(person)))
    return found


def by_office_or_word(lead: Lead, people: Iterable[ImplicatedPerson], notice: Notice) -> set[int]:
    """Walls that two persons may lift (W2, W1): superiors, subordinates and colleagues, that is whoever sits, or
    sat at the time of the facts, in the same unit, and the bodies that the law takes to be in conflict; and those
    who stand aside on another ground.
    """
    found = _aside(lead, for_good=False)
    for person in _ever_said(lead, people):
        offices = {office.id for office in offices_of(person, person.town_code or lead.town_code, notice)}
        found |= set(db.session.scalars(_seated_in(offices, lead.happened_from, lead.happened_until)))
    return found


def _ever_said(lead: Lead, people: Iterable[ImplicatedPerson]) -> list[Facts]:
    """The people as they stand, and as they stood before corrections: correcting lowers no wall."""
    return [*people, *versions_of(lead)]


def versions_of(lead: Lead) -> list[PersonVersion]:
    """The people of the lead as they stood before corrections, oldest first."""
    if not lead.id:
        return []
    query = select(PersonVersion).join(PersonVersion.person).where(ImplicatedPerson.lead_id == lead.id)
    return list(db.session.scalars(query.order_by(PersonVersion.id)))


def aside_from(lead: Lead) -> set[int]:
    """The officers who stand aside from the lead, by their own word or by request."""
    return _aside(lead, for_good=True) | _aside(lead, for_good=False)


def _aside(lead: Lead, *, for_good: bool) -> set[int]:
    if not lead.id:
        return set()
    found = db.session.scalars(select(Recusal).where(Recusal.lead_id == lead.id, Recusal.state.in_(ASIDE)))
    return _officers(one.officer for one in found if grounds.is_for_good(one.ground, lead.rules) is for_good)


def _lifted(lead: Lead) -> set[int]:
    if not lead.id:
        return set()
    found = db.session.scalars(select(Lift).where(Lift.lead_id == lead.id, Lift.state == LiftState.LIFTED))
    return _officers(one.officer for one in found)


def _officers(keys: Iterable[str]) -> set[int]:
    known = list(keys)
    return set(db.session.scalars(select(Officer.id).where(Officer.key.in_(known)))) if known else set()


def aside_blind(officer: Officer) -> str:
    """The keyed hash under which the recusals and lifts of an officer are found, and only so."""
    return vault.blind("aside", officer.key)


def namesakes(people: Iterable[ImplicatedPerson]) -> dict[str, list[Officer]]:
    """By the key of each person, the officers who are walled only because they are called, or sound, like them, or
    like what was written of them before a correction.
    """
    people = list(people)
    known = select(PersonVersion).where(PersonVersion.person_id.in_([person.id for person in people]))
    said: dict[int, list[Facts]] = {person.id: [person] for person in people}
    for version in db.session.scalars(known):
        said[version.person_id].append(version)
    everybody = [one for each in said.values() for one in each]
    query = select(Officer).where(or_(false(), *map(_is_called_like, everybody))).order_by(Officer.id)
    found = list(db.session.scalars(query))
    return {
        person.key: [officer for officer in found if any(_calls_to_mind(officer, one) for one in said[person.id])]
        for person in people
    }


def _calls_to_mind(officer: Officer, person: Facts) -> bool:
    """`_is_called_like` of rows already read."""
    if person.namesake_cleared or person.name_blind is None:
        return False
    return officer.name_blind == person.name_blind or officer.sound_blind == person.sound_blind


def has_namesake(person: Facts) -> bool:
    """Whether somebody of the house is walled only because they are called, or sound, like this."""
    return db.session.scalar(select(Officer.id).where(_is_called_like(person)).limit(1)) is not None


def _is_called_like(person: Facts) -> ColumnElement[bool]:
    if person.namesake_cleared or person.name_blind is None:
        return false()
    return or_(Officer.name_blind == person.name_blind, Officer.sound_blind == person.sound_blind)


def _relatives(person: Facts) -> Select[int]:
    query = select(Kin.officer_id).where(Kin.state == KinState.CONFIRMED)
    return query.where(Kin.name_blind == person.name_blind) if person.name_blind else query.where(false())


def offices_of(person: Described, town_code: str | None, notice: Notice) -> list[Office]:
    """The offices whose people are colleagues, superiors or subordinates of the person.

    A body that every town has, in a town that nobody told, is taken to be that of any town.
    """
    own, host = implicated_bodies(facts_of(person), notice)
    bodies = own | host
    if person.unit in SEATS:
        bodies |= {SEATS[person.unit]}
    elif person.kind is PersonKind.UNKNOWN and town_code:
        bodies |= {Body.TOWN_GOVERNMENT}  # 镇里的人: all of the unit named, until identified
    return [
        office
        for office in roster.offices()
        if office.body in bodies and (not office.body.sits_in_a_town or town_code in (None, office.place_code))
    ]


def _seated_in(offices: set[int], since: date | None, until: date | None) -> Select[int]:
    """Officers who sit in one of the offices, or sat there while the facts are said to have happened."""
    posts = select(Post.officer_id).where(Post.office_id.in_(offices))
    if since is not None:
        posts = posts.where(or_(Post.until.is_(None), Post.until >= since))
    if until is not None:
        posts = posts.where(or_(Post.until.is_(None), Post.since <= until))
    return posts


def leads_to_ask_again(officer: Officer, notice: Notice) -> list[Lead]:
    """The leads whose walls may stand differently since the officer came, moved, or declared somebody."""
    people = [_concerned(said, officer, notice) for said in (ImplicatedPerson, PersonVersion)]
    aside = select(Recusal.lead_id).where(Recusal.officer_blind == aside_blind(officer))
    touched = or_(*(Lead.id.in_(found) for found in (*people, aside)))
    return list(db.session.scalars(select(Lead).where(touched).order_by(Lead.id)))


def _concerned(said: type[Said], officer: Officer, notice: Notice) -> Select[int]:
    """The leads of people who are, or were before a correction, called like the officer or a relative, or sit near."""
    kin = select(Kin.name_blind).where(Kin.officer_id == officer.id)
    like = or_(said.name_blind == officer.name_blind, said.sound_blind == officer.sound_blind, said.name_blind.in_(kin))
    near = said.id.in_(_colleagues(said, officer, notice))
    return _with_lead(select(Lead.id).select_from(said), said).where(or_(like, near))


def _with_lead(query: Select[*tuple[Any, ...]], said: type[Said]) -> Select[*tuple[Any, ...]]:
    """The same rows, joined with the lead on which they stand."""
    if said is PersonVersion:
        query = query.join(PersonVersion.person)
    return query.join(ImplicatedPerson.lead)


def _colleagues(said: type[Said], officer: Officer, notice: Notice) -> list[int]:
    """Implicated persons of the offices in which the officer sits or ever sat."""
    seats = set(db.session.scalars(select(Post.office_id).where(Post.officer_id == officer.id))) | {officer.office_id}
    candidates = _with_lead(select(said, Lead.town_code), said).where(_has_colleagues(said, notice))
    return [
        person.id
        for person, town in db.session.execute(candidates)
        if seats & {office.id for office in offices_of(person, person.town_code or town, notice)}
    ]


def _has_colleagues(said: type[Said], notice: Notice) -> ColumnElement[bool]:
    """Whether a person can be anybody's colleague: a cheap question that leaves the villagers out."""
    conditions = [rule.when for rule in notice.conflicts]
    if any("kind" not in when and "unit" not in when for when in conditions):
        return true()
    kinds = {kind for when in conditions for kind in when.get("kind", ())}
    units = {unit for when in conditions for unit in when.get("unit", ())}
    return or_(said.unit.in_(units | set(SEATS)), said.kind.in_(kinds | {PersonKind.UNKNOWN}))
