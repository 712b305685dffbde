"""A table at the counter as a sheet: rows with all their columns, saved one at a time."""

from dataclasses import replace

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError

from tipline.kit.db import db
from tipline.kit.errors import NotNow, Refused
from tipline.office.charter import Act
from tipline.office.time import now, today
from tipline.screening import editing, operations, pages, queries, rules
from tipline.screening.editing import Typed
from tipline.screening.forms import tidied
from tipline.screening.models import ScreeningRecord
from tipline.screening.views import bp, own_table, rows_of, seen_record

CELL = "cell-"


@bp.get("/tables/<population>/<town>/sheet", act=Act.AMEND_SCREENING)
def sheet(population: str, town: str) -> ResponseReturnValue:
    """Without script every row leads to its form."""
    of = own_table(population, town)
    filters, page = rows_of(of)
    paper = queries.submission_of(of.town, of.population, of.notice)
    return render_template(
        "screening/sheet.html",
        of=of,
        page=page,
        filters=filters,
        sheet=editing.sheet_of(of, [record for record, _ in page.rows], current_user),
        writes=Act.AMEND_SCREENING in pages.acts_on(paper, of, current_user, today()),
    )


@bp.post("/records/<key>/amend-cells", act=Act.AMEND_SCREENING)
def amend_cells(key: str) -> ResponseReturnValue:
    """The row as it stands afterwards; what could not be saved is still in it, with the reason beside it."""
    record = seen_record(key)
    words = {name.removeprefix(CELL): tidied(said) for name, said in request.form.items() if name.startswith(CELL)}
    typed = editing.read(operations.table_of(record), record, words, today())
    if typed.faults:
        return row(record, typed), 422
    try:
        save(record, typed, request.form.get("knew", 0, type=int))
    except StaleDataError:
        refusal: Refused = NotNow("刚才有人改过这一户，请看过现状再改。")
    except Refused as against:
        refusal = against
    else:
        return row(seen_record(key))
    db.session.rollback()
    return row(seen_record(key), typed, refusal), refusal.status


def save(record: ScreeningRecord, typed: Typed, knew: int) -> None:
    """Cells that say what stands already are no change."""
    if rules.differing(record.values, typed.values):
        operations.amend(record, typed.values, knew=knew, by=current_user, at=now())
        db.session.commit()


def row(record: ScreeningRecord, typed: Typed | None = None, refusal: Refused | None = None) -> str:
    of = operations.table_of(record)
    drawn = editing.sheet_of(of, [record], current_user, typed)
    (line,) = drawn.lines
    line = replace(line, refusal=refusal.sentence if refusal else None)
    return render_template("screening/_saved_row.html", of=of, sheet=drawn, line=line)
