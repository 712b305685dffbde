"""The counter, one's own account: password, signed-in browsers, declared relatives."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.office import roster, sessions, time
from tipline.office.charter import Act
from tipline.office.counter import bp
from tipline.office.forms import KinForm, PasswordForm
from tipline.office.frame import said


@bp.get("/account", act=Act.KEEP_OWN_ACCOUNT)
def account() -> ResponseReturnValue:
    return _account_page(KinForm())


def _account_page(form: KinForm) -> str:
    at = time.machine_now()
    return render_template(
        "office/account.html",
        form=form,
        browsers=sessions.live(current_user, at),
        here=sessions.current(at),
        declared=roster.declared(current_user),
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
