"""The counter of saved views: kept, renamed, shared with one's office, deleted; and one's own columns."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.leads import columns, ledger, saved
from tipline.leads.forms import ViewForm
from tipline.leads.models import LedgerView
from tipline.leads.views import ledger_page
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.time import now

bp = Doors("saved_views", __name__, url_prefix="/leads/views")


@bp.post("/save", act=Act.SAVE_VIEW)
def save() -> ResponseReturnValue:
    return _named(
        ViewForm(prefix="view"),
        lambda name: saved.save(name, request.form, by=current_user, at=now()),
        _("视图已保存。"),
    )


@bp.post("/<key>/rename", act=Act.RENAME_VIEW)
def rename(key: str) -> ResponseReturnValue:
    view = saved.own(current_user, key)

    def deed(name: str) -> LedgerView:
        saved.rename(view, name, by=current_user, at=now())
        return view

    return _named(ViewForm(prefix="rename"), deed, _("视图已改名。"))


def _named(form: ViewForm, deed: Callable[[str], LedgerView], told: str) -> ResponseReturnValue:
    """A deed that gives a name; or the ledger as it stood, with the name and the reason."""
    if not form.validate_on_submit():
        return ledger_page(request.form, kept=form), 422
    try:
        view = deed(form.name.data or "")
    except Incomplete as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return ledger_page(request.form, kept=form), refusal.status
    return _done(view.address, told)


@bp.post("/<key>/share", act=Act.SHARE_VIEW)
def share(key: str) -> ResponseReturnValue:
    view = saved.own(current_user, key)
    saved.share(view, by=current_user, at=now())
    return _done(view.address, _("已共享给本单位；各人看到的仍是各人能看的线索。"))


@bp.post("/<key>/unshare", act=Act.UNSHARE_VIEW)
def unshare(key: str) -> ResponseReturnValue:
    view = saved.shared(current_user, key)
    saved.unshare(view, by=current_user, at=now())
    return _done(view.address, _("已不再共享。"))


@bp.post("/<key>/delete", act=Act.DELETE_VIEW)
def delete(key: str) -> ResponseReturnValue:
    view = saved.own(current_user, key)
    saved.delete(view, by=current_user, at=now())
    return _done({}, _("视图已删除，线索不受影响。"))


@bp.post("/choose-columns", act=Act.READ_LEDGER)
def choose_columns() -> ResponseReturnValue:
    """The columns that were ticked, in the order in which they stood; or with one of them a place further."""
    chosen, moving = columns.known(request.form.getlist("column")), ""
    for button, step in (("up", -1), ("down", 1)):
        if button in request.form:
            moving = request.form[button]
            chosen = columns.moved(chosen, moving, step)
    if "usual" in request.form:
        chosen = columns.USUAL
    saved.choose_columns(chosen, by=current_user)
    db.session.commit()
    back: dict[str, Any] = ledger.asked(request.form) | ledger.order_of(request.form)
    if moving in columns.NAMES:
        back["moved"] = moving
    return redirect(url_for("leads.index", **back))


def _done(address: Mapping[str, Any], told: str) -> ResponseReturnValue:
    there = url_for("leads.index", **address)
    db.session.commit()
    flash(told)
    return redirect(there)
