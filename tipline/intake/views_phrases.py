"""Approved wording and short knowledge: read by whoever takes calls, kept by the bureau's keeper."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.intake import phrases
from tipline.intake.forms_phrases import PhraseForm, RenewForm
from tipline.intake.models import Phrase, PhraseKind
from tipline.intake.views import bp
from tipline.kit.db import db
from tipline.kit.errors import Refused
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.frame import said
from tipline.office.time import now, today


@bp.get("/phrases", act=Act.READ_PHRASES)
def phrase_list() -> ResponseReturnValue:
    return _page(_blank(), None)


@bp.post("/phrases/add", act=Act.ADD_PHRASE)
def add_phrase() -> ResponseReturnValue:
    form = PhraseForm(prefix="phrase").over(editions.notice())
    if not form.validate_on_submit():
        return _page(form, None), 422
    told = (form.title.data or "", form.words.data or "", list(form.problems.data or ()), form.valid_until.data)
    try:
        phrases.add(form.kind, *told, by=current_user, at=now())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return _page(form, None), refusal.status
    db.session.commit()
    flash(_("已增加。"))
    return redirect(url_for(".phrase_list"))


@bp.post("/phrases/<key>/renew", act=Act.RENEW_PHRASE)
def renew_phrase(key: str) -> ResponseReturnValue:
    phrase, form = _seen(key), RenewForm(prefix=key)
    if not form.validate_on_submit():
        return _page(_blank(), form), 422
    phrases.renew(phrase, form.valid_until.data, by=current_user, at=now())
    db.session.commit()
    flash(_("已核实。"))
    return redirect(url_for(".phrase_list"))


@bp.post("/phrases/<key>/retire", act=Act.RETIRE_PHRASE)
def retire_phrase(key: str) -> ResponseReturnValue:
    phrases.retire(_seen(key), by=current_user, at=now())
    db.session.commit()
    flash(_("已停用。"))
    return redirect(url_for(".phrase_list"))


def _seen(key: str) -> Phrase:
    return phrases.named(key) or abort(404)


def _blank() -> PhraseForm:
    return PhraseForm(None, prefix="phrase").over(editions.notice())


def _page(form: PhraseForm, kept: RenewForm | None) -> str:
    answers = phrases.in_use(PhraseKind.KNOWLEDGE)
    renewing = {one.key: RenewForm(None, prefix=one.key) for one in answers}
    if kept is not None:
        renewing |= {kept._prefix.removesuffix("-"): kept}
    day, notice = today(), editions.notice()
    return render_template(
        "intake/phrases.html",
        wordings=phrases.in_use(PhraseKind.WORDING),
        answers=[(one, phrases.is_stale(one, day)) for one in answers],
        problems={term.key: term.name for term in notice.terms("problem_type")},
        form=form,
        renewing=renewing,
    )
