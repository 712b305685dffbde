"""Papers beside a referral: help that is asked of another body, and the copies that the rule decides."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tipline.handling.lifecycle import OPEN_SLIPS, SlipKind, SlipState
from tipline.handling.models import Slip
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.kit.identity import tidy
from tipline.law.bodies import Body
from tipline.leads import access, telling
from tipline.office import calendars, roster
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Office, Officer
from tipline.referrals import panels
from tipline.referrals.lifecycle import AT_WORK, ReferralState
from tipline.referrals.models import Referral
from tipline.referrals.objections import has_hands
from tipline.referrals.reckoning import decision_of

HELPED = AT_WORK | {ReferralState.APPROVED, ReferralState.HANDED_OVER}
"""While a referral stands so, others may be asked to help."""

LEAVES = {Act.HAND_OVER, Act.HAND_OVER_DIRECTLY}
COMES_BACK = {Act.AGREE_RETURN, Act.RECALL, Act.CONSENT_RECALL}


def engage(
    referral: Referral, to: Office, *, task: str, due_on: date, shows_person: bool, by: Officer, at: datetime
) -> Slip:
    """Ask another body to help with a task of its own (协办); it reads that task, and the person only if told so."""
    if not tidy(task):
        raise Incomplete("请写明协办事项。")
    if due_on <= day_of(at) or not calendars.calendar().is_working_day(due_on):
        raise Incomplete("协办期限须是今后的一个工作日。")
    if by.may(Act.ENGAGE_HELPER):
        _require_side(referral, by)
    if to not in helpers(referral, roster.offices()):
        raise Incomplete("该单位须回避、没有人员可以签收，或正在承办本件，不能协办。")
    slip = _slip(SlipKind.HELP, referral, to, by.office, at)
    slip.task, slip.due_on, slip.shows_person = tidy(task), due_on, shows_person
    enact(Act.ENGAGE_HELPER, slip, by=by, at=at, to=to.code)
    return _send(slip, at)


def helpers(referral: Referral, offices: list[Office]) -> list[Office]:
    """Who may be asked to help: whoever handles nothing of it now, is in no conflict, and has hands that may know.

    On a sealed lead only discipline bodies, each of which is then let in.
    """
    decision = decision_of(referral)
    conflicts = decision.conflicts if decision else frozenset()
    town = referral.person.town_code or referral.lead.town_code
    busy = {
        slip.to_id for slip in of_referral(referral) if slip.slip_kind is SlipKind.HELP and slip.state in OPEN_SLIPS
    }
    return [
        office
        for office in offices
        if office.id not in busy | {referral.to_id}
        and office.signs_in
        and not (office.body in conflicts and office.place_code in (None, town))
        and _can_know(referral, office)
    ]


def _can_know(referral: Referral, office: Office) -> bool:
    if referral.lead.sealed:
        return office.body.investigates_discipline
    return has_hands(Act.SIGN_SLIP, referral, office)


def sign(slip: Slip, *, by: Officer, at: datetime) -> None:
    """The other body has received it."""
    _require_receiver(Act.SIGN_SLIP, slip, by)
    enact(Act.SIGN_SLIP, slip, by=by, at=at)
    slip.signed_at, slip.signed_by = at, by


def record_receipt(slip: Slip, receipt_no: str, *, by: Officer, at: datetime) -> None:
    """A body that does not sign in has given a receipt on paper."""
    receipt = tidy(receipt_no)
    if not receipt:
        raise Incomplete("请填写回执编号或签收人。")
    if slip.to.signs_in and by.may(Act.RECORD_SLIP_RECEIPT):
        raise Incomplete("该机关在系统内签收，不需登记纸质回执。")
    enact(Act.RECORD_SLIP_RECEIPT, slip, by=by, at=at, note=receipt)
    slip.receipt_no, slip.signed_at = receipt[:60], at


def answer(slip: Slip, text: str, *, by: Officer, at: datetime) -> None:
    """What the helper found; the body that handles the matter reads it."""
    if not tidy(text):
        raise Incomplete("请写明协办情况。")
    _require_receiver(Act.ANSWER_SLIP, slip, by)
    if slip.slip_kind is not SlipKind.HELP and slip.state is SlipState.SIGNED:
        raise NotNow("%(kind)s件只需签收，不需答复。", kind=slip.slip_kind)
    slip.life.after(slip.state, Act.ANSWER_SLIP)
    words = tidy(text)
    enact(Act.ANSWER_SLIP, slip, by=by, at=at)
    slip.answer, slip.answered_at = words, at
    _tell(slip, "slip_answered", slip.referral.to, at)


def withdraw(slip: Slip, *, by: Officer, at: datetime) -> None:
    """It is no longer needed; the other body keeps the number and loses the words."""
    if by.may(Act.WITHDRAW_SLIP) and by.office_id != slip.from_id:
        raise NotPermitted("只有发出单位才能%(act)s。", act=Act.WITHDRAW_SLIP)
    enact(Act.WITHDRAW_SLIP, slip, by=by, at=at)
    _tell(slip, "slip_withdrawn", slip.to, at)


def of_referral(referral: Referral) -> list[Slip]:
    """Everything that went beside it, oldest first."""
    query = select(Slip).where(Slip.referral_id == referral.id).order_by(Slip.id)
    return list(db.session.scalars(query.options(joinedload(Slip.to), joinedload(Slip.from_office))))


def go_along(act: Act, referral: Referral, by: Officer, at: datetime) -> None:
    """When a referral leaves, the copies of its rule leave with it; when it comes back, what is open is withdrawn."""
    if act in LEAVES:
        _send_copies(referral, by, at)
    if act in COMES_BACK:
        for slip in of_referral(referral):
            if slip.state in OPEN_SLIPS:
                enact(Act.WITHDRAW_SLIP, slip, by=by, at=at)
                _tell(slip, "slip_withdrawn", slip.to, at)


panels.on_the_way.append(go_along)


def _send_copies(referral: Referral, by: Officer, at: datetime) -> None:
    decision = decision_of(referral)
    if decision is None:
        return
    there = [slip for slip in of_referral(referral) if slip.state is not SlipState.WITHDRAWN]
    sent = {(slip.slip_kind, slip.to_id) for slip in there}
    wanted = [(SlipKind.STUB if decision.copy_stub else SlipKind.COPY, body) for body in decision.copy_to]
    if decision.via and decision.body is referral.body:
        wanted.append((SlipKind.VIA, decision.via))
    town = referral.person.town_code or referral.lead.town_code
    for kind, body in wanted:
        to = roster.office_of(body, town)
        if (
            to.id not in {referral.to_id, referral.from_id}
            and (kind, to.id) not in sent
            and _may_hear(referral, kind, to)
        ):
            slip = _slip(kind, referral, to, referral.from_office, at)
            enact(Act.SEND_COPY, slip, by=by, at=at, to=to.code)
            _send(slip, at)


def _may_hear(referral: Referral, kind: SlipKind, to: Office) -> bool:
    """Of a sealed lead no more than that something came, and that only to a discipline body with hands for it."""
    if referral.lead.sealed:
        return kind is SlipKind.STUB and to.body.investigates_discipline
    return not to.signs_in or has_hands(Act.SIGN_SLIP, referral, to)


def _slip(kind: SlipKind, referral: Referral, to: Office, sender: Office, at: datetime) -> Slip:
    letter = "X" if kind is SlipKind.HELP else "C"
    count = select(func.count()).select_from(Slip).where(Slip.referral_id == referral.id)
    number = (db.session.scalar(count) or 0) + 1
    return Slip(
        number=f"{referral.number}-{letter}{number}",
        slip_kind=kind,
        referral=referral,
        to=to,
        from_office=sender,
        sent_at=at,
    )


def _send(slip: Slip, at: datetime) -> Slip:
    db.session.add(slip)
    db.session.flush()
    access.let_in(slip.referral.lead, slip.to)
    _tell(slip, "slip_sent", slip.to, at)
    return slip


def _tell(slip: Slip, letter: str, to: Office, at: datetime) -> None:
    telling.write(
        f"{slip.ref}/{letter}",
        slip.referral.lead,
        to=to,
        letter=letter,
        at=at,
        reading=Act.READ_SLIPS,
        number=slip.number,
    )


def may_engage(referral: Referral, by: Officer) -> bool:
    """Whether this officer may ask others to help with it now: of whoever sent it, or whoever handles it."""
    return referral.state in HELPED and _is_party(referral, by)


def _is_party(referral: Referral, by: Officer) -> bool:
    sends = by.office_id == referral.from_id or by.office.body is Body.CIVIL_AFFAIRS_BUREAU
    return sends or by.office_id == referral.to_id


def _require_side(referral: Referral, by: Officer) -> None:
    if not _is_party(referral, by):
        raise NotPermitted("只有移送单位或承办机关才能%(act)s。", act=Act.ENGAGE_HELPER)
    if referral.state not in HELPED:
        raise NotNow("现在是“%(state)s”，不能%(act)s。", state=referral.state, act=Act.ENGAGE_HELPER)


def _require_receiver(act: Act, slip: Slip, by: Officer) -> None:
    if by.may(act) and by.office_id != slip.to_id:
        raise NotPermitted("只有收到的单位才能%(act)s。", act=act)
