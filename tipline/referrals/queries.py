"""Questions about referrals. The only way to one is `visible_to`."""

from sqlalchemy import ColumnElement, Select, false, select, true
from sqlalchemy.orm import joinedload

from tipline.leads.models import Lead
from tipline.leads.queries import not_walled
from tipline.office.charter import INSPECTORS, Role
from tipline.office.models import Officer
from tipline.referrals.lifecycle import WITH_THE_BODY
from tipline.referrals.models import Referral


def visible_to(officer: Officer) -> Select[Referral]:
    """The referrals an officer may know of, newest first.

    Discipline bodies: what was handed to them. Whoever keeps the ledger: those of leads their office
    registered; the bureau all of them. Nobody: those of a lead they are walled from.
    """
    query = select(Referral).join(Referral.lead).where(_scope(officer), not_walled(officer))
    return query.options(joinedload(Referral.to), joinedload(Referral.from_office)).order_by(Referral.id.desc())


def _scope(officer: Officer) -> ColumnElement[bool]:
    if not officer.active:
        return false()
    if officer.role in INSPECTORS:
        return (Referral.to_id == officer.office_id) & Referral.state.in_(WITH_THE_BODY)
    if officer.role is Role.TOWN_CLERK:
        return Referral.from_id == officer.office_id
    if officer.role in {Role.LEDGER_KEEPER, Role.BUREAU_LEADER}:
        return true()
    if officer.role is Role.OPERATOR:
        return Lead.registered_by_id == officer.id
    return false()
