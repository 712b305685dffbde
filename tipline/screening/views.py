"""Screening at the counter: totals, one table, handing in a workbook, one household."""

import io

from flask import Response, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from tipline.kit import sheets
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.office import editions, roster
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.queries import lines
from tipline.office.steps import Kept, Steps, blank_forms
from tipline.office.time import now, today
from tipline.screening import answering as _answering  # noqa: F401 (duties are asked of this room too)
from tipline.screening import exporting, full_exports, operations, pages, queries, workbook
from tipline.screening.forms import ReasonForm, RecordForm, StepForm, UploadForm, record_form
from tipline.screening.models import ScreeningRecord, ScreeningUpload
from tipline.screening.operations import Table
from tipline.screening.views_handing_in import HandingIn
from tipline.screening.workbook import Handed

bp = Doors("screening", __name__, url_prefix="/screening", by_campaign=True)

FILTERS = ("conclusion", "gap", "steps", "village")
FORMS = {Act.RETURN_TABLE: (ReasonForm, "return"), Act.ASK_FULL_EXPORT: (ReasonForm, "full")}


@bp.get("/", act=Act.READ_SCREENING_TOTALS, listed=True)
def index() -> ResponseReturnValue:
    return render_template(
        "screening/index.html",
        sums=pages.sums_of(current_user, editions.notice()),
        states=pages.states_of(current_user),
        exports=full_exports.open_to(current_user, now()),
    )


@bp.get("/tables/<population>/<town>", act=Act.READ_SCREENING)
def table(population: str, town: str) -> ResponseReturnValue:
    return table_page(seen_table(population, town))


def rows_of(of: Table) -> tuple[dict[str, str], queries.Page]:
    """The part of a table that the address asks for."""
    filters = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    rows = queries.narrowed(queries.table(current_user, of.town, of.population), filters, of.population, of.notice)
    return filters, queries.page(rows, after=request.args.get("after", ""), before=request.args.get("before", ""))


def table_page(of: Table, kept: Kept | None = None) -> str:
    """One town's table: how it stands, what may be done with it, and its rows."""
    filters, page = rows_of(of)
    columns, lines = pages.listed(of, page, current_user)
    paper = queries.submission_of(of.town, of.population, of.notice)
    acts = pages.acts_on(paper, of, current_user, today())
    return render_template(
        "screening/table.html",
        of=of,
        page=page,
        columns=columns,
        lines=lines,
        filters=filters,
        gates=of.notice.screening.gates,
        steps=pages.steps_of(of),
        villages=roster.villages(of.town.place_code),
        uploads=queries.waiting(current_user, of.town, of.population),
        paper=paper,
        acts=acts,
        forms=blank_forms(FORMS, acts, kept),
    )


@bp.get("/tables/<population>/<town>/upload", act=Act.UPLOAD_SCREENING)
def upload_sheet(population: str, town: str) -> ResponseReturnValue:
    return upload_page(own_table(population, town), UploadForm())


@bp.post("/tables/<population>/<town>/upload", act=Act.UPLOAD_SCREENING, receives=True)
def upload(population: str, town: str) -> ResponseReturnValue:
    """Read the workbook through, and keep it until its town says yes; what is no table at all is not kept."""
    form = UploadForm()
    if not form.validate_on_submit():
        return upload_page(own_table(population, town), form), 422
    try:
        read_through(form.content(), own_table(population, town))
    except Incomplete as refusal:
        db.session.rollback()
        form.workbook.errors = [said(refusal.sentence)]
        return upload_page(own_table(population, town), form), 422
    of = own_table(population, town)
    handed = operations.upload(of, form.keep(), form.name, by=current_user, at=now())
    where = url_for(".preview", key=handed.key)
    db.session.commit()
    # a page that shows how far the file has come goes on by itself: the next one reads the whole table again
    return Response(status=201, headers={"Location": where}) if "X-Progress" in request.headers else redirect(where)


@bp.post("/tables/<population>/<town>/export", act=Act.EXPORT_SCREENING)
def export(population: str, town: str) -> ResponseReturnValue:
    of = seen_table(population, town)
    file, name = exporting.export(of, by=current_user, at=now()), f"{of.population.annex.zh}-{of.town.name}"
    db.session.commit()
    return send_file(io.BytesIO(file), sheets.MIME, as_attachment=True, download_name=f"{name}-{today():%Y%m%d}.xlsx")


@bp.get("/records/<key>", act=Act.READ_SCREENING)
def show(key: str) -> ResponseReturnValue:
    return record_page(seen_record(key))


@bp.post("/records/<key>/amend", act=Act.AMEND_SCREENING)
def amend(key: str) -> ResponseReturnValue:
    form = household_form(seen_record(key))

    def deed(record: ScreeningRecord) -> None:
        operations.amend(record, form.values, knew=int(form.knew.data), by=current_user, at=now())

    return at_counter.filled(key, Act.AMEND_SCREENING, form, deed)


