"""Questions about triage. A lead itself is only reached through `leads.queries.visible_to`."""

from sqlalchemy import ColumnElement, Select, and_, false, select

from tipline.eligibility.models import EligibilityReview
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.leads.queries import not_walled
from tipline.office.charter import INSPECTORS, Role
from tipline.office.models import Office, Officer
from tipline.office.unchanged import once
from tipline.referrals.models import Referral
from tipline.triage.models import CallBack, Filing, PassedOn, Refusal

OFFICES_OF_THE_BUREAU = (Body.CIVIL_AFFAIRS_BUREAU, Body.TOWN_GOVERNMENT)
"""Whose leads the bureau's keepers and leaders decide about; a discipline body decides about its own."""


@once
def call_back_of(lead: Lead) -> CallBack | None:
    """The one call back of a lead, if it was made."""
    return db.session.scalars(select(CallBack).filter_by(lead_id=lead.id)).one_or_none()


@once
def refusal_of(lead: Lead) -> Refusal | None:
    """The latest proposal not to accept the lead."""
    query = select(Refusal).filter_by(lead_id=lead.id).order_by(Refusal.id.desc()).limit(1)
    return db.session.scalars(query).one_or_none()


@once
def passed_on_of(lead: Lead) -> PassedOn | None:
    """Where the lead was passed to last."""
    query = select(PassedOn).filter_by(lead_id=lead.id).order_by(PassedOn.id.desc()).limit(1)
    return db.session.scalars(query).one_or_none()


@once
def filing_of(lead: Lead) -> Filing | None:
    """How the lead was filed away last."""
    query = select(Filing).filter_by(lead_id=lead.id).order_by(Filing.id.desc()).limit(1)
    return db.session.scalars(query).one_or_none()


@once
def referrals_of(lead: Lead) -> list[Referral]:
    """All referrals of a lead, whoever may see them: for decisions about the lead, not for a page."""
    return list(db.session.scalars(select(Referral).filter_by(lead_id=lead.id).order_by(Referral.id)))


@once
def reviews_of(lead: Lead) -> list[EligibilityReview]:
    """All eligibility reviews of a lead, whoever may see them."""
    return list(db.session.scalars(select(EligibilityReview).filter_by(lead_id=lead.id).order_by(EligibilityReview.id)))


def notices_owed() -> Select[Refusal]:
    """Refusals of which a named reporter still has to be told (检举控告工作规则 第二十六条)."""
    return (
        select(Refusal)
        .join(Refusal.lead)
        .where(Lead.state == LeadState.NOT_ACCEPTED, Refusal.refused.is_(True), Refusal.notice_due_on.is_not(None))
        .where(Refusal.told_at.is_(None))
        .order_by(Refusal.notice_due_on, Refusal.id)
    )


def own(officer: Officer) -> ColumnElement[bool]:
    """Leads of the officer's own office, on whichever side of no wall, that they may triage."""
    if not officer.active or officer.role not in {Role.TOWN_CLERK, Role.LEDGER_KEEPER} | INSPECTORS:
        return false()
    return and_(Lead.office_id == officer.office_id, not_walled(officer))


def to_decide(officer: Officer) -> Select[Refusal]:
    """Proposals not to accept, that this officer may decide."""
    waiting = select(Refusal).join(Refusal.lead).where(Lead.state == LeadState.REFUSAL_PROPOSED)
    waiting = waiting.where(Refusal.decided_at.is_(None), Refusal.proposed_by_id != officer.id, not_walled(officer))
    return waiting.where(_decides(officer)).order_by(Refusal.id)


def _decides(officer: Officer) -> ColumnElement[bool]:
    if not officer.active:
        return false()
    bureaus = Lead.office.has(Office.body.in_(OFFICES_OF_THE_BUREAU))
    if officer.role is Role.BUREAU_LEADER:
        return bureaus
    if officer.role is Role.LEDGER_KEEPER:
        return and_(bureaus, Lead.named.is_(False))
    return Lead.office_id == officer.office_id if officer.role in INSPECTORS else false()
