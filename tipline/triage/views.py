"""Triage at the counter: ask back, refuse, pass on, file away, take up again."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.leads import panels
from tipline.leads.models import Lead
from tipline.leads.views import seen
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


@bp.post("/<key>/ask-back", act=Act.ASK_BACK)
def ask_back(key: str) -> ResponseReturnValue:
    form = forms.QuestionForm(prefix="ask")

    def deed(lead: Lead) -> None:
        operations.ask_back(lead, form.words.data, by=current_user, at=now())

    return at_counter.filled(key, Act.ASK_BACK, form, deed)


@bp.post("/<key>/note-answer", act=Act.NOTE_ANSWER)
def note_answer(key: str) -> ResponseReturnValue:
    form = forms.AnswerForm(prefix="answer")

    def deed(lead: Lead) -> None:
        operations.note_answer(lead, form.words.data, by=current_user, at=now())

    return at_counter.filled(key, Act.NOTE_ANSWER, form, deed)


@bp.post("/<key>/propose-refusal", act=Act.PROPOSE_REFUSAL)
def propose_refusal(key: str) -> ResponseReturnValue:
    form = forms.RefusalForm(prefix="refusal")

    def deed(lead: Lead) -> None:
        operations.propose_refusal(lead, form.reason.data, form.words.data, by=current_user, at=now())

    return at_counter.filled(key, Act.PROPOSE_REFUSAL, form, deed)


@bp.post("/<key>/refuse", act=Act.REFUSE_LEAD)
def refuse(key: str) -> ResponseReturnValue:
    return at_counter.done(key, Act.REFUSE_LEAD, lambda lead: operations.refuse(lead, by=current_user, at=now()))


@bp.post("/<key>/keep", act=Act.KEEP_LEAD)
def keep(key: str) -> ResponseReturnValue:
    form = forms.ReasonForm(prefix="keep")

    def deed(lead: Lead) -> None:
        operations.keep(lead, reason=form.words.data, by=current_user, at=now())

    return at_counter.filled(key, Act.KEEP_LEAD, form, deed)


@bp.post("/<key>/tell-refusal", act=Act.TELL_REFUSAL)
def tell_refusal(key: str) -> ResponseReturnValue:
    form = forms.ToldForm(prefix="told")

    def deed(lead: Lead) -> None:
        operations.tell_refusal(lead, form.words.data, by=current_user, at=now())

    return at_counter.filled(key, Act.TELL_REFUSAL, form, deed)


@bp.post("/<key>/pass-on", act=Act.PASS_ON)
def pass_on(key: str) -> ResponseReturnValue:
    form = forms.PassOnForm(prefix="pass")

    def deed(lead: Lead) -> None:
        operations.pass_on(lead, form.words.data, by=current_user, at=now())

    return at_counter.filled(key, Act.PASS_ON, form, deed)


@bp.post("/<key>/record-pass-receipt", act=Act.RECORD_PASS_RECEIPT)
def record_pass_receipt(key: str) -> ResponseReturnValue:
    form = forms.ReceiptForm(prefix="receipt")

    def deed(lead: Lead) -> None:
        operations.record_receipt(lead, form.words.data, by=current_user, at=now())

    return at_counter.filled(key, Act.RECORD_PASS_RECEIPT, form, deed)


@bp.post("/<key>/separate", act=Act.SEPARATE_PETITION)
def separate(key: str) -> ResponseReturnValue:
    form = forms.MatterForm(prefix="separate")

    def deed(lead: Lead) -> None:
        operations.separate(lead, form.words.data, by=current_user, at=now())

    return at_counter.filled(key, Act.SEPARATE_PETITION, form, deed)


@bp.post("/<key>/convert", act=Act.CONVERT_LEAD)
def convert(key: str) -> ResponseReturnValue:
    form = forms.WholeForm(prefix="convert")

    def deed(lead: Lead) -> None:
        operations.convert(lead, form.words.data or "", by=current_user, at=now())

    return at_counter.filled(key, Act.CONVERT_LEAD, form, deed)


@bp.post("/<key>/archive", act=Act.ARCHIVE_LEAD)
def archive(key: str) -> ResponseReturnValue:
    form = forms.FilingForm(prefix="filing")

    def deed(lead: Lead) -> None:
        operations.archive(lead, form.words.data, by=current_user, at=now())

    return at_counter.filled(key, Act.ARCHIVE_LEAD, form, deed)


@bp.post("/<key>/reopen", act=Act.REOPEN_LEAD)
def reopen(key: str) -> ResponseReturnValue:
    form = forms.EvidenceForm(prefix="reopen")

    def deed(lead: Lead) -> None:
        operations.reopen(lead, reason=form.words.data, by=current_user, at=now())

    return at_counter.filled(key, Act.REOPEN_LEAD, form, deed)


def page_of(lead: Lead, kept: Kept | None) -> str:
    """The form that came back, beside where the lead stands."""
    return render_template("triage/again.html", lead=lead, panel=pages.panel(lead, current_user, now(), kept))


def onward(lead: Lead) -> str:
    return url_for("leads.show", key=lead.key)


at_counter = Steps(seen, page_of, onward)
