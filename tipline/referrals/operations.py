"""What may be done to a referral. Operations never commit; the edge does, once."""

from datetime import date, datetime

from sqlalchemy import select

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy
from tipline.law.routing import Decision, may_redirect
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.leads.plan import Plan
from tipline.office import calendars, editions, outbox, roster
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Office, Officer
from tipline.referrals import rules
from tipline.referrals.lifecycle import ON_OUR_SIDE
from tipline.referrals.models import Disposition, Milestone, Referral


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
        to=roster.office_of(decision.body, person.town_code or lead.town_code),
        body=decision.body,
        edition_digest=proposal.edition,
        rule=decision.rule,
        transfer=decision.transfer,
        whole=proposal.carries_whole(person.position),
        sealed=decision.sealed,
        proposed_at=at,
        handed_over_at=at if directly else None,
    )
    act = Act.HAND_OVER_DIRECTLY if directly else Act.PROPOSE_REFERRAL
    enact(act, referral, by=by, at=at, rule=decision.rule, basis=decision.basis, edition=proposal.edition[:16])
    db.session.add(referral)
    db.session.flush()  # the lead asks below how far its referrals are
    if directly:
        _announce(referral, at)
        _note_progress(lead)
    _reckon(referral)
    return referral


def approve(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The named approver agrees with the proposal (批办)."""
    enact(Act.APPROVE_REFERRAL, referral, by=by, at=at, to=referral.to.code)
    referral.approved_at = at
    _reckon(referral)


def redirect(referral: Referral, to: Office, *, reason: str, by: Officer, at: datetime) -> None:
    """Ask for another body than the rule chose: only upward or sideways, with a reason, for a second person."""
    if to.id == referral.to_id or not may_redirect(referral.body, to.body):
        raise Incomplete("只能改送同级或上级的其他机关。")
    enact(Act.REDIRECT_REFERRAL, referral, by=by, at=at, note=_reason(reason), to=to.code)
    referral.redirect_to, referral.reason = to, _reason(reason)


def confirm_redirect(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The second person agrees; the referral goes to the other body."""
    to = referral.redirect_to
    if to is None:
        raise Incomplete("没有待同意的去向。")
    enact(Act.CONFIRM_REDIRECT, referral, by=by, at=at, to=to.code)
    referral.to, referral.body, referral.redirect_to, referral.approved_at = to, to.body, None, at
    _reckon(referral)


def decline_redirect(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The second person does not agree; the rule's body stands."""
    enact(Act.DECLINE_REDIRECT, referral, by=by, at=at)
    referral.redirect_to = None


def hand_over(referral: Referral, *, by: Officer, at: datetime) -> None:
    """Hand the referral to its body, and write to that body that something waits: a number, never a name."""
    enact(Act.HAND_OVER, referral, by=by, at=at, to=referral.to.code)
    referral.handed_over_at = at
    _announce(referral, at)
    _note_progress(referral.lead)
    _reckon(referral)


def record_receipt(referral: Referral, receipt_no: str, *, by: Officer, at: datetime) -> None:
    """A body that does not sign in has given a receipt on paper."""
    if referral.to.signs_in:
        raise Incomplete("该机关在系统内签收，不需登记纸质回执。")
    if not tidy(receipt_no):
        raise Incomplete("请填写回执编号或签收人。")
    enact(Act.RECORD_RECEIPT, referral, by=by, at=at, note=tidy(receipt_no))
    referral.receipt_no, referral.signed_for_at = tidy(receipt_no)[:60], at
    _reckon(referral)


def sign_for(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The handling body takes it; from now on the case is theirs."""
    enact(Act.SIGN_FOR, referral, by=by, at=at)
    referral.signed_for_at, referral.signed_for_by = at, by
    _reckon(referral)


def send_back(referral: Referral, *, cause: str, reason: str, by: Officer, at: datetime) -> None:
    """Send it back to whoever sent it, with a cause from the notice's list and a reason."""
    editions.notice().term("return_reason", cause)
    enact(Act.SEND_BACK, referral, by=by, at=at, note=_reason(reason), cause=cause)
    referral.reason, referral.returns = _reason(reason), referral.returns + 1
    referral.handed_over_at = referral.signed_for_at = referral.approved_at = None
    referral.signed_for_by = None
    _note_progress(referral.lead)
    _reckon(referral)
    key = f"{referral.ref}/returned/{at:%Y%m%dT%H%M%S%f}"
    outbox.write(key, to=referral.from_office, letter="referral_returned", at=at, number=referral.number)


def set_disposition(referral: Referral, disposition: Disposition, *, by: Officer, at: datetime) -> None:
    """Choose one of the four dispositions; keeping it pending has an act of its own."""
    if disposition is Disposition.SHELVED:
        shelve(referral, by=by, at=at)
        return
    enact(Act.SET_DISPOSITION, referral, by=by, at=at, disposition=disposition.value)
    referral.disposition, referral.disposed_at = disposition, referral.disposed_at or at
    _reckon(referral)


def shelve(referral: Referral, *, by: Officer, at: datetime) -> None:
    """Keep it pending (暂存待查), to be looked at again."""
    enact(Act.SHELVE, referral, by=by, at=at)
    referral.disposition, referral.disposed_at = Disposition.SHELVED, referral.disposed_at or at
    _reckon(referral)


def file_case(referral: Referral, *, by: Officer, at: datetime) -> None:
    """A case is opened formally (立案)."""
    enact(Act.FILE_CASE, referral, by=by, at=at)
    referral.case_filed_at = at
    _reckon(referral)


def record_milestone(referral: Referral, text: str, reached_on: date, *, by: Officer, at: datetime) -> Milestone:
    """Note a step the handling body has reached; only that body reads the words."""
    if not tidy(text):
        raise Incomplete("请写明进展。")
    if reached_on > day_of(at):
        raise Incomplete("进展日期不能晚于今天。")
    enact(Act.RECORD_MILESTONE, referral, by=by, at=at, reached_on=reached_on.isoformat())
    milestone = Milestone(reached_on=reached_on, recorded_at=at, recorded_by=by, text=tidy(text))
    referral.milestones.append(milestone)
    return milestone


def tell_acceptance(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The named reporter has been told that it is accepted; once only."""
    if referral.acceptance_told_at is not None:
        raise Incomplete("已告知过受理情况，只告知一次。")
    enact(Act.TELL_ACCEPTANCE, referral, by=by, at=at)
    referral.acceptance_told_at = at
    _reckon(referral)


def conclude(
    referral: Referral, finding: str, *, result: str, recovered_fen: int | None = None, by: Officer, at: datetime
) -> None:
    """Conclude with a finding of the notice's list. 诬告陷害 needs the approval of a competent body first."""
    editions.notice().term("finding", finding)
    if finding == "false_accusation":
        raise Incomplete("诬告陷害须先有设区的市级以上纪检监察机关的批准文书，不能在此直接认定。")
    if not tidy(result):
        raise Incomplete("请写明查办结果。")
    if recovered_fen is not None and recovered_fen < 0:
        raise Incomplete("追缴金额不能为负数。")
    enact(Act.CONCLUDE, referral, by=by, at=at, finding=finding)
    referral.finding, referral.result, referral.recovered_fen = finding, tidy(result), recovered_fen
    referral.concluded_at = at
    _reckon(referral)


def tell_result(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The named reporter has been told the result, and it is on record."""
    enact(Act.TELL_RESULT, referral, by=by, at=at)
    referral.result_told_at = at
    _reckon(referral)


def clocks(referral: Referral) -> list[rules.Running]:
    """Every clock on the referral, under the rules and the calendar of today."""
    return rules.clocks_of(
        events_of(referral),
        transfer_clock=rule_of(referral).clock,
        named=referral.lead.named,
        notice=editions.notice(),
        calendar=calendars.calendar(),
    )


def events_of(referral: Referral) -> dict[str, date]:
    """The days on which something happened to the referral, under the words the clocks know."""
    lead = referral.lead
    moments = {
        "call_ended": lead.received_at,
        "stub_registered" if lead.narrative_sealed is None else "lead_registered": lead.registered_at,
        "handed_over": referral.handed_over_at,
        "signed_for": referral.signed_for_at,
        "acceptance_told": referral.acceptance_told_at,
        "disposition_proposed": referral.disposed_at,
        "case_filed": referral.case_filed_at,
        "concluded": referral.concluded_at,
        "result_told": referral.result_told_at,
    }
    days = {event: day_of(moment) for event, moment in moments.items() if moment is not None}
    if lead.narrative_sealed is None:
        days["lead_registered"] = day_of(lead.registered_at)
    return days


def rule_of(referral: Referral):  # type: ignore[no-untyped-def]
    """The routing rule that chose the body, in the edition that the referral names."""
    notice = editions.edition(referral.edition_digest)
    return next(rule for rule in notice.rules if rule.number == referral.rule)


def _announce(referral: Referral, at: datetime) -> None:
    key = f"{referral.ref}/handed-over/{at:%Y%m%dT%H%M%S%f}"
    outbox.write(key, to=referral.to, letter="hand_over", at=at, number=referral.number)


def _note_progress(lead: Lead) -> None:
    """A lead has left when none of its referrals is still on the sender's side."""
    db.session.flush()  # the question below must see what was just done
    states = db.session.scalars(select(Referral.state).filter_by(lead_id=lead.id))
    lead.handed_over = all(state not in ON_OUR_SIDE for state in states)


def _reckon(referral: Referral) -> None:
    """Promise the day of the clock that runs out first: lists sort by it."""
    first = rules.first_to_run_out(clocks(referral))
    referral.due_on = first.due.on if first else None
    referral.due_clock = first.clock.id if first else None


def _reason(text: str) -> str:
    reason = tidy(text)
    if not reason:
        raise Incomplete("请写明理由。")
    return reason
