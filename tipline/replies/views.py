"""Word to and from reporters at the counter: on the page of a referral, by a spoken code, and after the case."""

from collections.abc import Callable

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, URLSafeTimedSerializer

from tipline.kit.db import db
from tipline.kit.errors import NotFound, NotNow, NotPermitted, Refused
from tipline.law.clocks import tone
from tipline.leads import operations as leads
from tipline.leads.call import PersonSaid
from tipline.leads.forms import ReporterForm
from tipline.leads.models import Lead
from tipline.office import calendars, editions, sessions, throttle
from tipline.office.badges import badge
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.time import machine_now, now, today
from tipline.referrals import panels
from tipline.referrals import queries as referrals
from tipline.referrals.models import Referral
from tipline.referrals.objections import open_acts
from tipline.replies import operations, queries
from tipline.replies.forms import (
    AdditionForm,
    CheckInForm,
    CodeForm,
    ObjectionForm,
    RetaliationForm,
    TellForm,
    WordsForm,
)
from tipline.replies.lifecycle import ObjectionState
from tipline.replies.models import Objection, Told

bp = Doors("replies", __name__, url_prefix="/replies")

OPEN_FOR = 900
"""Seconds for which a mailbox stays open on the operator's screen."""
TRIES = 20
"""So many codes an officer may try in a quarter of an hour."""
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

    return filled(key, "word", form, deed, _("留话已存，来电人报回访码时由接线员转告。"))


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
    """A deed with words; when something is missing or stands against it, the words come back on a page of their own."""
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
    referral = in_our_hands(key)
    return render_template("replies/again.html", **parts(referral, current_user, {name: form}))


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


@bp.get("/code", act=Act.LOOK_UP_CODE)
def code() -> ResponseReturnValue:
    return render_template("replies/code.html", form=CodeForm(None))


@bp.post("/code/look-up", act=Act.LOOK_UP_CODE)
def look_up() -> ResponseReturnValue:
    """Open the mailbox that the spoken code belongs to: the words that wait, and room for an addition."""
    form = CodeForm()
    if throttle.count(throttle.bucket("code", current_user.key), machine_now()) > TRIES:
        raise NotNow("试得太多，请等15分钟再查。")
    if not form.validate_on_submit():
        return render_template("replies/code.html", form=form), 422
    lead = queries.of_code(form.code.data, current_user)
    witness(Act.LOOK_UP_CODE, lead or current_user, by=current_user, at=now(), found="yes" if lead else "no")
    if lead is None:
        db.session.commit()
        form.form_errors.append(_("没有查到。请来电人再说一遍；仍查不到的，请其改日再打，或当作新的来电登记。"))
        return render_template("replies/code.html", form=form), 404
    page = mailbox(lead, AdditionForm(None, pass_=passport(lead)))
    db.session.commit()
    return page


@bp.post("/code/take-addition", act=Act.TAKE_ADDITION)
def take_addition() -> ResponseReturnValue:
    form = AdditionForm()
    lead = of_passport(form.pass_.data)
    if not form.validate_on_submit():
        return mailbox(lead, form), 422
    operations.take_addition(lead, form.words.data, by=current_user, at=now())
    page = mailbox(lead, AdditionForm(None, pass_=passport(lead)), told=_("已记下，转承办机关。"))
    db.session.commit()
    return page


@bp.post("/code/pass-on", act=Act.PASS_ON_WORD)
def pass_on() -> ResponseReturnValue:
    """Every word on the screen has been read out."""
    form = AdditionForm()
    lead = of_passport(form.pass_.data)
    for word in queries.words_for(lead):
        operations.pass_on(word, by=current_user, at=now())
    page = mailbox(lead, AdditionForm(None, pass_=passport(lead)), told=_("已记为转告。"))
    db.session.commit()
    return page


def mailbox(lead: Lead, form: AdditionForm, told: str | None = None) -> str:
    """What an operator sees of a lead by its code: no number, no name, no word of the case."""
    words = queries.words_for(lead)
    return render_template("replies/mailbox.html", words=words, standing=queries.standing(lead), form=form, told=told)


def passport(lead: Lead) -> str:
    """For a quarter of an hour, and for this officer, the mailbox may be opened again without the code."""
    return _signer().dumps([lead.key, current_user.key])


