"""Standing aside (回避): by one's own word, by request and decision, and the lift of a wall that may be lifted."""

from datetime import date, datetime

from sqlalchemy import delete, select

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.leads import access, deciding, grounds, walls
from tipline.leads.lifecycle import ASIDE, LiftState, RecusalState
from tipline.leads.models import Lead, Lift, Recusal, RecusalHand
from tipline.leads.operations import reasoned
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer


def recuse(lead: Lead, ground: str, *, reason: str, by: Officer, at: datetime) -> Recusal:
    """Stand aside oneself: the lead is out of sight at the next request, and one's own word does not undo it."""
    recusal = _recusal(lead, by, ground, reason, by=by, at=at)
    enact(Act.RECUSE, recusal, by=by, at=at, note=recusal.reason)
    db.session.add(recusal)
    _redraw(lead)
    return recusal


def request(
    lead: Lead, officer: Officer, ground: str, *, reason: str, for_reporter: bool = False, by: Officer, at: datetime
) -> Recusal:
    """Ask that somebody stand aside. The wall holds until it is decided; who is asked about hears nothing.

    What is answered is the same whether or not the officer is walled already.
    """
    if officer.id == by.id:
        raise Incomplete("本人需要回避的，请用“本人回避”。")
    recusal = _recusal(lead, officer, ground, reason, by=by, at=at)
    if _asked_before(recusal):
        raise Incomplete("您已申请过此人回避，正在等待决定。")
    recusal.for_reporter = for_reporter
    enact(Act.REQUEST_RECUSAL, recusal, by=by, at=at, note=recusal.reason)
    db.session.add(recusal)
    _redraw(lead)
    name_hands(recusal)
    return recusal


def grant(recusal: Recusal, *, reason: str, by: Officer, at: datetime) -> None:
    """The second person agrees: the wall stays."""
    _decide(Act.GRANT_RECUSAL, recusal, reason, by=by, at=at)


def decline(recusal: Recusal, *, reason: str, by: Officer, at: datetime) -> None:
    """The second person does not agree: the officer sees the lead again, unless another wall stands."""
    _decide(Act.DECLINE_RECUSAL, recusal, reason, by=by, at=at)


def _decide(act: Act, recusal: Recusal, reason: str, *, by: Officer, at: datetime) -> None:
    if not deciding.may_decide(recusal, by):
        raise NotPermitted("须由被申请回避人所在单位的主要负责人，或其上级机关的人员决定。")
    enact(act, recusal, by=by, at=at, note=reasoned(reason))
    recusal.decided_at = at
    _redraw(recusal.lead)


def _recusal(lead: Lead, officer: Officer, ground: str, reason: str, *, by: Officer, at: datetime) -> Recusal:
    if grounds.of(ground, lead.rules) is None:
        raise Incomplete("请选择回避的理由。")
    return Recusal(
        lead=lead,
        lead_id=lead.id,
        officer=officer.key,
        officer_blind=walls.aside_blind(officer),
        ground=ground,
        reason=reasoned(reason),
        asked_by=by,
        asked_by_id=by.id,
        asked_at=at,
    )


def _asked_before(recusal: Recusal) -> bool:
    query = select(Recusal.id).where(
        Recusal.lead_id == recusal.lead_id,
        Recusal.officer_blind == recusal.officer_blind,
        Recusal.asked_by_id == recusal.asked_by_id,
        Recusal.state.in_(ASIDE),
    )
    with db.session.no_autoflush:
        return db.session.scalar(query.limit(1)) is not None


def _redraw(lead: Lead) -> None:
    db.session.flush()  # the walls ask the database who stands aside
    access.redraw(lead)


def name_hands(recusal: Recusal) -> None:
    """List anew who may decide a request."""
    db.session.flush()
    db.session.execute(delete(RecusalHand).where(RecusalHand.recusal_id == recusal.id))
    hands = deciding.hands_for(recusal)
    db.session.add_all(RecusalHand(recusal_id=recusal.id, officer_id=hand) for hand in sorted(hands))
    db.session.flush()


def name_all_hands(_: Officer) -> None:
    """The roster has changed: whoever may decide what still waits is found anew."""
    for recusal in db.session.scalars(select(Recusal).where(Recusal.state == RecusalState.ASKED)):
        name_hands(recusal)


roster.on_change.append(name_all_hands)


def ask_lift(lead: Lead, officer: Officer, *, until: date, reason: str, by: Officer, at: datetime) -> Lift:
    """Ask that a wall of office or of one's own word be lifted for one officer until a day.

    Raises NotPermitted for the wall of the person and of relatives: that is never lifted.
    """
    if not deciding.may_lift(lead, by) or officer.id == by.id:
        raise NotPermitted("只有承办机关的派驻组、区纪委监委人员才能提请解除他人的回避。")
    if until <= day_of(at):
        raise Incomplete("解除的截止日期须在今天之后。")
    if officer.id in walls.for_good(lead, lead.people):
        raise NotPermitted("被反映人本人、同名人员和近亲属的回避不能解除。")
    if officer.id not in walls.by_office_or_word(lead, lead.people, lead.rules):
        raise Incomplete("此人在本件没有可以解除的回避。")
    lift = Lift(
        lead=lead,
        lead_id=lead.id,
        officer=officer.key,
        officer_blind=walls.aside_blind(officer),
        reason=reasoned(reason),
        until=until,
        office_id=by.office_id,
        asked_by=by,
        asked_by_id=by.id,
        asked_at=at,
    )
    enact(Act.ASK_LIFT, lift, by=by, at=at, note=lift.reason, until=until.isoformat())
    db.session.add(lift)
    db.session.flush()
    return lift


def confirm_lift(lift: Lift, *, by: Officer, at: datetime) -> None:
    """The second person of the discipline side agrees: the officer may know of the lead until the day."""
    _settle(Act.CONFIRM_LIFT, lift, by=by, at=at)
    _redraw(lift.lead)


def decline_lift(lift: Lift, *, by: Officer, at: datetime) -> None:
    """The second person does not agree: the wall stays as it is."""
    _settle(Act.DECLINE_LIFT, lift, by=by, at=at)


def _settle(act: Act, lift: Lift, *, by: Officer, at: datetime) -> None:
    if lift.office_id != by.office_id or walls.aside_blind(by) == lift.officer_blind:
        raise NotPermitted("须由承办机关的另一名人员决定。")
    enact(act, lift, by=by, at=at)


def end_lift(lift: Lift, *, by: Officer, at: datetime) -> None:
    """The day has passed: the wall stands again."""
    enact(Act.END_LIFT, lift, by=by, at=at)
    _redraw(lift.lead)


def over(today: date) -> list[Lift]:
    """The lifts whose day has passed."""
    return list(db.session.scalars(select(Lift).where(Lift.state == LiftState.LIFTED, Lift.until < today)))
