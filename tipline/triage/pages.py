"""The panel of triage on the page of a lead: its state, what was asked and decided, and the deeds that are open."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template

from tipline.kit.dates import day_of
from tipline.kit.words import Sentence
from tipline.leads import queries as ledger
from tipline.leads.models import Lead
from tipline.office import calendars
from tipline.office.badges import DueBadge, plain
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.steps import Forms, Kept, blank_forms
from tipline.referrals import queries as referrals
from tipline.referrals.lifecycle import NEXT_STEP, ReferralState
from tipline.triage import forms, objections, queries, rules
from tipline.triage.models import Refusal

FORMS: Forms = {
    Act.ASK_BACK: (forms.QuestionForm, "asked"),
    Act.NOTE_ANSWER: (forms.AnswerForm, "answer"),
    Act.PROPOSE_REFUSAL: (forms.RefusalForm, "refusal"),
    Act.KEEP_LEAD: (forms.ReasonForm, "keep"),
    Act.TELL_REFUSAL: (forms.ToldForm, "told"),
    Act.PASS_ON: (forms.PassOnForm, "pass"),
    Act.SEPARATE_PETITION: (forms.MatterForm, "separate"),
    Act.CONVERT_LEAD: (forms.WholeForm, "convert"),
    Act.RECORD_PASS_RECEIPT: (forms.ReceiptForm, "receipt"),
    Act.ARCHIVE_LEAD: (forms.FilingForm, "filing"),
    Act.REOPEN_LEAD: (forms.EvidenceForm, "reopen"),
}

DOORS = {
    Act.ASK_BACK: "triage.ask_back",
    Act.NOTE_ANSWER: "triage.note_answer",
    Act.PROPOSE_REFUSAL: "triage.propose_refusal",
    Act.REFUSE_LEAD: "triage.refuse",
    Act.KEEP_LEAD: "triage.keep",
    Act.TELL_REFUSAL: "triage.tell_refusal",
    Act.PASS_ON: "triage.pass_on",
    Act.SEPARATE_PETITION: "triage.separate",
    Act.CONVERT_LEAD: "triage.convert",
    Act.RECORD_PASS_RECEIPT: "triage.record_pass_receipt",
    Act.ARCHIVE_LEAD: "triage.archive",
    Act.REOPEN_LEAD: "triage.reopen",
}


@dataclass(frozen=True)
class Standing:
    """Where a lead stands, in words: its own state, and what its slowest part waits for."""

    slowest: ReferralState | None
    next_step: Sentence | None
    parts: int


def panel(lead: Lead, officer: Officer, at: datetime, kept: Kept | None = None) -> str:
    """The part of triage on the page of a lead; `kept` is a form that came back with something missing."""
    acts = objections.open_acts(lead, officer)
    refusal, filing = queries.refusal_of(lead), queries.filing_of(lead)
    call_back, today, calendar = queries.call_back_of(lead), day_of(at), calendars.calendar()
    return render_template(
        "triage/_of_lead.html",
        lead=lead,
        standing=standing(lead, officer),
        reads=ledger.may_read_content(officer, lead, at),
        decides=bool(objections.DECIDING & set(acts)),
        call_back=call_back,
        call_back_due=plain(call_back.due_on, today, calendar) if call_back else None,
        refusal=refusal,
        reason=lead.rules.term("not_accepted_reason", refusal.reason).name if refusal else None,
        notice_due=notice_due(refusal, at) if refusal else None,
        passed_on=queries.passed_on_of(lead),
        filing=filing,
        retention=lead.rules.retention(filing.retention).name if filing else None,
        acts=acts,
        forms=blank_forms(FORMS, acts, kept),
        doors=DOORS,
    )


def standing(lead: Lead, officer: Officer) -> Standing:
    """The least advanced referral of the lead among those the officer may see (4.2)."""
    states = [referral.state for referral in referrals.of_lead(officer, lead)]
    slowest = rules.least_advanced(states)
    waits = slowest is not ReferralState.CONCLUDED or lead.named
    return Standing(slowest, NEXT_STEP.get(slowest) if slowest and waits else None, len(states))


def notice_due(refusal: Refusal, at: datetime) -> DueBadge | None:
    """The day by which the named reporter is to be told, while that is owed."""
    if refusal.notice_due_on is None or refusal.told_at is not None:
        return None
    return plain(refusal.notice_due_on, day_of(at), calendars.calendar())
