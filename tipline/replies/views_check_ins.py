"""When a case is over: the calls to a named reporter, by somebody else than who handled it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from tipline.kit.db import db
from tipline.kit.errors import NotFound, NotPermitted, Refused
from tipline.leads import operations as leads
from tipline.leads.call import PersonSaid
from tipline.leads.forms import ReporterForm
from tipline.office import calendars, editions, sessions
from tipline.office.badges import badge
from tipline.office.charter import Act
from tipline.office.frame import said
from tipline.office.time import machine_now, now, today
from tipline.referrals.models import Referral
from tipline.replies import operations, queries
from tipline.replies.forms import CheckInForm, RetaliationForm
from tipline.replies.views import bp


@bp.get("/check-ins", act=Act.RECORD_CHECK_IN, listed=True)
def check_ins() -> ResponseReturnValue:
    calendar = calendars.calendar()
    waiting = queries.to_be_made(current_user, calendar)
    lines = [(one, badge(one.due, today(), calendar)) for one in waiting]
    due = [line for line in lines if line[0].due.on <= today()]
    return render_template("replies/check_ins.html", due=due, later=lines[len(due) :])


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
        referral.lead.rules.post(form.post.data), name=form.name.data, town_code=form.town.data or None
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
    editions.choose(referral.lead.notice)
    return referral


def check_in_page(referral: Referral, kept: dict[str, FlaskForm]) -> str:
    owed = queries.owed_to(current_user, calendars.calendar(), today())
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
