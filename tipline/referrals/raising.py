"""A live referral whose body has to stand aside after all goes to the next higher one, without anybody asking."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.leads import access, hands
from tipline.leads.lifecycle import LeadState, RecusalState
from tipline.leads.models import Lead, Recusal
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.models import Office, Officer
from tipline.office.powers import PERMITTED
from tipline.referrals import departure, objections, queries, reckoning
from tipline.referrals.lifecycle import LIFE, ON_OUR_SIDE, RAISABLE, ReferralState
from tipline.referrals.models import Referral

SIGNING = [role for role, acts in PERMITTED.items() if Act.SIGN_FOR in acts]


def stranded() -> Iterator[tuple[Referral, list[Body]]]:
    """The live referrals whose body may not have them any more, each with the bodies to pass over and the next.

    Only walled leads can have come to this. While a request of recusal waits, nothing is raised: else
    asking that somebody stand aside would be enough to take a lead from its body.
    """
    asked = select(Recusal.lead_id).where(Recusal.state == RecusalState.ASKED)
    query = select(Referral).join(Referral.lead).where(Lead.walled, Lead.state != LeadState.VOIDED)
    query = query.where(Referral.state.in_(RAISABLE), Referral.lead_id.not_in(asked), ~queries.held()).order_by(
        Referral.id
    )
    for referral in db.session.scalars(query.options(joinedload(Referral.to), joinedload(Referral.person))).unique():
        conflicts = reckoning.conflicts_of(referral)
        if referral.body not in conflicts and not _without_hands(referral):
            continue
        steps = hands.next_for(referral.lead, referral.body, _town(referral), conflicts)
        if len(steps) > 1:
            yield referral, steps


def _without_hands(referral: Referral) -> bool:
    """Whether the body has signers and every one of them is walled; one that nobody mans is another matter."""
    if not referral.to.signs_in or not _manned(referral.to):
        return False
    return db.session.scalar(objections.signers(referral).limit(1)) is None


def _manned(office: Office) -> bool:
    signers = select(Officer.id).where(Officer.active, Officer.office_id == office.id, Officer.role.in_(SIGNING))
    return db.session.scalar(signers.limit(1)) is not None


def _town(referral: Referral) -> str | None:
    return referral.person.town_code or referral.lead.town_code


def raise_past(referral: Referral, steps: list[Body], *, by: Officer, at: datetime) -> None:
    """Hand it to the next body that may have it (监察法 第十六条), which signs for it anew; the former one is out."""
    *passed, body = steps
    to = roster.office_of(body, _town(referral))
    objections.do(Act.RAISE_REFERRAL, referral, by=by, at=at, to=to.code)
    referral.raised_from, referral.raised_at = [*referral.raised_from, *(one.value for one in passed)], at
    referral.to, referral.body, referral.approved_at = to, body, None
    referral.signed_for_at = referral.signed_for_by = referral.receipt_no = None
    departure.begin_anew(referral)
    if referral.state is ReferralState.HANDED_OVER:
        _arrive(Act.RAISE_REFERRAL, referral, by, at)
    reckoning.reckon(referral)


def without_sender() -> list[Referral]:
    """The referrals that have not left and that nobody on the sending side may approve any more."""
    query = select(Referral).join(Referral.lead).where(Lead.walled, Lead.state != LeadState.VOIDED)
    query = query.where(Referral.state.in_(ON_OUR_SIDE), ~queries.held()).order_by(Referral.id)
    movable = [one for one in db.session.scalars(query) if (one.state, Act.HAND_OVER_DIRECTLY) in LIFE.moves]
    return [one for one in movable if db.session.scalar(objections.approvers(one).limit(1)) is None]


def send_directly(referral: Referral, *, by: Officer, at: datetime) -> None:
    """Let it leave without approval, as it would have left at registration, had the walls stood so then."""
    objections.do(Act.HAND_OVER_DIRECTLY, referral, by=by, at=at, to=referral.to.code)
    referral.redirect_to = referral.redirect_by_id = None
    _arrive(Act.HAND_OVER_DIRECTLY, referral, by, at)
    reckoning.reckon(referral)


def _arrive(act: Act, referral: Referral, by: Officer, at: datetime) -> None:
    lead, to = referral.lead, referral.to
    referral.handed_over_at = at
    if referral.whole and lead.handling_id != to.id:
        access.hand_to(lead, to)
    departure.leave(act, referral, by=by, at=at)
