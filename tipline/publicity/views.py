"""Postings at the counter: the grid, one place and period, its pictures, the sheet to hang up, and faults."""

import io
from collections.abc import Callable
from typing import Any

from flask import abort, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.duties import queries as duties
from tipline.evidence.views import sent
from tipline.kit import sheets
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.leads.forms import ReasonForm
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.doors import Doors
from tipline.office.steps import Kept, Steps
from tipline.office.time import now, today
from tipline.publicity import answering as _answering  # noqa: F401 (duties are asked of this room too)
from tipline.publicity import operations, pages, queries
from tipline.publicity import signals as _signals  # noqa: F401 (what this room tells of towns)
from tipline.publicity.forms import AddPhotoForm, CorrectionForm, FaultForm, HangingForm
from tipline.publicity.lifecycle import FaultState
from tipline.publicity.models import PostingFault, PostingPhoto
from tipline.publicity.pages import Case
from tipline.publicity.printing import PrintedSheet, sheet_of
from tipline.publicity.rules import FaultKind

bp = Doors("publicity", __name__, url_prefix="/publicity", by_campaign=True)


def seen(key: str) -> Case:
    """One place and period, or a 404 for whoever may not see it."""
    cell = queries.case_of(current_user, key, today()) or abort(404)
    return Case(cell, queries.posting_of(cell))


def own(key: str) -> Case:
    """The same, for the town that answers for it; a 404 for everybody else."""
    case = seen(key)
    if case.cell.debtor.office.id != current_user.office_id:
        abort(404)
    return case


def seen_fault(key: str) -> PostingFault:
    fault: PostingFault = db.one_or_404(queries.faults_visible_to(current_user).where(PostingFault.key == key))
    return fault


def page_of(case: Case, kept: Kept | None) -> str:
    number, from_sheet = request.args.get("version", type=int), "sheet" in request.args
    return pages.case_page(case, current_user, today(), kept, number=number, from_sheet=from_sheet)


def address_of(case: Case) -> str:
    return url_for(".show", key=case.cell.key)


at_counter = Steps(seen, page_of, address_of, pages.FORMS)
in_town = Steps(own, page_of, address_of, pages.FORMS)
at_fault = Steps(
    seen_fault,
    lambda fault, kept: pages.fault_page(fault, current_user, today(), kept),
    lambda fault: url_for(".fault", key=fault.key),
    pages.FAULT_FORMS,
)


@bp.get("/", act=Act.READ_POSTINGS, listed=True)
def index() -> ResponseReturnValue:
    years = duties.years(today()) or [today().year]
    year = request.args.get("year", type=int)
    home = str(current_user.office.place_code) if current_user.role in TOWN_ROLES else ""
    return pages.grid_page(
        current_user,
        year if year in years else max((one for one in years if one <= today().year), default=years[0]),
        years,
        today(),
        opened=request.args.get("town", home),
        late="late" in request.args,
    )


@bp.get("/faults", act=Act.READ_POSTINGS, listed=True)
def faults() -> ResponseReturnValue:
    """The open ones, or all; the most pressing first, as many as a page bears."""
    query, everything = queries.faults_visible_to(current_user), "all" in request.args
    if not everything:
        query = query.where(PostingFault.state != FaultState.CONFIRMED)
    found = db.session.scalars(query.limit(queries.FAULTS_SHOWN)).all()
    return pages.faults_page(current_user, found, all_of_them=everything, today=today())


@bp.get("/faults/<key>", act=Act.READ_POSTINGS)
def fault(key: str) -> ResponseReturnValue:
    return pages.fault_page(seen_fault(key), current_user, today())


@at_fault.door(bp, Act.CORRECT_POSTING_FAULT, "/faults/<key>/correct", receives=True)
def correct(fault: PostingFault, form: CorrectionForm, **whose: Any) -> None:
    operations.correct_fault(fault, form.words.data, form.picture(), **whose)


@at_fault.door(bp, Act.CONFIRM_CORRECTION, "/faults/<key>/confirm")
def confirm(fault: PostingFault, **whose: Any) -> None:
    operations.confirm(fault, **whose)


@at_fault.door(bp, Act.REFUSE_CORRECTION, "/faults/<key>/refuse")
def refuse(fault: PostingFault, form: ReasonForm, **whose: Any) -> None:
    operations.refuse(fault, reason=form.reason.data, **whose)


@bp.get("/<key>", act=Act.READ_POSTINGS)
def show(key: str) -> ResponseReturnValue:
    return page_of(seen(key), None)


@in_town.door(bp, Act.RECORD_POSTING, receives=True)
def record(case: Case, form: HangingForm, **whose: Any) -> None:
    operations.record(case.cell, form.hanging(), **whose)


@in_town.door(bp, Act.RECORD_WRONG_POSTING, receives=True)
def record_wrong(case: Case, form: HangingForm, **whose: Any) -> None:
    operations.record_wrong(case.cell, form.hanging(), **whose)


@in_town.door(bp, Act.ADD_POSTING_PHOTO, receives=True)
def add_photo(case: Case, form: AddPhotoForm, **whose: Any) -> None:
    operations.add_photo(case.posting or abort(404), form.received(), **whose)


@at_counter.door(bp, Act.NOTE_POSTING_FAULT)
def note_fault(case: Case, form: FaultForm, **whose: Any) -> None:
    visible = pages.seen_faults(case, pages.latest_wall(case, today()), today())
    kind = next(one for one in FaultKind if one == form.fault.data)
    operations.note_fault(case.cell, kind, form.due_on.data, form.words.data, visible, **whose)


def written(key: str, deed: Callable[[PrintedSheet], Any]) -> tuple[PrintedSheet, Any]:
    """The sheet to hang up, and a line that somebody has it."""
    sheet = sheet_of(own(key).cell, today())
    made = deed(sheet)
    return sheet, made


@bp.get("/<key>/sheet", act=Act.PRINT_POSTING, traced=True)
def sheet(key: str) -> ResponseReturnValue:
    """The names stand on it in full, so that somebody looked is written down."""
    drawn, _ = written(key, lambda one: operations.print_sheet(one, by=current_user, at=now()))
    page = pages.sheet_page(drawn)
    db.session.commit()
    return page


@bp.post("/<key>/export", act=Act.EXPORT_POSTING)
def export(key: str) -> ResponseReturnValue:
    drawn, file = written(key, lambda one: operations.export(one, by=current_user, at=now()))
    name = f"{drawn.title.zh}-{drawn.cell.period.key}.xlsx"
    db.session.commit()
    return send_file(io.BytesIO(file), sheets.MIME, as_attachment=True, download_name=name)


@bp.post("/photos/<key>/download", act=Act.DOWNLOAD_POSTING_PHOTO)
def download(key: str) -> ResponseReturnValue:
    """Compare the file with its hash, write down that it goes out, and only then let it go."""
    photo = photo_of(key)
    file, name = photo.clean_copy or photo.original, photo.name
    db.session.rollback()  # reading a large file takes its time: no transaction is open meanwhile
    if not cabinet.is_whole(file):
        raise NotNow("文件缺失或已被改动，没有发出。请立即告知系统管理员。")
    given = operations.give_photo(photo_of(key), by=current_user, at=now())
    db.session.commit()
    return sent(given, name)


def photo_of(key: str) -> PostingPhoto:
    """The picture, or a 404 for whoever may not see it."""
    photo: PostingPhoto = db.one_or_404(queries.photos_visible_to(current_user).filter_by(key=key))
    return photo
