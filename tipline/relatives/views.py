"""The registers at the counter: what stands where, one register, handing in a workbook, one row."""

import io

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import Select

from tipline.kit import sheets
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, Refused
from tipline.law.registers import Part
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.queries import lines
from tipline.office.steps import Kept, Steps
from tipline.office.time import now, today
from tipline.relatives import exporting, operations, pages, queries
from tipline.relatives.forms import Forms, ListForm, VerifyForm
from tipline.relatives.models import RegisterEntry, RegisterUpload
from tipline.relatives.operations import Table
from tipline.screening import workbook
from tipline.screening.forms import ReasonForm, RecordForm, record_form
from tipline.screening.models import ScreeningRecord
from tipline.screening.views_handing_in import HandingIn
from tipline.screening.workbook import Handed

bp = Doors("relatives", __name__, url_prefix="/relatives", by_campaign=True)

FILTERS = ("show", "village")


@bp.get("/", act=Act.READ_REGISTERS, listed=True)
def index() -> ResponseReturnValue:
    seen = queries.registers_seen_by(current_user)
    towns, whole = pages.overview(current_user, today()) if seen else ([], [])
    registers = [one for one in seen if not one.whole]
    return render_template("relatives/index.html", towns=towns, whole=whole, registers=registers)


@bp.get("/registers/<register>/<place>", act=Act.READ_REGISTERS)
def table(register: str, place: str) -> ResponseReturnValue:
    of = seen_table(register, place)
    filters = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    rows = queries.narrowed(queries.table(current_user, of.register, of.office), filters, today())
    page = queries.page(rows, RegisterEntry, request.args.get("after", ""))
    return render_template(
        "relatives/table.html",
        of=of,
        page=page,
        columns=pages.in_list(of.register),
        lines=pages.listed(of, page.rows, current_user, today()),
        filters=filters,
        villages=villages_of(of),
        mine=queries.keeps(current_user, of.register, of.office),
        uploads=list(db.session.scalars(waiting_here(of))),
        latest=queries.latest_list(of.register, of.office),
        verifies=Part.VERIFIED in of.register.parts,
        months=queries.kinship().verify_months,
    )


@bp.get("/registers/<register>/<place>/upload", act=Act.UPLOAD_REGISTER)
def upload_sheet(register: str, place: str) -> ResponseReturnValue:
    return upload_page(own_table(register, place), ListForm())


@bp.post("/registers/<register>/<place>/upload", act=Act.UPLOAD_REGISTER, receives=True)
def upload(register: str, place: str) -> ResponseReturnValue:
    """Read the workbook through, and keep it until a yes; what is no list at all is not kept."""
    form = ListForm()
    if not form.validate_on_submit():
        return upload_page(own_table(register, place), form), 422
    try:
        read_through(form.content(), own_table(register, place))
        of = own_table(register, place)
        said_of = form.name, form.source.data, form.dated.data
        handed = operations.upload(of, form.keep(), *said_of, by=current_user, at=now())
    except Incomplete as refusal:
        db.session.rollback()
        form.workbook.errors = [said(refusal.sentence)]
        return upload_page(own_table(register, place), form), 422
    key = handed.key
    db.session.commit()
    return redirect(url_for(".preview", key=key))


@bp.post("/registers/<register>/<place>/export", act=Act.EXPORT_REGISTER)
def export(register: str, place: str) -> ResponseReturnValue:
    of = seen_table(register, place)
    file, name = exporting.export(of, by=current_user, at=now()), f"{of.register.name.zh}-{of.office.name}"
    db.session.commit()
    return send_file(io.BytesIO(file), sheets.MIME, as_attachment=True, download_name=f"{name}-{today():%Y%m%d}.xlsx")


@bp.get("/registers/<register>/<place>/new", act=Act.AMEND_REGISTER)
def new(register: str, place: str) -> ResponseReturnValue:
    of = own_table(register, place)
    return render_template("relatives/new.html", of=of, form=row_form(of, typed=False))


@bp.post("/registers/<register>/<place>/add", act=Act.AMEND_REGISTER)
def add(register: str, place: str) -> ResponseReturnValue:
    of = own_table(register, place)
    form = row_form(of)
    if not form.validate_on_submit():
        return render_template("relatives/new.html", of=of, form=form), 422
    try:
        entry = operations.add(of, form.values, form.lengthened, by=current_user, at=now())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return render_template("relatives/new.html", of=own_table(register, place), form=form), refusal.status
    key = entry.key
    db.session.commit()
    flash(_("已登记。"))
    return redirect(url_for(".show", key=key))


@bp.get("/unfiled", act=Act.READ_FILINGS)
def unfiled() -> ResponseReturnValue:
    """Households that their town calls a cadre's relatives, and that nobody filed."""
    town = request.args.get("town", "")
    rows = queries.unfiled(current_user).where(queries.of_town(ScreeningRecord.office_id, town))
    page = queries.page(rows, ScreeningRecord, request.args.get("after", ""))
    lines_ = pages.unfiled_lines(page.rows, current_user)
    return render_template("relatives/unfiled.html", page=page, lines=lines_, town=town)


@bp.get("/entries/<key>", act=Act.READ_REGISTERS)
def show(key: str) -> ResponseReturnValue:
    return entry_page(seen_entry(key))


@bp.post("/entries/<key>/amend", act=Act.AMEND_REGISTER)
def amend(key: str) -> ResponseReturnValue:
    entry = kept_entry(key)
    form = row_form(operations.table_of(entry), entry)

    def deed(entry: RegisterEntry) -> None:
        operations.amend(entry, form.values, form.lengthened, knew=int(form.knew.data), by=current_user, at=now())

    return at_counter.filled(key, Act.AMEND_REGISTER, form, deed)


