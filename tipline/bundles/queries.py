"""Questions about bundles and links. A lead that one may not see is told by nothing here: no number, no count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from tipline.bundles.lifecycle import BundleState
from tipline.bundles.models import Bundle, BundleMember, LeadLink
from tipline.kit.db import db
from tipline.leads import queries as ledger
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.office.models import Officer

PAGE = 25


def seen_by(officer: Officer) -> Select[int]:
    """The numbers inside of the leads an officer may know of."""
    return ledger.visible_to(officer).with_only_columns(Lead.id).order_by(None).correlate(None)


def visible_to(officer: Officer) -> Select[Bundle]:
    """The bundles whose first report an officer may know of, newest first."""
    return select(Bundle).where(Bundle.primary_id.in_(seen_by(officer))).order_by(Bundle.id.desc())


def readable(officer: Officer, now: datetime) -> Select[Lead]:
    """The leads whose words are open to the officer: only these are compared, linked or bundled."""
    return ledger.visible_to(officer).where(ledger.content_open_to(officer, now), Lead.state != LeadState.VOIDED)


@dataclass(frozen=True)
class Page:
    """One page of bundles, and the key after which the next begins."""

    rows: list[Bundle]
    next: str | None


def page(officer: Officer, *, undone: bool, after: str | None = None) -> Page:
    """The bundles that stand, or those that were undone."""
    state = BundleState.UNDONE if undone else BundleState.BUNDLED
    query = visible_to(officer).where(Bundle.state == state).options(joinedload(Bundle.primary).joinedload(Lead.place))
    last = db.session.scalars(visible_to(officer).where(Bundle.key == after)).one_or_none() if after else None
    if last is not None:
        query = query.where(Bundle.id < last.id)
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return Page(found[:PAGE], found[PAGE - 1].key if len(found) > PAGE else None)


def members_of(bundle: Bundle, officer: Officer) -> list[BundleMember]:
    """The repeats of a bundle that the officer may know of, in the order in which they joined."""
    query = select(BundleMember).where(BundleMember.bundle_id == bundle.id, BundleMember.lead_id.in_(seen_by(officer)))
    query = query.options(joinedload(BundleMember.lead).joinedload(Lead.place), joinedload(BundleMember.joined_by))
    return list(db.session.scalars(query.order_by(BundleMember.id)))


def times(bundles: Iterable[Bundle], officer: Officer) -> dict[int, int]:
    """How often each matter was reported (人次), as far as the officer may know; one question."""
    ids = [bundle.id for bundle in bundles]
    counted = select(BundleMember.bundle_id, func.count()).where(
        BundleMember.bundle_id.in_(ids), BundleMember.lead_id.in_(seen_by(officer))
    )
    repeats = dict(db.session.execute(counted.group_by(BundleMember.bundle_id)).all())
    return {id: 1 + repeats.get(id, 0) for id in ids}


def standing(lead: Lead) -> Bundle | None:
    """The bundle that a lead leads now."""
    query = select(Bundle).where(Bundle.primary_id == lead.id, Bundle.state == BundleState.BUNDLED)
    return db.session.scalars(query).one_or_none()


def of_lead(lead: Lead, officer: Officer) -> Bundle | None:
    """The bundle in which a lead stands now, first or repeat, if the officer may know of it."""
    primary = lead.primary_id or lead.id
    query = visible_to(officer).where(Bundle.primary_id == primary, Bundle.state == BundleState.BUNDLED)
    return db.session.scalars(query).one_or_none()


def links_of(lead: Lead, officer: Officer) -> list[LeadLink]:
    """The links of a lead to others that the officer may know of too."""
    query = links_seen_by(officer).where(or_(LeadLink.one_id == lead.id, LeadLink.other_id == lead.id))
    return list(db.session.scalars(query.options(joinedload(LeadLink.one), joinedload(LeadLink.other))))


def links_seen_by(officer: Officer) -> Select[LeadLink]:
    """The links that stand between leads both of which the officer may know of."""
    seen = seen_by(officer)
    both = (LeadLink.one_id.in_(seen), LeadLink.other_id.in_(seen))
    return select(LeadLink).where(LeadLink.undone_at.is_(None), *both).order_by(LeadLink.id)


def link_between(one: Lead, other: Lead) -> LeadLink | None:
    """The link that stands between two leads."""
    query = select(LeadLink).where(
        LeadLink.undone_at.is_(None),
        or_(
            (LeadLink.one_id == one.id) & (LeadLink.other_id == other.id),
            (LeadLink.one_id == other.id) & (LeadLink.other_id == one.id),
        ),
    )
    return db.session.scalars(query.limit(1)).one_or_none()
