"""Word to and from reporters at the counter: on the page of a referral, by a spoken code, and after the case."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from tipline.kit.db import db
from tipline.kit.errors import NotFound, Refused
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.time import now
from tipline.referrals import pages, panels
from tipline.referrals import queries as referrals
from tipline.referrals.models import Referral
from tipline.referrals.objections import open_acts
from tipline.replies import operations, queries
from tipline.replies.forms import (
    ObjectionForm,
    TellForm,
    WordsForm,
)
from tipline.replies.lifecycle import ObjectionState
from tipline.replies.models import Objection, Told

bp = Doors("replies", __name__, url_prefix="/replies")

TELLS = {Act.TELL_ACCEPTANCE: Told.ACCEPTANCE, Act.TELL_RESULT: Told.RESULT}


def of_referral(referral: Referral, officer: Officer) -> str:
    """On the page of a referral, for its handling body alone: all that passes between it and the reporter."""
    if not referrals.is_handled_by(officer, referral):
        return ""
    return render_template("replies/_of_referral.html", **parts(referral, officer, {}))


panels.on_a_referral.append(of_referral)


def parts(referral: Referral, officer: Officer, kept: dict[str, FlaskForm]) -> dict[str, object]:
    """What the part on the page of a referral is drawn from; `kept` are forms that came back."""
    lead, acts = referral.lead, open_acts(referral, officer)
    forms: dict[str, FlaskForm] = {
        TELLS[act].value: TellForm(None, prefix=TELLS[act].value) for act in acts if act in TELLS
    }
    if lead.code_hash is not None and not lead.named:
        forms["word"] = WordsForm(None, prefix="word")
    if referral.concluded_at is not None:
        forms["objection"] = ObjectionForm(None, prefix="objection")
    objections = queries.objections_to(referral)
    for objection in objections:
        if objection.state is ObjectionState.NOTED:
            forms[objection.key] = WordsForm(None, prefix=objection.key)
    return {
        "referral": referral,
        "notices": queries.notices_of(referral),
        "words": queries.words_for(lead) if queries.carries_mail(referral) else [],
        "additions": queries.additions_to(lead) if queries.carries_mail(referral) else [],
        "objections": objections,
        "forms": forms | kept,
    }


@bp.post("/referrals/<key>/acceptance/tell", act=Act.TELL_ACCEPTANCE)
def tell_acceptance(key: str) -> ResponseReturnValue:
    return tell(key, Told.ACCEPTANCE)


@bp.post("/referrals/<key>/result/tell", act=Act.TELL_RESULT)
def tell_result(key: str) -> ResponseReturnValue:
    return tell(key, Told.RESULT)


def tell(key: str, of: Told) -> ResponseReturnValue:
    form = TellForm(prefix=of.value)

    def deed(paper: Referral) -> None:
        operations.tell(paper, of, form.how, form.words.data, by=current_user, at=now())

    return filled(key, of.value, form, deed, _("已告知，并记录在案。"))


@bp.post("/referrals/<key>/write-word", act=Act.WRITE_WORD)
def write_word(key: str) -> ResponseReturnValue:
    form = WordsForm(prefix="word")

    def deed(paper: Referral) -> None:
        operations.write_word(paper, form.words.data, by=current_user, at=now())

    return filled(key, "word", form, deed, _("留话已存，来电人报查询码时由接线员转告。"))


@bp.post("/referrals/<key>/see-additions", act=Act.SEE_ADDITION)
def see_additions(key: str) -> ResponseReturnValue:
    referral = in_our_hands(key)
    operations.see_additions(referral, by=current_user, at=now())
    return back(referral, _("已阅。"))


@bp.post("/referrals/<key>/note-objection", act=Act.NOTE_OBJECTION)
def note_objection(key: str) -> ResponseReturnValue:
    form = ObjectionForm(prefix="objection")

    def deed(paper: Referral) -> None:
        told = form.words.data, form.new_evidence.data
        operations.note_objection(paper, told[0], new_evidence=told[1], by=current_user, at=now())

    return filled(key, "objection", form, deed, _("异议已登记。"))


@bp.post("/referrals/<key>/objections/<which>/uphold", act=Act.UPHOLD_OBJECTION)
def uphold(key: str, which: str) -> ResponseReturnValue:
    form = WordsForm(prefix=which)
    return filled(
        key,
        which,
        form,
        lambda paper: operations.uphold(objection_of(paper, which), form.words.data, by=current_user, at=now()),
        _("已采纳，本件重新办理。"),
    )


@bp.post("/referrals/<key>/objections/<which>/answer", act=Act.ANSWER_OBJECTION)
def answer(key: str, which: str) -> ResponseReturnValue:
    form = WordsForm(prefix=which)
    return filled(
        key,
        which,
        form,
        lambda paper: operations.answer(objection_of(paper, which), form.words.data, by=current_user, at=now()),
        _("已答复。"),
    )


def objection_of(referral: Referral, which: str) -> Objection:
    found = next((one for one in queries.objections_to(referral) if one.key == which), None)
    if found is None:
        raise NotFound("没有这个页面，或您无权查看。")
    return found


def filled(key: str, name: str, form: FlaskForm, deed: Callable[[Referral], object], told: str) -> ResponseReturnValue:
    """A deed with words; when something is missing or stands against it, the words come back."""
    referral = in_our_hands(key)
    if form.validate_on_submit():
        try:
            deed(referral)
            return back(referral, told)
        except Refused as refusal:
            db.session.rollback()
            form.form_errors.append(said(refusal.sentence))
            return again(key, name, form), refusal.status
    return again(key, name, form), 422


def again(key: str, name: str, form: FlaskForm) -> str:
    """The referral's own page, with the words that came back where they were written."""
    referral = in_our_hands(key)
    part = render_template("replies/_of_referral.html", **parts(referral, current_user, {name: form}))
    return pages.render(referral, current_user, now(), anew={of_referral: part})


def back(referral: Referral, told: str) -> ResponseReturnValue:
    key = referral.key
    db.session.commit()
    flash(told)
    return redirect(url_for("referrals.show", key=key, _anchor="replies"))


def in_our_hands(key: str) -> Referral:
    """The referral, if the officer's body handles it; a 404 for everybody else."""
    query = referrals.with_everything(referrals.visible_to(current_user)).where(Referral.key == key)
    referral: Referral | None = db.session.scalars(query).one_or_none()
    if referral is None or not referrals.is_handled_by(current_user, referral):
        raise NotFound("没有这个页面，或您无权查看。")
    return referral
