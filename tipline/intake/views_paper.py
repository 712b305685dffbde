"""Numbered sheets of paper: printed and handed out, entered afterwards or void, and their register."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from tipline.intake import paper, views
from tipline.intake.forms_paper import HandOutForm
from tipline.intake.lifecycle import SheetState
from tipline.intake.models import PaperSheet
from tipline.intake.views import bp
from tipline.kit.db import db
from tipline.leads import queries as ledger
from tipline.leads.forms import ReasonForm
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.time import now

ROWS_ON_PAPER = 3
"""So many people fit on one sheet; further ones go on a second sheet."""


@bp.get("/paper", act=Act.READ_SHEETS, listed=True)
def paper_register() -> ResponseReturnValue:
    return _register_page(_hand_out_form())


@bp.post("/paper/hand-out", act=Act.HAND_OUT_SHEETS)
def hand_out() -> ResponseReturnValue:
    form = _hand_out_form()
    if not form.validate_on_submit():
        return _register_page(form), 422
    to = next(one for one in paper.colleagues(current_user) if one.key == form.to.data)
    sheets = paper.hand_out(form.number.data or 0, to, by=current_user, at=now())
    db.session.commit()
    return redirect(url_for(".paper_batch", key=sheets[0].batch))


def _hand_out_form() -> HandOutForm:
    return HandOutForm(prefix="out").over(paper.colleagues(current_user), current_user)


def _register_page(form: HandOutForm) -> str:
    standing = request.args.get("standing", "")
    page = paper.register(current_user, standing, request.args.get("after", ""))
    return render_template("intake/paper.html", page=page, standing=standing, form=form, all=list(paper.Standing))


@bp.get("/paper/batches/<key>", act=Act.READ_SHEETS)
def paper_batch(key: str) -> ResponseReturnValue:
    """Those that were printed together and are still blank, each on a page of its own."""
    sheets = paper.batch_of(key, current_user) or abort(404)
    blank = [sheet for sheet in sheets if sheet.state is SheetState.BLANK]
    return render_template(
        "intake/paper_print.html", sheets=sheets, blank=blank, notice=editions.notice(), people=range(ROWS_ON_PAPER)
    )


@bp.get("/paper/<key>", act=Act.ENTER_SHEET)
def paper_sheet(key: str) -> ResponseReturnValue:
    """A blank sheet opens as a call sheet; of a settled one stands here what its reader may know."""
    sheet = _seen(key)
    if sheet.state is SheetState.BLANK:
        return views.sheet_page(views.form_on(sheet), aside=ReasonForm(prefix="aside"))
    return _settled_page(sheet)


@bp.post("/paper/<key>/void", act=Act.VOID_SHEET)
def void_sheet(key: str) -> ResponseReturnValue:
    sheet, form = _seen(key), ReasonForm(prefix="aside")
    if not form.validate_on_submit():
        if sheet.state is not SheetState.BLANK:
            return _settled_page(sheet), 409
        (call := views.form_on(sheet, MultiDict())).begin()
        return views.sheet_page(call, aside=form), 422
    paper.void(sheet, reason=form.reason.data or "", by=current_user, at=now())
    db.session.commit()
    flash(_("%(number)s已作废。", number=sheet.number))
    return redirect(url_for(".paper_register"))


def _seen(key: str) -> PaperSheet:
    return paper.named(key, current_user) or abort(404)


def _settled_page(sheet: PaperSheet) -> str:
    mine = sheet.settled_by_id == current_user.id
    lead = sheet.lead if mine and sheet.lead and ledger.is_visible(current_user, sheet.lead) else None
    return render_template("intake/paper_settled.html", sheet=sheet, mine=mine, lead=lead)
