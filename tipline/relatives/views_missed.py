"""Households that may have been missed, at the counter: whom to visit, and what came of it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound
from tipline.office.charter import Act
from tipline.office.frame import said
from tipline.office.queries import lines
from tipline.office.time import now
from tipline.relatives import missed, pages_hits, queries
from tipline.relatives.forms import VisitForm
from tipline.relatives.missed import Missed, Said
from tipline.relatives.views import bp


@bp.get("/missed", act=Act.READ_MISSED)
def missed_list() -> ResponseReturnValue:
    source = request.args.get("source", "")
    source = source if source in missed.SOURCES else missed.LISTED
    shown = "visited" if request.args.get("show") == "visited" else ""
    town = request.args.get("town", "")
    rows = missed.narrowed(missed.of_source(current_user, source), source, shown)
    rows = rows.where(missed.of_town(source, town))
    page = queries.page(rows, missed.kind_of(source), request.args.get("after", ""))
    return render_template(
        "relatives/missed.html",
        page=page,
        lines=pages_hits.needs(page.rows, source, current_user),
        source=source,
        shown=shown,
        tally=missed.tally(current_user, town),
        town=town,
    )


@bp.get("/missed/<source>/<key>", act=Act.READ_MISSED)
def missed_one(source: str, key: str) -> ResponseReturnValue:
    return one_page(source, seen_missed(source, key), VisitForm(None))


@bp.post("/missed/<source>/<key>/visit", act=Act.VISIT_MISSED)
def visit(source: str, key: str) -> ResponseReturnValue:
    household, form = seen_missed(source, key), VisitForm()
    if not form.validate_on_submit():
        return one_page(source, household, form), 422
    told = Said(form.visited_on.data, form.outcome.data, form.note.data)
    try:
        missed.visit(household, told, by=current_user, at=now())
    except Incomplete as refusal:
        db.session.rollback()
        form.visited_on.errors = [said(refusal.sentence)]
        return one_page(source, seen_missed(source, key), form), 422
    db.session.commit()
    flash(_("走访已登记。"))
    return redirect(url_for(".missed_list", source=source))


def seen_missed(source: str, key: str) -> Missed:
    try:
        return missed.one(current_user, source, key)
    except NotFound:
        abort(404)


def one_page(source: str, household: Missed, form: VisitForm) -> str:
    (need,) = pages_hits.needs([household], source, current_user)
    return render_template(
        "relatives/need.html",
        need=need,
        source=source,
        visits=pages_hits.visits_of(household),
        form=form if current_user.may(Act.VISIT_MISSED) else None,
        history=lines(queries.history(household.ref)),
    )
