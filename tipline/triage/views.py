"""Triage at the counter: ask back, refuse, pass on, file away, take up again."""

from typing import Any

from flask import url_for
from flask_login import current_user

from tipline.leads import panels
from tipline.leads.models import Lead
from tipline.leads.views import lead_page, seen
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.models import Officer
from tipline.office.steps import Kept, Steps
from tipline.office.time import now
from tipline.triage import forms, operations, pages

bp = Doors("triage", __name__, url_prefix="/triage")


def of_lead(lead: Lead, officer: Officer) -> str:
    """On the page of a lead: where it stands, and what may be done to it in triage."""
    return pages.panel(lead, officer, now())


panels.on_a_lead.insert(0, of_lead)


def page_of(lead: Lead, kept: Kept | None) -> str:
    """The page of the lead, with the form that came back at its place."""
    return lead_page(lead, {of_lead: pages.panel(lead, current_user, now(), kept)})


def onward(lead: Lead) -> str:
    return url_for("leads.show", key=lead.key)


at_counter = Steps(seen, page_of, onward, pages.FORMS)


@at_counter.door(bp, Act.ASK_BACK)
def ask_back(lead: Lead, form: forms.QuestionForm, **whose: Any) -> None:
    operations.ask_back(lead, form.words.data, **whose)


@at_counter.door(bp, Act.NOTE_ANSWER)
def note_answer(lead: Lead, form: forms.AnswerForm, **whose: Any) -> None:
    operations.note_answer(lead, form.words.data, **whose)


@at_counter.door(bp, Act.PROPOSE_REFUSAL)
def propose_refusal(lead: Lead, form: forms.RefusalForm, **whose: Any) -> None:
    operations.propose_refusal(lead, form.reason.data, form.words.data, **whose)


@at_counter.door(bp, Act.REFUSE_LEAD)
def refuse(lead: Lead, **whose: Any) -> None:
    operations.refuse(lead, **whose)


@at_counter.door(bp, Act.KEEP_LEAD)
def keep(lead: Lead, form: forms.ReasonForm, **whose: Any) -> None:
    operations.keep(lead, reason=form.words.data, **whose)


@at_counter.door(bp, Act.TELL_REFUSAL)
def tell_refusal(lead: Lead, form: forms.ToldForm, **whose: Any) -> None:
    operations.tell_refusal(lead, form.words.data, **whose)


@at_counter.door(bp, Act.PASS_ON)
def pass_on(lead: Lead, form: forms.PassOnForm, **whose: Any) -> None:
    operations.pass_on(lead, form.words.data, **whose)


@at_counter.door(bp, Act.RECORD_PASS_RECEIPT)
def record_pass_receipt(lead: Lead, form: forms.ReceiptForm, **whose: Any) -> None:
    operations.record_receipt(lead, form.words.data, **whose)


@at_counter.door(bp, Act.SEPARATE_PETITION)
def separate(lead: Lead, form: forms.MatterForm, **whose: Any) -> None:
    operations.separate(lead, form.words.data, **whose)


@at_counter.door(bp, Act.CONVERT_LEAD)
def convert(lead: Lead, form: forms.WholeForm, **whose: Any) -> None:
    operations.convert(lead, form.words.data or "", **whose)


@at_counter.door(bp, Act.ARCHIVE_LEAD)
def archive(lead: Lead, form: forms.FilingForm, **whose: Any) -> None:
    operations.archive(lead, form.words.data, **whose)


@at_counter.door(bp, Act.REOPEN_LEAD)
def reopen(lead: Lead, form: forms.EvidenceForm, **whose: Any) -> None:
    operations.reopen(lead, reason=form.words.data, **whose)
