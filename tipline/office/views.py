"""The office's own counter: in, out, and the language; its other doors are in the modules beside it."""

from itertools import groupby
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tipline.kit.db import db
from tipline.kit.errors import NotPermitted
from tipline.office import (
    roster,
    sessions,
    time,
    views_account,
    views_calendar,
    views_components,
    views_leaving,
    views_lists,
    views_roster,
    views_rules,
    views_trail,
)
from tipline.office.charter import Act, Role
from tipline.office.counter import bp
from tipline.office.forms import SignInForm
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.powers import PUBLIC

WINGS = (
    views_account,
    views_calendar,
    views_components,
    views_leaving,
    views_lists,
    views_roster,
    views_rules,
    views_trail,
)
"""Imported so that their doors hang on the counter."""

ROLES = list(Role)


@bp.get("/", act=Act.READ_DESK)
def home() -> ResponseReturnValue:
    return redirect(url_for("desk.index"))


@bp.get("/healthz", act=PUBLIC)
def health() -> ResponseReturnValue:
    return "ok", 200, {"Content-Type": "text/plain"}


@bp.get("/sign-in", act=PUBLIC)
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for(".home"))
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
        db.session.commit()  # a failed try stays in the trail
        form.password.errors = [said(refusal.sentence)]
        return _sign_in_page(form), refusal.status
    first = officer.must_change_password
    db.session.commit()
    return redirect(url_for(".password") if first else within(form.next.data))


def _sign_in_page(form: SignInForm) -> str:
    """In a rehearsal the page says who can be played; a real one names nobody."""
    everybody = sorted(roster.officers(), key=_by_role) if time.rehearsing() else []
    players = [(role, list(officers)) for role, officers in groupby(everybody, key=lambda officer: officer.role)]
    password = current_app.config.get("DEMO_PASSWORD")
    return render_template("office/sign_in.html", form=form, players=players, password=password)


def _by_role(officer: Officer) -> tuple[int, int]:
    return ROLES.index(officer.role), officer.office_id


def within(path: str | None) -> str:
    """Only a page of this house that can be opened with a GET; never another host, never a deed."""
    home = url_for("office.home")
    if not path or not path.startswith("/") or "\\" in path or not path.isprintable():
        return home
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or path.startswith("//"):
        return home
    try:
        current_app.url_map.bind("house").match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return home
    return path


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
    return redirect(within(request.form.get("back")))
