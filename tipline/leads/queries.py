"""Questions to the ledger. The only way to a lead is `visible_to`."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from tipline.kit.db import db
from tipline.kit.identity import digits_of
from tipline.kit.vault import vault
from tipline.leads.entering import household_blind, name_blind
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Access, ImplicatedPerson, Lead, Opening, Reporter
from tipline.office.charter import INSPECTORS, Act, Role
from tipline.office.models import Officer
from tipline.office.queries import did_today
from tipline.office.unchanged import once

OWN_ENTRY = timedelta(hours=24)
"""How long an operator sees the content of their own entry."""
ALIKE = 5
"""So many older leads are shown as perhaps the same."""
SHORTEST_NUMBER = 5
"""Shorter telephone numbers are nobody's own."""


def visible_to(officer: Officer) -> Select[Lead]:
    """The leads whose existence an officer may know, newest first.

    Operators: their own entries. Town clerks and inspectors: what their own office registered.
    The bureau's ledger keepers and leaders: the whole ledger. Nobody: what they are walled from.
    """
    return select(Lead).where(_scope(officer), not_walled(officer)).order_by(Lead.id.desc())


def _scope(officer: Officer) -> ColumnElement[bool]:
    if not officer.active:
        return false()
    if officer.role is Role.OPERATOR:
        return Lead.registered_by_id == officer.id
    if officer.role is Role.TOWN_CLERK or officer.role in INSPECTORS:
        return Lead.office_id == officer.office_id
    if officer.role in {Role.LEDGER_KEEPER, Role.BUREAU_LEADER}:
        return true()
    return false()


known_through: list[Callable[[Officer], ColumnElement[bool]]] = []
"""What rooms above know besides: for each, whether one of its papers lets the officer know of the lead."""


def known_to(officer: Officer) -> Select[Lead]:
    """The leads an officer may know of, by the ledger or by a paper that stands on them. Nobody: behind a wall."""
    ways = [ask(officer) for ask in known_through]
    return select(Lead).where(or_(_scope(officer), *ways), not_walled(officer))


def not_walled(officer: Officer) -> ColumnElement[bool]:
    """A walled lead opens only to those on its list. Other rooms ask this of the leads behind their papers."""
    listed = select(Access.lead_id).where(Access.lead_id == Lead.id, Access.officer_id == officer.id)
    return or_(Lead.walled.is_(False), listed.exists())


def content_open_to(officer: Officer, now: datetime) -> ColumnElement[bool]:
    """Whether the words of a visible lead are open to the officer, not only its shell.

    Operators: their own entry, until it has left and for a day at most. Whoever keeps the ledger where
    it was registered: until hand-over, and after it by a reasoned opening that has not run out.
    """
    opened = select(Opening.id).where(Opening.lead_id == Lead.id, Opening.officer_id == officer.id, Opening.until > now)
    kept = and_(Lead.handed_over.is_(False), _keeps(officer, now))
    reopened = and_(Lead.office_id == officer.office_id, opened.exists())
    return and_(Lead.state != LeadState.STUB, or_(kept, reopened))


def _keeps(officer: Officer, now: datetime) -> ColumnElement[bool]:
    if officer.role is Role.OPERATOR:
        return and_(Lead.registered_by_id == officer.id, Lead.registered_at >= now - OWN_ENTRY)
    if officer.role in {Role.TOWN_CLERK, Role.LEDGER_KEEPER} or officer.role in INSPECTORS:
        return Lead.office_id == officer.office_id
    return false()


@once
def may_read_content(officer: Officer, lead: Lead, now: datetime) -> bool:
    """The same question, asked of one lead."""
    query = select(Lead.id).where(Lead.id == lead.id, content_open_to(officer, now))
    return db.session.scalar(query) is not None


def is_visible(officer: Officer, lead: Lead) -> bool:
    """Whether the officer may know of the lead: a link to its page may be shown."""
    return (
        db.session.scalar(select(Lead.id).where(Lead.id == lead.id, _scope(officer), not_walled(officer))) is not None
    )


@once
def has_reporter(lead: Lead) -> bool:
    """Whether anything is kept of who reported; what it is stays in the vault."""
    return db.session.scalar(select(Reporter.id).where(Reporter.lead_id == lead.id)) is not None


@once
def read_today(lead: Lead, officer: Officer, now: datetime) -> bool:
    """Whether the trail already says that the officer looked at the lead today."""
    return did_today(Act.READ_LEAD, lead, officer, now)


def of_submission(officer: Officer, submitted_as: str) -> Lead | None:
    """The lead that the officer's sheet with this one-time mark has already become, walled or not."""
    query = select(Lead).where(Lead.submitted_as == submitted_as, Lead.registered_by_id == officer.id)
    return db.session.scalars(query).one_or_none()


def registered_as(officer: Officer, number: str, received_at: datetime) -> bool:
    """Whether the officer's ledger has a lead of this number that was received in this minute."""
    found = db.session.scalars(visible_to(officer).where(Lead.number == number)).first()
    return found is not None and found.received_at.replace(second=0, microsecond=0) == received_at


def alike(officer: Officer, names: list[str], town_code: str | None, household: str, now: datetime) -> list[Lead]:
    """Older leads that may be about the same, among those whose words are open to the officer: newest first, a handful.

    Same household, or a person of the same name in the same town (anywhere, while no town is told).
    Whoever reads a shell only must not learn by trying names whom it names.
    """
    found: list[ColumnElement[bool]] = []
    if mark := household_blind(household):
        found.append(Lead.household_blind == mark)
    if marks := [mark for mark in map(name_blind, names) if mark]:
        people = select(ImplicatedPerson.lead_id).where(ImplicatedPerson.name_blind.in_(marks))
        if town_code:
            people = people.where(or_(ImplicatedPerson.town_code == town_code, ImplicatedPerson.town_code.is_(None)))
        found.append(Lead.id.in_(people))
    if not found:
        return []
    open_and_alike = visible_to(officer).where(content_open_to(officer, now), or_(*found))
    return list(db.session.scalars(open_and_alike.limit(ALIKE)))


def of_caller(officer: Officer, phone: str, now: datetime) -> list[Lead]:
    """What the officer registered of whoever calls from this number, newest first, a handful; never behind a wall.

    By trying numbers nobody may learn who reported: only whoever took a call has heard its number before. Of a caller
    who wished secrecy they see it while its words are open to them.
    """
    digits = digits_of(phone)
    if len(digits) < SHORTEST_NUMBER:
        return []
    mine = and_(Lead.registered_by_id == officer.id, or_(Lead.wants_secrecy.is_(False), content_open_to(officer, now)))
    calls = select(Reporter.lead_id).where(Reporter.phone_blind == vault.blind("phone", digits))
    known = visible_to(officer).where(Lead.id.in_(calls), mine)
    return list(db.session.scalars(known.limit(ALIKE)))
