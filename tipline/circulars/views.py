"""Circulars at the counter: choose cases, write, look over, issue, read, confirm; and the log of warning education."""

from io import BytesIO
from typing import Any

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.circulars import educating, operations, pages, queries
from tipline.circulars.forms import EducationForm, SubmitForm, WordsForm
from tipline.circulars.lifecycle import CircularState
from tipline.circulars.models import Circular, Education
from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.kit.errors import Refused
from tipline.kit.identity import tidy
from tipline.kit.typed import count
from tipline.leads.forms import ReasonForm
from tipline.letters.forms import FORMS_OF_COPIES
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.steps import Kept, Steps
from tipline.office.time import now, today
from tipline.typical_cases.models import TypicalCase

bp = Doors("circulars", __name__, url_prefix="/circulars", by_campaign=True)


def seen(key: str) -> Circular:
    """The circular, or a 404 for whoever may not see it."""
    query = queries.with_words(queries.visible_to(current_user)).where(Circular.key == key)
    circular: Circular = db.one_or_404(query)
    return circular


def seen_entry(key: str) -> Education:
    entry: Education = db.one_or_404(queries.education_visible_to(current_user).where(Education.key == key))
    return entry


def page_of(circular: Circular, kept: Kept | None) -> str:
    return pages.show(circular, current_user, kept, today())


at_counter = Steps(seen, page_of, lambda circular: url_for(".show", key=circular.key), pages.FORMS)
in_log = Steps(
    seen_entry,
    lambda entry, kept: pages.entry(entry, current_user, kept),
    lambda entry: url_for(".show_education", key=entry.key),
    pages.OF_EDUCATION,
)


@bp.get("/", act=Act.READ_CIRCULARS, listed=True)
def index() -> ResponseReturnValue:
    return pages.index(current_user, request.args.get("after", ""), today())


@bp.get("/new", act=Act.DRAFT_CIRCULAR)
def new() -> ResponseReturnValue:
    return pages.choose(current_user, asked_month("since"), asked_month("until"))


@bp.post("/draft", act=Act.DRAFT_CIRCULAR)
def draft() -> ResponseReturnValue:
    """A draft of the cases that were ticked, in the order of the list."""
    picked = queries.free_cases(current_user).where(
        TypicalCase.key.in_([tidy(key) for key in request.form.getlist("picked")])
    )
    try:
        circular = operations.draft(list(db.session.scalars(picked)), by=current_user, at=now())
    except Refused as refusal:
        db.session.rollback()
        return pages.choose(current_user, None, None, said(refusal.sentence)), refusal.status
    db.session.commit()
    flash(_("已按案例拟出初稿，请补全、改写后送复核。"))
    return redirect(url_for(".writing", key=circular.key))


@bp.get("/education", act=Act.READ_EDUCATION, listed=True)
def education() -> ResponseReturnValue:
    return pages.education(current_user, request.args.get("after", ""), today())


@bp.get("/education/new", act=Act.RECORD_EDUCATION)
def new_education() -> ResponseReturnValue:
    form = education_form(None)
    form.process(None, held_on=today(), circular=request.args.get("circular", ""))
    return pages.recording(form)


@bp.post("/education/record", act=Act.RECORD_EDUCATION)
def record_education() -> ResponseReturnValue:
    form = education_form()
    if not form.validate_on_submit():
        return pages.recording(form), 422
    try:
        entry = educating.record(form.held(), by=current_user, at=now())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return pages.recording(form), refusal.status
    db.session.commit()
    flash(_("已登记警示教育，受教育%(n)s人。", n=entry.persons))
    return redirect(url_for(".education"))


def education_form(*posted: None) -> EducationForm:
    """The form, with the issued circulars one can name."""
    issued = queries.visible_to(current_user).where(Circular.state == CircularState.ISSUED)
    found = db.session.scalars(queries.with_words(issued).limit(queries.ROWS))
    return EducationForm(*posted, prefix="education", issued=list(found))


@bp.get("/education/<key>", act=Act.READ_EDUCATION)
def show_education(key: str) -> ResponseReturnValue:
    return pages.entry(seen_entry(key), current_user, None)


@in_log.door(bp, Act.VOID_EDUCATION, "/education/<key>/void")
def void_education(entry: Education, form: ReasonForm, **whose: Any) -> None:
    educating.void(entry, reason=form.reason.data, **whose)


at_counter.reading(bp, Act.READ_CIRCULARS)


@bp.get("/<key>/writing", act=Act.EDIT_CIRCULAR)
def writing(key: str) -> ResponseReturnValue:
    circular = seen(key)
    return pages.writing(circular, WordsForm.of(circular.latest, pages.WRITING))


@bp.post("/<key>/edit", act=Act.EDIT_CIRCULAR)
def edit(key: str) -> ResponseReturnValue:
    form = WordsForm(prefix=pages.WRITING)

    def deed(circular: Circular) -> None:
        operations.edit(circular, form.draft, form.version, by=current_user, at=now())

    return at_counter.filled(key, Act.EDIT_CIRCULAR, form, deed)


@at_counter.door(bp, Act.SUBMIT_CIRCULAR)
def submit(circular: Circular, form: SubmitForm, **whose: Any) -> None:
    operations.submit(circular, looked_over=form.looked_over.data, **whose)


@at_counter.door(bp, Act.APPROVE_CIRCULAR)
def approve(circular: Circular, **whose: Any) -> None:
    operations.approve(circular, knew=count(request.form.get("knew")), **whose)


@at_counter.door(bp, Act.SEND_BACK_CIRCULAR)
def send_back(circular: Circular, form: ReasonForm, **whose: Any) -> None:
    operations.send_back(circular, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.ISSUE_CIRCULAR)
def issue(circular: Circular, **whose: Any) -> None:
    operations.issue(circular, **whose)


@at_counter.door(bp, Act.WITHDRAW_CIRCULAR)
def withdraw(circular: Circular, form: ReasonForm, **whose: Any) -> None:
    operations.withdraw(circular, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.DROP_CIRCULAR)
def drop(circular: Circular, form: ReasonForm, **whose: Any) -> None:
    operations.drop(circular, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.CONFIRM_READING)
def confirm_reading(circular: Circular, **whose: Any) -> None:
    operations.confirm_reading(circular, **whose)


@bp.post("/<key>/print", act=Act.PRINT_CIRCULAR)
def print_copy(key: str) -> ResponseReturnValue:
    """A copy to take away, as a file and never in the page."""
    circular, form = seen(key), FORMS_OF_COPIES.get(request.form.get("form", "")) or abort(404)
    content = operations.print_copy(circular, form, by=current_user, at=now())
    db.session.commit()
    return send_file(
        BytesIO(content),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=f"circular-{circular.key[:6]}.{form.value}",
    )


def asked_month(name: str) -> Month | None:
    """A month in the address, if it is one."""
    try:
        return Month.parse(request.args.get(name, ""))
    except ValueError:
        return None