def of_passport(passport: str | None) -> Lead:
    try:
        key, officer = _signer().loads(passport or "", max_age=OPEN_FOR)
    except BadSignature:
        raise NotNow("请来电人再说一遍回访码。") from None
    lead = queries.of_mailbox(key, current_user)
    if lead is None or officer != current_user.key:
        raise NotNow("请来电人再说一遍回访码。")
    return lead


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="mailbox")


@bp.get("/check-ins", act=Act.RECORD_CHECK_IN)
def check_ins() -> ResponseReturnValue:
    calendar = calendars.calendar()
    owed = queries.owed_to(current_user, editions.notice(), calendar, today())
    lines = [(one, badge(one.due, today(), calendar), tone(one.due.on, today(), calendar)) for one in owed]
    return render_template("replies/check_ins.html", lines=lines)


@bp.get("/check-ins/<key>", act=Act.RECORD_CHECK_IN)
def check_in(key: str) -> ResponseReturnValue:
    return check_in_page(closed(key), {})


@bp.post("/check-ins/<key>/<round_>/record", act=Act.RECORD_CHECK_IN)
def record_check_in(key: str, round_: str) -> ResponseReturnValue:
    referral, form = closed(key), CheckInForm(prefix="check-in")
    if not form.validate_on_submit():
        return check_in_page(referral, {"check_in": form}), 422
    try:
        operations.record_check_in(referral, round_, form.found, form.words.data, by=current_user, at=now())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return check_in_page(closed(key), {"check_in": form}), refusal.status
    db.session.commit()
    flash(_("回访已记录。"))
    return redirect(url_for(".check_in", key=key))


@bp.post("/check-ins/<key>/reporter", act=Act.READ_REPORTER)
def reporter(key: str) -> ResponseReturnValue:
    """Whom to call: with a reason and the password anew, on this one answer, and written in the trail."""
    referral, form = closed(key), ReporterForm(prefix="reporter")
    if not form.validate_on_submit():
        return check_in_page(referral, {"reporter": form}), 422
    try:
        sessions.confirm(current_user, form.password.data, at=machine_now())
    except NotPermitted as refusal:
        db.session.commit()
        form.password.errors = [said(refusal.sentence)]
        return check_in_page(referral, {"reporter": form}), 403
    shown = leads.reveal_reporter(referral.lead, reason=form.reason.data, by=current_user, at=now())
    page = render_template(
        "leads/reporter.html", number=referral.number, shown=shown, back=url_for(".check_in", key=key)
    )
    db.session.commit()
    return page


@bp.post("/check-ins/<key>/<which>/raise", act=Act.RAISE_RETALIATION)
def raise_retaliation(key: str, which: str) -> ResponseReturnValue:
    referral, form = closed(key), RetaliationForm(prefix="raise")
    made = next((one for one in queries.check_ins_of(referral) if one.key == which), None)
    if made is None:
        raise NotFound("没有这个页面，或您无权查看。")
    if not form.validate_on_submit():
        return check_in_page(referral, {"raise": form}), 422
    who = PersonSaid.in_post(
        editions.notice().post(form.post.data), name=form.name.data, town_code=form.town.data or None
    )
    number = operations.raise_retaliation(made, who, by=current_user, at=now()).number
    db.session.commit()
    flash(_("已登记为线索%(number)s，由原承办机关以外的机关办理。", number=number))
    return redirect(url_for(".check_in", key=key))


def closed(key: str) -> Referral:
    """The closed case, if its check-ins are this officer's; a 404 for everybody else."""
    referral: Referral | None = db.session.scalars(
        queries.closed_cases(current_user).where(Referral.key == key)
    ).one_or_none()
    if referral is None:
        raise NotFound("没有这个页面，或您无权查看。")
    return referral


def check_in_page(referral: Referral, kept: dict[str, FlaskForm]) -> str:
    owed = queries.owed_to(current_user, editions.notice(), calendars.calendar(), today())
    forms = {
        "check_in": CheckInForm(None, prefix="check-in"),
        "reporter": ReporterForm(None, prefix="reporter"),
        "raise": RetaliationForm(None, prefix="raise"),
    } | kept
    return render_template(
        "replies/check_in.html",
        referral=referral,
        owed=next((one for one in owed if one.referral.id == referral.id), None),
        made=queries.check_ins_of(referral),
        forms=forms,
    )
