"""The counter, one's own account: password, signed-in browsers, declared relatives."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.office import duty, roster, sessions, time
from tipline.office.charter import Act
from tipline.office.counter import bp
from tipline.office.forms import KinForm, LeaveForm, PasswordForm
from tipline.office.frame import said
from tipline.office.models import Leave


@bp.get("/account", act=Act.KEEP_OWN_ACCOUNT)
def account() -> ResponseReturnValue:
    return _account_page(KinForm())


def _account_page(form: KinForm, leave: LeaveForm | None = None) -> str:
    at = time.machine_now()
    return render_template(
        "office/account.html",
        form=form,
        browsers=sessions.live(current_user, at),
        here=sessions.current(at),
        declared=roster.declared(current_user),
        leave=leave or LeaveForm(None, prefix="leave").over(duty.colleagues_of(current_user)),
        leaves=duty.leaves_of(current_user, time.today()),
    )


@bp.get("/account/password", act=Act.KEEP_OWN_ACCOUNT)
def password() -> ResponseReturnValue:
    return _password_page(PasswordForm())


def _password_page(form: PasswordForm) -> str:
    return render_template("office/password.html", form=form, first=current_user.must_change_password)


@bp.post("/account/password", act=Act.KEEP_OWN_ACCOUNT)
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if not form.validate_on_submit():
        return _password_page(form), 422
    try:
        sessions.change_password(current_user, form.old.data, form.new.data, at=time.machine_now())
    except NotPermitted as refusal:
        form.old.errors = [said(refusal.sentence)]
        return _password_page(form), refusal.status
    except Incomplete as refusal:
        form.new.errors = [said(refusal.sentence)]
        return _password_page(form), refusal.status
    db.session.commit()
    flash(_("密码已更改，其他各处的登录都已结束。"))
    return redirect(url_for("office.home"))


@bp.post("/account/end-others", act=Act.KEEP_OWN_ACCOUNT)
def end_others() -> ResponseReturnValue:
    sessions.end_others(current_user, at=time.machine_now())
    db.session.commit()
    flash(_("其他各处的登录都已结束。"))
    return redirect(url_for(".account"))


@bp.post("/account/declare-kin", act=Act.DECLARE_KIN)
def declare_kin() -> ResponseReturnValue:
    form = KinForm()
    if not form.validate_on_submit():
        return _account_page(form), 422
    roster.declare_kin(current_user, form.name.data, form.relation.data, at=time.now())
    db.session.commit()
    flash(_("已申报，由另一人核实后据以回避。"))
    return redirect(url_for(".account"))


@bp.post("/account/take-leave", act=Act.TAKE_LEAVE)
def take_leave() -> ResponseReturnValue:
    mates = duty.colleagues_of(current_user)
    form = LeaveForm(prefix="leave").over(mates)
    if not form.validate_on_submit():
        return _account_page(KinForm(None), form), 422
    mate = next((mate for mate in mates if mate.key == form.substitute.data), None)
    try:
        duty.take_leave(current_user, form.since.data, form.until.data, mate, by=current_user, at=time.now())
    except Incomplete as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return _account_page(KinForm(None), form), refusal.status
    db.session.commit()
    flash(_("休假已登记。来件和催办由在岗人员接收，回避和查阅权限不变。"))
    return redirect(url_for(".account"))


@bp.post("/account/leaves/<key>/come-back", act=Act.TAKE_LEAVE)
def come_back(key: str) -> ResponseReturnValue:
    leave: Leave = db.one_or_404(select(Leave).where(Leave.key == key, Leave.officer_id == current_user.id))
    duty.come_back(leave, by=current_user, at=time.now())
    db.session.commit()
    flash(_("已销假。"))
    return redirect(url_for(".account"))
