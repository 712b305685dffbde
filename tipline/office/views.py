"""The office's own counter: signing in and out, language, roster, calendar, trail."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.kit.errors import NotPermitted
from tipline.office import roster, sessions, time
from tipline.office.charter import PUBLIC, Act
from tipline.office.doors import Doors
from tipline.office.forms import SignInForm
from tipline.office.frame import said

bp = Doors("office", __name__)


@bp.get("/", act=Act.READ_DESK)
def home() -> ResponseReturnValue:
    return redirect(url_for("desk.index"))


@bp.get("/healthz", act=PUBLIC)
def health() -> ResponseReturnValue:
    return "ok", 200, {"Content-Type": "text/plain"}


@bp.get("/sign-in", act=PUBLIC)
def sign_in() -> ResponseReturnValue:
    return _sign_in_page(SignInForm(next=request.args.get("next", "")))


@bp.post("/sign-in", act=PUBLIC)
def open_session() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form), 422
    try:
        officer = sessions.sign_in(
            form.login.data.strip(), form.password.data, address=request.remote_addr or "", at=time.machine_now()
        )
    except NotPermitted as refusal:
        db.session.commit()
        form.password.errors = [said(refusal.sentence)]
        return _sign_in_page(form), 403
    db.session.commit()
    if officer.must_change_password:
        return redirect(url_for(".password"))
    return redirect(_within(form.next.data))


def _sign_in_page(form: SignInForm) -> str:
    players = roster.officers() if time.rehearsing() else []
    return render_template("office/sign_in.html", form=form, players=players)


def _within(path: str | None) -> str:
    """Only a path of this house, never another host's."""
    if path and path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path and "\\" not in path:
        return path
    return url_for("office.home")


@bp.post("/sign-out", act=Act.SIGN_OUT)
def sign_out() -> ResponseReturnValue:
    sessions.sign_out(current_user, at=time.machine_now())
    db.session.commit()
    flash(_("已退出登录。"))
    response = redirect(url_for(".sign_in"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.post("/language", act=PUBLIC)
def language() -> ResponseReturnValue:
    chosen = "en" if request.form.get("language") == "en" else "zh"
    session["language"] = chosen
    if current_user.is_authenticated:
        current_user.language = chosen
        db.session.commit()
    return redirect(_within(request.form.get("back")))
