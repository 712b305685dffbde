"""What may be done to a lead in triage (甄别). Operations never commit; the edge does, once."""

from datetime import date, datetime

from tipline.eligibility import operations as eligibility
from tipline.eligibility.lifecycle import ReviewState
from tipline.eligibility.models import EligibilityReview
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy
from tipline.kit.words import Sentence
from tipline.law.clocks import deadline
from tipline.leads.models import Lead
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.referrals import operations as referrals
from tipline.referrals.lifecycle import ON_OUR_SIDE, ReferralState
from tipline.triage import queries, rules
from tipline.triage.models import CallBack, Filing, PassedOn, Refusal
from tipline.triage.objections import do

REASONS = "not_accepted_reason"
"""The notice's list of reasons (检举控告工作规则 第十三条)."""

REFUSED, PASSED_ON, CONVERTED = "refused", "passed-on", "converted"
"""Why referrals were withdrawn, as the trail says it."""


def ask_back(lead: Lead, question: str, *, by: Officer, at: datetime) -> CallBack:
    """Ask the reporter for more, once; nothing leaves until the answer is noted."""
    asked = _words(question, Sentence("请写明要问什么。"))
    do(Act.ASK_BACK, lead, by=by, at=at)
    call_back = CallBack(
        lead=lead, question=asked, asked_at=at, asked_by=by, due_on=_due(lead, rules.ASKED_BACK, at, at)
    )
    db.session.add(call_back)
    return call_back


def note_answer(lead: Lead, answer: str, *, by: Officer, at: datetime) -> None:
    """Note what the reporter answered, or that nobody could be reached; triage goes on."""
    answered = _words(answer, Sentence("请写明答复；联系不上的，写明几时联系过。"))
    call_back = queries.call_back_of(lead)
    do(Act.NOTE_ANSWER, lead, by=by, at=at)
    assert call_back is not None  # the life has just said that it was asked
    call_back.answer, call_back.answered_at, call_back.answered_by = answered, at, by


def propose_refusal(lead: Lead, reason: str, words: str, *, by: Officer, at: datetime) -> Refusal:
    """Put it to whoever decides that the lead is not accepted, with a reason of the notice's list."""
    lead.rules.term(REASONS, reason)
    why = _words(words, Sentence("请写明理由。"))
    do(Act.PROPOSE_REFUSAL, lead, by=by, at=at, note=why, reason=reason)
    refusal = Refusal(lead=lead, reason=reason, words=why, proposed_at=at, proposed_by=by)
    db.session.add(refusal)
    return refusal


def refuse(lead: Lead, *, by: Officer, at: datetime) -> None:
    """Do not accept the lead: its referrals are withdrawn, and a named reporter is owed a notice."""
    refusal = queries.refusal_of(lead)
    do(Act.REFUSE_LEAD, lead, by=by, at=at, reason=refusal.reason if refusal else "")
    assert refusal is not None  # the life has just said that it was proposed
    refusal.decided_at, refusal.decided_by, refusal.refused = at, by, True
    refusal.notice_due_on = _due(lead, rules.TOLD_WHETHER, lead.received_at, at) if lead.named else None
    _withdraw(lead, REFUSED, by=by, at=at)


def keep(lead: Lead, *, reason: str, by: Officer, at: datetime) -> None:
    """The lead is accepted after all; it goes its way."""
    why, refusal = _words(reason, Sentence("请写明理由。")), queries.refusal_of(lead)
    do(Act.KEEP_LEAD, lead, by=by, at=at, note=why)
    assert refusal is not None
    refusal.decided_at, refusal.decided_by, refusal.refused = at, by, False


def tell_refusal(lead: Lead, how: str, *, by: Officer, at: datetime) -> None:
    """The named reporter has been told that the lead is not accepted and why; once only."""
    told, refusal = _words(how, Sentence("请写明怎样告知的。")), queries.refusal_of(lead)
    do(Act.TELL_REFUSAL, lead, by=by, at=at, note=told)
    assert refusal is not None
    refusal.told_at, refusal.told_how = at, told


