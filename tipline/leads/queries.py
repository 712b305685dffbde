"""Questions to the ledger. The only way to a lead is `visible_to`."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from tipline.kit.db import db
from tipline.leads.models import Access, Lead, Opening
from tipline.office.charter import INSPECTORS, Role
from tipline.office.models import Officer

OWN_ENTRY = timedelta(hours=24)
"""How long an operator sees the content of their own entry."""


def visible_to(officer: Officer) -> Select[Lead]:
    """The leads whose existence an officer may know, newest first.

    Operators: their own entries. Town clerks and inspectors: what their own office registered.
    The bureau's ledger keepers and leaders: the whole ledger. Nobody: what they are walled from.
    """
    return select(Lead).where(_scope(officer), _not_walled(officer)).order_by(Lead.id.desc())


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


def _not_walled(officer: Officer) -> ColumnElement[bool]:
    """A walled lead opens only to those on its list. Other rooms ask this of the leads behind their papers."""
    listed = select(Access.lead_id).where(Access.lead_id == Lead.id, Access.officer_id == officer.id)
    return or_(Lead.walled.is_(False), listed.exists())


not_walled = _not_walled


def may_read_content(officer: Officer, lead: Lead, now: datetime) -> bool:
    """Whether the words of a visible lead are open to the officer, not only its shell.

    Operators: their own entry, until it has left and for a day at most. Whoever keeps the ledger where
    it was registered: until hand-over. Otherwise by a reasoned opening that has not run out.
    """
    if opened(officer, lead, now):
        return True
    if lead.handed_over:
        return False
    if officer.role is Role.OPERATOR:
        return lead.registered_by_id == officer.id and now - lead.registered_at <= OWN_ENTRY
    keeps = officer.role in {Role.TOWN_CLERK, Role.LEDGER_KEEPER} or officer.role in INSPECTORS
    return keeps and lead.office_id == officer.office_id


def opened(officer: Officer, lead: Lead, now: datetime) -> bool:
    """Whether the officer has a reasoned opening of this lead that still runs."""
    query = select(Opening.id).where(
        and_(Opening.lead_id == lead.id, Opening.officer_id == officer.id, Opening.until > now)
    )
    return db.session.scalar(query.limit(1)) is not None
