"""Who works on a referral in its body (承办人), and how it passes to a colleague when they leave."""

from datetime import datetime

from sqlalchemy import and_, or_, select

from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.holdings import Holding, Room, rooms
from tipline.office.models import Officer
from tipline.referrals import objections, queries
from tipline.referrals.lifecycle import AT_WORK, NEXT_STEP, ReferralState
from tipline.referrals.models import Referral

KIND = "referral"


def told(referral: Referral) -> Holding:
    """The referral as the hand-over lists it."""
    return Holding(
        kind=KIND,
        key=referral.key,
        number=referral.number,
        what=NEXT_STEP[referral.state],
        endpoint="referrals.show",
        values={"key": referral.key},
        hands=hands_of(referral),
    )


def hands_of(referral: Referral) -> list[Officer]:
    """Who else in the body could work on it: may sign there, may know of it, and is not its holder."""
    query = select(Officer).where(Officer.id.in_(objections.signers(referral)), Officer.id != referral.held_by_id)
    return list(db.session.scalars(query.order_by(Officer.id)))


def give(referral: Referral, to: Officer | None, by: Officer, at: datetime) -> None:
    """Pass it to a colleague; who it was and who it is stays in the trail, sealed. Let go, the clock raises it."""
    if to is not None:
        witness(Act.HAND_ON, referral, by=by, at=at, note=to.name)
    referral.held_by = to


rooms.append(
    Room(
        kind=KIND,
        things=select(Referral).join(Referral.lead).order_by(Referral.id),
        key=Referral.key,
        holder=Referral.held_by_id,
        office=Referral.to_id,
        is_open=or_(Referral.state.in_(AT_WORK), and_(Referral.state == ReferralState.CONCLUDED, Lead.named)),
        seen=queries.scope_of,
        told=told,
        give=give,
    )
)
