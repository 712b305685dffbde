"""Calls that nobody answered at the counter: entered, read in from a carrier's list, rung back."""

import base64
import binascii
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.hotline import calls, importing, pages, queries
from tipline.hotline.forms import CallForm, ListForm, RingBackForm
from tipline.hotline.models import MissedCall
from tipline.hotline.views import bp
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, Refused
from tipline.leads.forms import ReasonForm
from tipline.office.charter import Act
from tipline.office.frame import said
from tipline.office.steps import Kept, Steps
from tipline.office.time import now, today


def seen_call(key: str) -> MissedCall:
    """The call, or a 404 for whoever rings nobody back."""
    call: MissedCall = db.one_or_404(queries.calls_visible_to(current_user).where(MissedCall.key == key))
    return call


def call_page(call: MissedCall, kept: Kept | None = None) -> str:
    return pages.call(call, current_user, today(), kept)


of_calls = Steps(seen_call, call_page, lambda call: url_for(".call", key=call.key), pages.CALL_FORMS)


@bp.get("/calls", act=Act.READ_MISSED_CALLS)
def calls_missed() -> ResponseReturnValue:
    return pages.missed(current_user, today(), request.args.get("after", ""))


@bp.post("/calls/enter", act=Act.ENTER_MISSED_CALL)
def enter_call() -> ResponseReturnValue:
    lines = calls.lines_rung()
    form = CallForm(prefix="call").offering(lines)
    if not form.validate_on_submit():
        return pages.missed(current_user, today(), "", form), 422
    rang = form.rang(lines)
    try:
        calls.enter(rang, by=current_user, at=now())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return pages.missed(current_user, today(), "", form), refusal.status
    db.session.commit()
    flash(_("已登记。") if rang.caller else _("已登记；没有号码，不能回拨。"))
    return redirect(url_for(".calls_missed"))


@bp.get("/calls/import", act=Act.IMPORT_MISSED_CALLS)
def import_sheet() -> ResponseReturnValue:
    return pages.import_list(ListForm())


@bp.post("/calls/import", act=Act.IMPORT_MISSED_CALLS)
def import_calls() -> ResponseReturnValue:
    """First what each row would become; entered only when the same file comes back with a yes."""
    form, entering = ListForm(), "enter" in request.form
    try:
        content = _content(form, again=entering)
        report = importing.read_in(content, form.filename.data or "", by=current_user, at=now(), dry=not entering)
    except Incomplete as refusal:
        db.session.rollback()
        form.sheet.errors = [said(refusal.sentence)]
        return pages.import_list(form), 422
    if entering:
        db.session.commit()
    return pages.import_list(form, report, entered=entering)


def _content(form: ListForm, *, again: bool) -> bytes:
    """The file: uploaded the first time, then carried along by the page that asked."""
    if again:
        try:
            return base64.b64decode(form.content.data or "", validate=True)
        except binascii.Error:
            raise Incomplete("请选择表格文件。") from None
    upload = form.sheet.data
    if not upload:
        raise Incomplete("请选择表格文件。")
    content: bytes = upload.read(importing.LARGEST_PAGE + 1)
    if len(content) > importing.LARGEST_PAGE:
        raise Incomplete("文件太大，请分成几份。")
    form.content.data, form.filename.data = base64.b64encode(content).decode(), upload.filename
    return content


@bp.get("/calls/<key>", act=Act.READ_MISSED_CALLS)
def call(key: str) -> ResponseReturnValue:
    return call_page(seen_call(key))


@bp.post("/calls/<key>/see-caller", act=Act.SEE_CALLER)
def see_caller(key: str) -> ResponseReturnValue:
    """The number to ring back, on this one answer and no other."""
    number = calls.see_caller(seen_call(key), by=current_user, at=now())
    db.session.commit()
    return pages.call(seen_call(key), current_user, today(), caller=number)


@of_calls.door(bp, Act.TRY_RING_BACK, "/calls/<key>/try")
def try_again(call: MissedCall, **whose: Any) -> None:
    calls.try_again(call, **whose)


@of_calls.door(bp, Act.RING_BACK, "/calls/<key>/ring-back")
def ring_back(call: MissedCall, form: RingBackForm, **whose: Any) -> None:
    calls.ring_back(call, form.result.data, **whose)


@of_calls.door(bp, Act.LEAVE_CALL, "/calls/<key>/leave")
def leave(call: MissedCall, form: ReasonForm, **whose: Any) -> None:
    calls.leave(call, reason=form.reason.data, **whose)
