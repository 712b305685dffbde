"""A table in full at the counter: asked for, allowed or not by somebody else, taken away once."""

import io
from typing import Any

from flask import redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.kit import sheets
from tipline.kit.db import db
from tipline.office.charter import Act
from tipline.office.steps import Kept, Steps, blank_forms
from tipline.office.time import now, today
from tipline.screening import full_exports, operations
from tipline.screening.forms import ReasonForm
from tipline.screening.lifecycle import EXPORT_LIFE
from tipline.screening.models import FullExport
from tipline.screening.views import bp, seen_table, table_page

FORMS = {Act.DECLINE_FULL_EXPORT: (ReasonForm, "decline")}


def seen(key: str) -> FullExport:
    paper: FullExport = db.one_or_404(full_exports.visible_to(current_user).where(FullExport.key == key))
    return paper


def page(paper: FullExport, kept: Kept | None = None) -> str:
    lapsed = full_exports.has_lapsed(paper, now())
    acts = [] if lapsed else [act for act in EXPORT_LIFE.open_acts(paper.state) if _may(act, paper)]
    return render_template(
        "screening/full_export.html",
        paper=paper,
        of=operations.table_of(paper),
        lapsed=lapsed,
        acts=acts,
        forms=blank_forms(FORMS, acts, kept, paper),
    )


def _may(act: Act, paper: FullExport) -> bool:
    mine = paper.asked_by_id == current_user.id
    return current_user.may(act) and mine is (act is Act.FETCH_FULL_EXPORT)


at_counter = Steps(seen, page, lambda paper: url_for(".full_export", key=paper.key), FORMS)


@bp.post("/tables/<population>/<town>/ask-full-export", act=Act.ASK_FULL_EXPORT)
def ask_full_export(population: str, town: str) -> ResponseReturnValue:
    of, form = seen_table(population, town), ReasonForm(prefix="full")
    if not form.validate_on_submit():
        return table_page(of, (Act.ASK_FULL_EXPORT, form)), 422
    paper = full_exports.ask(of, reason=form.reason.data, by=current_user, at=now())
    where = url_for(".full_export", key=paper.key)
    db.session.commit()
    return redirect(where)


@bp.get("/full-exports/<key>", act=Act.READ_FULL_EXPORT)
def full_export(key: str) -> ResponseReturnValue:
    return page(seen(key))


@at_counter.door(bp, Act.ALLOW_FULL_EXPORT, "/full-exports/<key>/allow")
def allow_full_export(paper: FullExport, **whose: Any) -> None:
    full_exports.allow(paper, **whose)


@at_counter.door(bp, Act.DECLINE_FULL_EXPORT, "/full-exports/<key>/decline")
def decline_full_export(paper: FullExport, form: ReasonForm, **whose: Any) -> None:
    full_exports.decline(paper, reason=form.reason.data, **whose)


@bp.post("/full-exports/<key>/fetch", act=Act.FETCH_FULL_EXPORT)
def fetch_full_export(key: str) -> ResponseReturnValue:
    """The file goes out with the line that tells of it; a second time there is none."""
    paper = seen(key)
    content = full_exports.fetch(paper, by=current_user, at=now())
    of = operations.table_of(paper)
    name = f"{of.population.annex.zh}-{of.town.name}-{today():%Y%m%d}.xlsx"
    db.session.commit()
    return send_file(io.BytesIO(content), sheets.MIME, as_attachment=True, download_name=name)