@bp.post("/entries/<key>/verify", act=Act.VERIFY_FILING)
def verify(key: str) -> ResponseReturnValue:
    if Part.VERIFIED not in operations.table_of(kept_entry(key)).register.parts:
        abort(404)
    form = VerifyForm(prefix="verify")

    def deed(entry: RegisterEntry) -> None:
        words = {"on": form.on.data, "note": form.note.data}
        operations.verify(entry, form.result.data, **words, by=current_user, at=now())

    return at_counter.filled(key, Act.VERIFY_FILING, form, deed)


@bp.post("/entries/<key>/reveal", act=Act.REVEAL_LISTED)
def reveal(key: str) -> ResponseReturnValue:
    """The identity numbers, on this one answer and no other."""
    entry, form = seen_entry(key), ReasonForm(prefix="reveal")
    if not form.validate_on_submit():
        return entry_page(entry, (Act.REVEAL_LISTED, form)), 422
    numbers = operations.reveal(entry, reason=form.reason.data, by=current_user, at=now())
    db.session.commit()
    return entry_page(seen_entry(key), revealed=numbers)


def seen_table(register: str, place: str) -> Table:
    """The register of that place, or a 404 for whoever may not look at it."""
    listed = next((one for one in queries.registers_seen_by(current_user) if one.key == register), None) or abort(404)
    tables = [Table(listed, office) for office in queries.offices_of(listed, current_user)]
    return next((one for one in tables if one.place == place), None) or abort(404)


def own_table(register: str, place: str) -> Table:
    """The same for whoever keeps it, or a 404."""
    of = seen_table(register, place)
    if not queries.keeps(current_user, of.register, of.office):
        abort(404)
    return of


def seen_upload(key: str) -> RegisterUpload:
    handed: RegisterUpload = db.one_or_404(queries.uploads_visible_to(current_user).where(RegisterUpload.key == key))
    return handed


def seen_entry(key: str) -> RegisterEntry:
    entry: RegisterEntry = db.one_or_404(queries.entry_of(current_user, key))
    return entry


def kept_entry(key: str) -> RegisterEntry:
    """The row, or a 404 for whoever does not keep its register."""
    entry = seen_entry(key)
    of = operations.table_of(entry)
    if not queries.keeps(current_user, of.register, of.office):
        abort(404)
    return entry


def waiting_here(of: Table) -> Select[RegisterUpload]:
    mine = queries.uploads_visible_to(current_user)
    return mine.where(RegisterUpload.register == of.register.key, RegisterUpload.office_id == of.office.id)


def read_through(content: bytes, of: Table) -> Handed:
    return workbook.read(content, queries.known_of(of.register, of.office, today()))


def address_of(of: Table) -> str:
    return url_for(".table", register=of.register.key, place=of.place)


def upload_page(of: Table, form: ListForm) -> str:
    columns = queries.columns_of(of.register)
    return render_template("relatives/upload.html", of=of, form=form, columns=columns)


def villages_of(of: Table) -> list[tuple[str, str]]:
    """The villages a row may name; for the district each with its town."""
    if not of.register.whole:
        return [(place.code, place.name) for place in roster.villages(of.place)]
    towns = {town.code: town.name for town in roster.towns()}
    return [(one.code, f"{towns.get(one.parent_code or '', '')}{one.name}") for one in roster.villages()]


def row_form(of: Table, entry: RegisterEntry | None = None, *, typed: bool = True) -> RecordForm:
    known = queries.known_of(of.register, of.office, today())
    values, version = (entry.values, entry.version) if entry else ({}, 0)
    writer = queries.writer_of(of.register)
    return record_form(known, writer, values, version, dict(villages_of(of)), typed=typed)


def entry_page(entry: RegisterEntry, kept: Kept | None = None, *, revealed: list[str] | None = None) -> str:
    """One row: what it says, when it was verified, who wrote it."""
    of = operations.table_of(entry)
    mine = queries.keeps(current_user, of.register, of.office)
    verifies = Part.VERIFIED in of.register.parts and entry.ended_on is None
    forms: Forms = {}
    if mine:
        forms[Act.AMEND_REGISTER] = row_form(of, entry, typed=False)
    if mine and verifies and current_user.may(Act.VERIFY_FILING):
        forms[Act.VERIFY_FILING] = VerifyForm(None, prefix="verify")
    if current_user.may(Act.REVEAL_LISTED) and queries.identity_columns(of.register):
        forms[Act.REVEAL_LISTED] = ReasonForm(None, prefix="reveal")
    return render_template(
        "relatives/entry.html",
        entry=entry,
        of=of,
        facts=pages.facts(entry, current_user),
        checks=pages.checks(entry),
        late=verifies and pages.is_late(entry, today()),
        months=queries.kinship().verify_months,
        forms=forms | (dict([kept]) if kept else {}),
        revealed=revealed,
        history=lines(queries.history(entry.ref, entry.upload), with_notes=False),
    )


at_counter = Steps(seen_entry, entry_page, lambda entry: url_for("relatives.show", key=entry.key))

HandingIn(
    operations=operations,
    template="relatives/preview.html",
    seen=seen_upload,
    read=read_through,
    names=lambda of: {column.key: column.name for column in queries.columns_of(of.register)},
    address=address_of,
    entered=lambda tally: _(
        "已导入：新增%(new)s行，变动%(changed)s行，无变动%(same)s行，有错未导入%(wrong)s行。", **tally
    ),
).hang(bp, importing=Act.IMPORT_REGISTER, dropping=Act.DROP_REGISTER)
