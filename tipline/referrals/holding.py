"""Who works on a referral in its body (承办人), and how it passes to a colleague when they leave."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound
from tipline.leads.models import Lead
from tipline.office import holdings
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.holdings import Holding, Room
from tipline.office.lifecycle import LeavingState
from tipline.office.models import Leaving, Office, Officer
from tipline.referrals import objections, queries
from tipline.referrals.lifecycle import AT_WORK, NEXT_STEP, ReferralState
from tipline.referrals.models import Referral

KIND = "referral"


def _open() -> ColumnElement[bool]:
    """Referrals on which the body still has something to do, joined with their leads."""
    return or_(Referral.state.in_(AT_WORK), and_(Referral.state == ReferralState.CONCLUDED, Lead.named))


def held(officer: Officer, office: Office, reader: Officer) -> list[Holding]:
    """The open referrals that the officer works on in the office, as far as the reader may know."""
    query = queries.visible_to(reader).where(Referral.held_by_id == officer.id, Referral.to_id == office.id, _open())
    return [
        Holding(
            kind=KIND,
            key=referral.key,
            number=referral.number,
            what=NEXT_STEP[referral.state],
            endpoint="referrals.show",
            values={"key": referral.key},
            hands=hands_of(referral),
        )
        for referral in db.session.scalars(query)
    ]


def hands_of(referral: Referral) -> list[Officer]:
    """Who else in the body could work on it: may sign there, may know of it, and is not its holder."""
    query = select(Officer).where(Officer.id.in_(objections.signers(referral)), Officer.id != referral.held_by_id)
    return list(db.session.scalars(query.order_by(Officer.id)))


def hand_on(referral: Referral, to: Officer, *, by: Officer, at: datetime) -> None:
    """Pass it to a colleague; who it was and who it is stays in the trail, sealed."""
    if to.id not in {one.id for one in hands_of(referral)}:
        raise Incomplete("请选择本单位可以承办此件的人员。")
    witness(Act.HAND_ON, referral, by=by, at=at, note=to.name)
    referral.held_by = to


def _hand_on(key: str, officer: Officer, office: Office, to: Officer, by: Officer, at: datetime) -> None:
    query = queries.visible_to(by).where(Referral.key == key, Referral.held_by_id == officer.id)
    referral = db.session.scalars(query.where(Referral.to_id == office.id, _open())).one_or_none()
    if referral is None:
        raise NotFound("没有这个页面，或您无权查看。")
    hand_on(referral, to, by=by, at=at)


def settle(officer: Officer, office: Office, by: Officer, at: datetime) -> None:
    """What is left when the office is done: to the first who may know of it; where all must stand aside, to nobody,
    and the clock raises it.
    """
    query = select(Referral).join(Referral.lead).where(Referral.held_by_id == officer.id, Referral.to_id == office.id)
    for referral in db.session.scalars(query.where(_open()).order_by(Referral.id)).all():
        able = hands_of(referral)
        if able:
            hand_on(referral, able[0], by=by, at=at)
        else:
            referral.held_by = None


def orphans() -> int:
    """Open referrals whose holder is stopped or sits elsewhere, without a hand-over under way."""
    holder = aliased(Officer)
    under_way = select(Leaving.id).where(
        Leaving.officer_id == Referral.held_by_id,
        Leaving.office_id == Referral.to_id,
        Leaving.state == LeavingState.OPEN,
    )
    query = (
        select(func.count()).select_from(Referral).join(Referral.lead).join(holder, holder.id == Referral.held_by_id)
    )
    gone = or_(holder.active.is_(False), holder.office_id != Referral.to_id)
    return db.session.scalar(query.where(_open(), gone, ~under_way.exists())) or 0


holdings.rooms.append(Room(kind=KIND, held=held, hand_on=_hand_on, settle=settle, orphans=orphans))