def pass_on(lead: Lead, to: str, *, by: Officer, at: datetime) -> PassedOn:
    """The matter is another district's: it is passed to the body there, and nothing of it is handled here."""
    body = _words(to, Sentence("请写明转往哪个机关。"))
    do(Act.PASS_ON, lead, by=by, at=at, note=body)
    passed = PassedOn(lead=lead, to=body, passed_at=at, passed_by=by)
    db.session.add(passed)
    _withdraw(lead, PASSED_ON, by=by, at=at)
    return passed


def record_receipt(lead: Lead, receipt: str, *, by: Officer, at: datetime) -> None:
    """The other district's body has given its receipt."""
    given, passed = _words(receipt, Sentence("请填写回执编号或签收人。")), queries.passed_on_of(lead)
    do(Act.RECORD_PASS_RECEIPT, lead, by=by, at=at, note=given)
    assert passed is not None
    passed.receipt, passed.receipt_at = given, at


def separate(lead: Lead, matter: str, *, by: Officer, at: datetime) -> EligibilityReview:
    """The call was two things at once: the dibao grievance becomes a petition with words of its own.

    The report goes its way as before; nothing of what was said is changed or hidden.
    """
    words = _words(matter, Sentence("请写明申诉人不服的是什么。"))
    do(Act.SEPARATE_PETITION, lead, by=by, at=at)
    return eligibility.open_review(lead, matter=words, by=by, at=at)


def convert(lead: Lead, matter: str, *, by: Officer, at: datetime) -> EligibilityReview:
    """The call was no report at all but a plain grievance: the whole becomes a petition, and no body gets it."""
    words = tidy(matter) or lead.narrative or ""
    do(Act.CONVERT_LEAD, lead, by=by, at=at)
    _withdraw(lead, CONVERTED, by=by, at=at)
    return eligibility.open_review(lead, matter=words, by=by, at=at)


def archive(lead: Lead, file_no: str, *, by: Officer, at: datetime) -> Filing:
    """File the papers away, once all of them are done, for as long as the rules say (7.6)."""
    number = _words(file_no, Sentence("请填写案卷号。"))
    found = any(referral.finding for referral in queries.referrals_of(lead)) or any(
        review.state is ReviewState.CLOSED for review in queries.reviews_of(lead)
    )
    retention = rules.retention_of(lead.rules, leader_instruction=lead.leader_instruction, result=found)
    do(Act.ARCHIVE_LEAD, lead, by=by, at=at, note=number, retention=retention.key)
    filing = Filing(lead=lead, retention=retention.key, file_no=number, filed_at=at, filed_by=by)
    db.session.add(filing)
    return filing


def reopen(lead: Lead, *, reason: str, by: Officer, at: datetime) -> None:
    """New evidence: the lead is triaged again, and what was withdrawn waits for approval anew."""
    why = _words(reason, Sentence("请写明有什么新的证据或情况。"))
    do(Act.REOPEN_LEAD, lead, by=by, at=at, note=why)
    if lead.primary_id is not None:
        return
    for referral in queries.referrals_of(lead):
        if referral.state is ReferralState.WITHDRAWN:
            referrals.propose_again(referral, by=by, at=at)


def _withdraw(lead: Lead, cause: str, *, by: Officer, at: datetime) -> None:
    for referral in queries.referrals_of(lead):
        if referral.state in ON_OUR_SIDE:
            referrals.withdraw(referral, cause=cause, by=by, at=at)


def _due(lead: Lead, between: tuple[str, str], began: datetime, at: datetime) -> date:
    """The day by which something is to be done, under the lead's notice and the calendar of today."""
    return deadline(lead.rules.limit(*between, day_of(at)), day_of(began), calendars.calendar()).on


def _words(text: str, missing: Sentence) -> str:
    words = tidy(text)
    if not words:
        raise Incomplete(missing.text, **missing.values)
    return words
