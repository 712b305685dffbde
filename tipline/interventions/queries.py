"""Questions about interventions. The only way to one is `visible_to`."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, joinedload

from tipline.interventions.models import Intervention
from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.leads.queries import not_walled
from tipline.office.charter import INSPECTORS, Act, Role
from tipline.office.models import Officer
from tipline.referrals.lifecycle import WITH_THE_BODY
from tipline.referrals.models import Referral
from tipline.referrals.queries import is_handled_by

MOST = 200
"""So many stand on the page of the district's discipline body, newest first; there are few a year."""


def visible_to(officer: Officer) -> Select[Intervention]:
    """The records an officer may read, newest first: of what their body handles; the district's, of all bodies below.

    Nobody: those of a lead they are walled from, and those that name somebody called or sounding like them.
    """
    query = select(Intervention).join(Intervention.lead).where(_place(officer), not_walled(officer))
    query = query.where(Intervention.name_blind != officer.name_blind, Intervention.sound_blind != officer.sound_blind)
    shown = (contains_eager(Intervention.lead), joinedload(Intervention.referral))
    people = (joinedload(Intervention.recorded_by), joinedload(Intervention.office))
    return query.options(*shown, *people).order_by(Intervention.id.desc())


def _place(officer: Officer) -> ColumnElement[bool]:
    """Nothing is read before what it is about is with a body: until then no body knows of the lead."""
    if not officer.may(Act.READ_INTERVENTIONS) or officer.role not in INSPECTORS:
        return false()
    part = aliased(Referral)
    theirs = true() if officer.role is Role.DISTRICT_INSPECTOR else part.to_id == officer.office_id
    same = or_(Intervention.referral_id == part.id, Intervention.referral_id.is_(None))
    with_a_body = and_(part.lead_id == Intervention.lead_id, same, part.state.in_(WITH_THE_BODY), theirs)
    return select(part.id).where(with_a_body).correlate(Intervention).exists()


def of_referral(officer: Officer, referral: Referral) -> list[Intervention]:
    """The records on one referral and on its lead, as far as the officer may read them."""
    about = or_(Intervention.referral_id == referral.id, Intervention.referral_id.is_(None))
    query = visible_to(officer).where(Intervention.lead_id == referral.lead_id, about)
    return list(db.session.scalars(query))


def listed(officer: Officer) -> list[Intervention]:
    """All that the officer may read."""
    return list(db.session.scalars(visible_to(officer).limit(MOST)))


def handles(officer: Officer, about: Lead | Referral) -> bool:
    """Whether the officer handles it: the body that has it, or the office that registered it until it has left."""
    if isinstance(about, Referral):
        return is_handled_by(officer, about)
    return about.office_id == officer.office_id and not about.handed_over