@bp.post("/records/<key>/check-step", act=Act.CHECK_STEP)
def check_step(key: str) -> ResponseReturnValue:
    steps = pages.steps_of(operations.table_of(seen_record(key))) or abort(404)
    form = StepForm(prefix="step").for_steps(steps)

    def deed(record: ScreeningRecord) -> None:
        said_of = {name: form[name].data for name in ("done_on", "handler", "reference")}
        operations.check_step(record, form.step.data, **said_of, by=current_user, at=now())

    return at_counter.filled(key, Act.CHECK_STEP, form, deed)


@bp.post("/records/<key>/reveal", act=Act.REVEAL_IDENTITY)
def reveal(key: str) -> ResponseReturnValue:
    """The identity number, on this one answer and no other."""
    record, form = seen_record(key), ReasonForm(prefix="reveal")
    if not form.validate_on_submit():
        return record_page(record, (Act.REVEAL_IDENTITY, form)), 422
    number = operations.reveal(record, reason=form.reason.data, by=current_user, at=now())
    db.session.commit()
    return record_page(seen_record(key), revealed=number)


def seen_table(population: str, town: str) -> Table:
    """The table, or a 404 for whoever may not look at that town's."""
    notice = editions.notice()
    office = next((one for one in queries.towns_seen_by(current_user) if one.place_code == town), None)
    listed = next((one for one in notice.screening.populations if one.key == population), None)
    return Table(office or abort(404), listed or abort(404), notice)


def own_table(population: str, town: str) -> Table:
    """The table of the officer's own office, or a 404."""
    of = seen_table(population, town)
    if not queries.keeps(current_user, of.town):
        abort(404)
    return of


def seen_upload(key: str) -> ScreeningUpload:
    handed: ScreeningUpload = db.one_or_404(
        queries.uploads_visible_to(current_user).where(ScreeningUpload.key == key, ScreeningUpload.file.is_not(None))
    )
    return handed


def seen_record(key: str) -> ScreeningRecord:
    record: ScreeningRecord = db.one_or_404(queries.record_of(current_user, key))
    return record


def read_through(content: bytes, of: Table) -> Handed:
    return workbook.read(content, queries.known_of(of.town, of.population, of.notice, today()))


def address_of(of: Table) -> str:
    return url_for(".table", population=of.population.key, town=of.town.place_code)


def upload_page(of: Table, form: UploadForm) -> str:
    columns = of.notice.screening.columns_of(of.population.key)
    return render_template("screening/upload.html", of=of, form=form, columns=columns)


def household_form(record: ScreeningRecord, *, typed: bool = True) -> RecordForm:
    of = operations.table_of(record)
    known = queries.known_of(of.town, of.population, of.notice, today())
    villages = {place.code: place.name for place in roster.villages(of.town.place_code)}
    writer = queries.writer_of(of.population, of.notice)
    return record_form(known, writer, record.values, record.version, villages, typed=typed)


def record_page(record: ScreeningRecord, kept: Kept | None = None, *, revealed: str = "") -> str:
    """One household: what it says, what it lacks, the papers of its steps, what it said before."""
    of, values = operations.table_of(record), record.values
    paper = queries.submission_of(of.town, of.population, of.notice)
    acts = pages.acts_on(paper, of, current_user, today())
    forms: dict[Act, FlaskForm] = {}
    if Act.AMEND_SCREENING in acts:
        forms[Act.AMEND_SCREENING] = household_form(record, typed=False)
    if Act.CHECK_STEP in acts and pages.steps_of(of):
        forms[Act.CHECK_STEP] = StepForm(None, prefix="step").for_steps(pages.steps_of(of))
    if current_user.may(Act.REVEAL_IDENTITY):
        forms[Act.REVEAL_IDENTITY] = ReasonForm(None, prefix="reveal")
    return render_template(
        "screening/record.html",
        record=record,
        of=of,
        facts=pages.facts(of, values, current_user),
        gaps=pages.gaps_of(record, of.notice),
        papers=pages.papers(record, of),
        forms=forms | (dict([kept]) if kept else {}),
        revealed=revealed,
        locked=paper.state if paper and paper.is_locked else None,
        earlier=[(one, pages.changes(of, one, later, current_user)) for one, later in pages.pairs(record)],
        history=lines(queries.history(record), with_notes=False),
    )


at_counter = Steps(seen_record, record_page, lambda record: url_for("screening.show", key=record.key))

HandingIn(
    operations=operations,
    template="screening/preview.html",
    seen=seen_upload,
    read=read_through,
    names=lambda of: {column.key: column.name for column in of.notice.screening.columns},
    address=address_of,
    entered=lambda tally: _(
        "已导入：新增%(new)s户，变动%(changed)s户，无变动%(same)s户，有错未导入%(wrong)s行。", **tally
    ),
).hang(bp, importing=Act.IMPORT_SCREENING, dropping=Act.DROP_SCREENING)
