"""A caller says their follow-up code: the words that wait are read out, and an addition is taken down."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer

from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.leads.models import Lead
from tipline.office import throttle
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.time import machine_now, now
from tipline.replies import operations, queries
from tipline.replies.forms import AdditionForm, CodeForm
from tipline.replies.views import bp

OPEN_FOR = 900
"""Seconds for which a mailbox stays open on the operator's screen."""
TRIES = 20
"""So many codes an officer may try in a quarter of an hour."""


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
        raise NotNow("请来电人再说一遍查询码。") from None
    lead = queries.of_mailbox(key, current_user)
    if lead is None or officer != current_user.key:
        raise NotNow("请来电人再说一遍查询码。")
    return lead


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="mailbox")
