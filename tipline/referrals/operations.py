"""What may be done to a referral. Operations never commit; the edge does, once."""

from datetime import datetime
from typing import Any

from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy
from tipline.law.routing import Decision
from tipline.leads.models import ImplicatedPerson
from tipline.leads.plan import Plan
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Office, Officer
from tipline.referrals import departure
from tipline.referrals.lifecycle import LIFE, Disposition
from tipline.referrals.models import Referral
from tipline.referrals.objections import a_reason, do
from tipline.referrals.reckoning import reckon, ways_on


def propose(
    person: ImplicatedPerson, decision: Decision, proposal: Plan, *, directly: bool, by: Officer, at: datetime
) -> Referral:
    """Put the law's answer for one person to whoever approves; `directly` when nobody there may know of it."""
    lead = person.lead
    referral = Referral(
        number=f"{lead.number}-{person.position + 1}",
        lead=lead,
        person=person,
        from_office=lead.office,
        handed_over_at=at if directly else None,
        **_answer(person, decision, proposal, at),
    )
    act = Act.HAND_OVER_DIRECTLY if directly else Act.PROPOSE_REFERRAL
    enact(act, referral, by=by, at=at, **_grounds(decision, proposal))
    db.session.add(referral)
    db.session.flush()  # the lead asks below how far its referrals are
    if directly:
        departure.leave(act, referral, by=by, at=at)
    reckon(referral)
    return referral


def _answer(person: ImplicatedPerson, decision: Decision, proposal: Plan, at: datetime) -> dict[str, Any]:
    """What a referral keeps of the law's answer."""
    return {
        "to": roster.office_of(decision.body, person.town_code or person.lead.town_code),
        "body": decision.body,
        "edition_digest": proposal.edition,
        "rule": decision.rule,
        "transfer": decision.transfer,
        "whole": proposal.carries_whole(person.position),
        "sealed": decision.sealed,
        "raised_from": [body.value for body in decision.raised_from],
        "proposed_at": at,
    }


def _grounds(decision: Decision, proposal: Plan) -> dict[str, str]:
    return {"rule": decision.rule, "basis": decision.basis, "edition": proposal.edition[:16]}


def propose_corrected(referral: Referral, decision: Decision, proposal: Plan, *, by: Officer, at: datetime) -> None:
    """The facts were corrected: the law's new answer waits for its approval, whatever was approved before."""
    do(Act.PROPOSE_REFERRAL, referral, by=by, at=at, **_grounds(decision, proposal))
    for field, value in _answer(referral.person, decision, proposal, at).items():
        setattr(referral, field, value)
    referral.raised_at = None
    _begin_again(referral)


def approve(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The named approver agrees with the proposal (批办)."""
    do(Act.APPROVE_REFERRAL, referral, by=by, at=at, to=referral.to.code)
    referral.approved_at = at
    reckon(referral)


def redirect(referral: Referral, to: Office, *, reason: str, by: Officer, at: datetime) -> None:
    """Ask for another body than the rule chose: only upward or sideways, with a reason, for a second person."""
    LIFE.after(referral.state, Act.REDIRECT_REFERRAL)  # whoever was too late hears that first
    if not ways_on(referral, [to]):
        raise Incomplete("只能改送同级或上级、且不须回避的其他机关。")
    do(Act.REDIRECT_REFERRAL, referral, by=by, at=at, note=a_reason(reason), to=to.code)
    referral.redirect_to, referral.redirect_by_id, referral.reason = to, by.id, a_reason(reason)


def confirm_redirect(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The second person agrees; the referral goes to the other body."""
    to = referral.redirect_to or referral.to
    do(Act.CONFIRM_REDIRECT, referral, by=by, at=at, to=to.code)
    referral.to, referral.body, referral.redirect_to, referral.approved_at = to, to.body, None, at
    referral.redirect_by_id = None
    reckon(referral)


def decline_redirect(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The second person does not agree; the rule's body stands."""
    do(Act.DECLINE_REDIRECT, referral, by=by, at=at)
    referral.redirect_to = referral.redirect_by_id = None


def hand_over(referral: Referral, *, by: Officer, at: datetime) -> None:
    """Hand the referral to its body, and write to that body that something waits: a number, never a name."""
    do(Act.HAND_OVER, referral, by=by, at=at, to=referral.to.code)
    referral.handed_over_at = at
    departure.leave(Act.HAND_OVER, referral, by=by, at=at)
    reckon(referral)


def withdraw(referral: Referral, *, cause: str, by: Officer, at: datetime) -> None:
    """Take it back before it has left, because of what was decided about its lead."""
    before = referral.state
    do(Act.WITHDRAW_REFERRAL, referral, by=by, at=at, cause=cause)
    referral.withdrawn_from = before
    departure.note_progress(referral.lead)
    reckon(referral)


def restore(referral: Referral, *, by: Officer, at: datetime) -> None:
    """Undo the withdrawal: it stands exactly where it stood."""
    do(Act.RESTORE_REFERRAL, referral, by=by, at=at)
    referral.withdrawn_from = None
    departure.note_progress(referral.lead)
    reckon(referral)


def propose_again(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The lead has been taken up again: what was withdrawn waits for its approval anew."""
    do(Act.PROPOSE_REFERRAL, referral, by=by, at=at, rule=referral.rule)
    _begin_again(referral)


def _begin_again(referral: Referral) -> None:
    referral.withdrawn_from = referral.approved_at = referral.redirect_to = referral.redirect_by_id = None
    departure.note_progress(referral.lead)
    reckon(referral)


def record_receipt(referral: Referral, receipt_no: str, *, by: Officer, at: datetime) -> None:
    """A body that does not sign in has given a receipt on paper."""
    receipt = tidy(receipt_no)
    if not receipt:
        raise Incomplete("请填写回执编号或签收人。")
    do(Act.RECORD_RECEIPT, referral, by=by, at=at, note=receipt)
    referral.receipt_no, referral.signed_for_at = receipt[:60], at
    reckon(referral)


def sign_for(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The handling body takes it; from now on the case is theirs."""
    do(Act.SIGN_FOR, referral, by=by, at=at)
    referral.signed_for_at, referral.signed_for_by, referral.held_by = at, by, by
    reckon(referral)


def tell_acceptance(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The named reporter has been told that it is accepted; once only."""
    do(Act.TELL_ACCEPTANCE, referral, by=by, at=at)
    referral.acceptance_told_at = at
    reckon(referral)


def tell_result(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The named reporter has been told the result, and it is on record."""
    do(Act.TELL_RESULT, referral, by=by, at=at)
    referral.result_told_at = at
    reckon(referral)


def reopen(referral: Referral, *, reason: str, by: Officer, at: datetime, act: Act = Act.REOPEN_REFERRAL) -> None:
    """Take a concluded referral up again; its former result stays in the trail.

    The body does, because something new was said, or it must, because its closure was found false.
    """
    do(act, referral, by=by, at=at, note=a_reason(reason), finding=referral.finding or "")
    referral.disposition, referral.disposed_at = referral.disposition or Disposition.PRELIMINARY_VERIFICATION, at
    referral.concluded_at = referral.result_told_at = None
    referral.moved_at = at
    reckon(referral)
