"""Official letters at the counter: draft, edit, approve, issue, print; and their place on other papers' pages."""

from io import BytesIO
from typing import Any

from flask import abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import ColumnElement

from tipline.kit.db import db
from tipline.leads import panels as lead_panels
from tipline.leads.models import Lead
from tipline.letters import holding as _holding  # noqa: F401 (what officers hold is asked of this room too)
from tipline.letters import issuing, occasions, operations, pages, queries, rules
from tipline.letters.fields import Subject, about_of, gather
from tipline.letters.forms import FORMS_OF_COPIES, ReasonForm, TraceForm, WordingForm
from tipline.letters.kinds import About, LetterKind
from tipline.letters.models import OfficialLetter
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.doors import Doors
from tipline.office.models import Officer
from tipline.office.steps import Kept, Steps
from tipline.office.time import now
from tipline.referrals import panels as referral_panels
from tipline.referrals.models import Referral
from tipline.supervision import panels as case_panels
from tipline.supervision.models import SupervisedCase

bp = Doors("letters", __name__, url_prefix="/letters")

KINDS = {kind.value: kind for kind in LetterKind}
ABOUTS = {about.value: about for about in About}


def of_lead(lead: Lead, officer: Officer) -> str:
    """On the page of a lead: the letters about it and its parts, as far as the officer may see them."""
    return part_of(lead, OfficialLetter.lead_id == lead.id, officer)


def of_referral(referral: Referral, officer: Officer) -> str:
    """On the page of a referral: the letters about it."""
    return part_of(referral, OfficialLetter.referral_id == referral.id, officer)


def of_case(case: SupervisedCase, officer: Officer) -> str:
    """On the page of a supervised case: the letters about it."""
    return part_of(case, OfficialLetter.case_id == case.id, officer)


lead_panels.on_a_lead.append(of_lead)
referral_panels.on_a_referral.append(of_referral)
case_panels.on_a_case.append(of_case)


def part_of(subject: Subject, condition: ColumnElement[bool], officer: Officer) -> str:
    if not officer.may(Act.READ_LETTERS):
        return ""
    letters, kinds = queries.about(officer, condition), occasions.kinds_now(subject, officer)
    return render_template(
        "letters/_of_paper.html", letters=letters, kinds=kinds, about=about_of(subject), key=subject.key
    )


def wanted(kind: str, about: str, key: str) -> tuple[LetterKind, Subject]:
    """The letter and the paper that an address means, or a 404 for what makes no sense or may not be seen."""
    sort, place = KINDS.get(kind), ABOUTS.get(about)
    subject = occasions.find(sort, place, key, current_user) if sort and place else None
    if sort is None or subject is None:
        abort(404)
    return sort, subject


def seen(key: str) -> OfficialLetter:
    """The letter, or a 404 for whoever may not see it."""
    query = queries.with_everything(queries.visible_to(current_user)).where(OfficialLetter.key == key)
    letter: OfficialLetter = db.one_or_404(query)
    return letter


def page_of(letter: OfficialLetter, kept: Kept | None) -> str:
    return pages.render(letter, current_user, now(), kept=kept)


at_counter = Steps(seen, page_of, lambda letter: url_for(".show", key=letter.key), pages.FORMS)


@bp.get("/", act=Act.READ_LETTERS, listed=True)
def index() -> ResponseReturnValue:
    counts = queries.counts(current_user)
    asked = {tab.value: tab for tab in counts}.get(request.args.get("tab", ""))
    tab = asked or queries.first_look(counts)
    page = queries.page(current_user, tab, request.args.get("after"))
    return render_template("letters/index.html", tab=tab, counts=counts, page=page, trace=TraceForm(formdata=None))


@bp.post("/trace", act=Act.READ_LETTERS)
def trace() -> ResponseReturnValue:
    """Whose copy this is, from the code in its margin."""
    form = TraceForm()
    code = rules.ungrouped(form.code.data or "") if form.validate_on_submit() else ""
    return render_template("letters/trace.html", form=form, printing=queries.traced(current_user, code), asked=code)


@bp.get("/new/<kind>/<about>/<key>", act=Act.DRAFT_LETTER)
def new(kind: str, about: str, key: str) -> ResponseReturnValue:
    """Before drafting: to whom it goes, and what the record does not tell yet."""
    sort, subject = wanted(kind, about, key)
    fields = gather(sort, subject, current_user, now())
    missing = operations.missing_at_first(sort, fields)
    place = pages.PLACES[about_of(subject)]
    return render_template(
        "letters/new.html", kind=sort, subject=subject, about=about, missing=missing, fields=fields, place=place
    )


@bp.post("/new/<kind>/<about>/<key>/draft", act=Act.DRAFT_LETTER)
def draft(kind: str, about: str, key: str) -> ResponseReturnValue:
    sort, subject = wanted(kind, about, key)
    letter = operations.draft(sort, subject, by=current_user, at=now())
    db.session.commit()
    return redirect(url_for(".show", key=letter.key))


at_counter.reading(bp, Act.READ_LETTERS)


@bp.get("/<key>/versions/<int:n>", act=Act.READ_LETTERS, traced=True)
def version(key: str, n: int) -> ResponseReturnValue:
    """One version, with what its hand changed."""
    letter = seen(key)
    if not queries.may_read_words(letter, current_user, now()) or not 1 <= n <= len(letter.versions):
        abort(404)
    witness(Act.READ_LETTERS, letter, by=current_user, at=now(), version=str(n))
    one = letter.versions[n - 1]
    changes = rules.changes(letter.versions[n - 2].text if n > 1 else one.text, one.text)
    page = render_template("letters/version.html", letter=letter, version=one, changes=changes)
    db.session.commit()
    return page


@bp.post("/<key>/edit", act=Act.EDIT_LETTER)
def edit(key: str) -> ResponseReturnValue:
    form = WordingForm(prefix=pages.WRITING)

    def deed(letter: OfficialLetter) -> None:
        operations.edit(letter, form.wording, form.version, by=current_user, at=now())

    return at_counter.filled(key, Act.EDIT_LETTER, form, deed)


@at_counter.door(bp, Act.EDIT_LETTER)
def fill_in(letter: OfficialLetter, **whose: Any) -> None:
    operations.fill_in(letter, **whose)


@at_counter.door(bp, Act.NAME_REPORTER)
def name_reporter(letter: OfficialLetter, form: ReasonForm, **whose: Any) -> None:
    operations.name_reporter(letter, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.LEAVE_OUT_REPORTER)
def leave_out_reporter(letter: OfficialLetter, **whose: Any) -> None:
    operations.leave_out_reporter(letter, **whose)


@at_counter.door(bp, Act.SUBMIT_LETTER)
def submit(letter: OfficialLetter, **whose: Any) -> None:
    operations.submit(letter, **whose)


@at_counter.door(bp, Act.APPROVE_LETTER)
def approve(letter: OfficialLetter, **whose: Any) -> None:
    operations.approve(letter, **whose)


@at_counter.door(bp, Act.SEND_BACK_LETTER)
def send_back(letter: OfficialLetter, form: ReasonForm, **whose: Any) -> None:
    operations.send_back(letter, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.ISSUE_LETTER)
def issue(letter: OfficialLetter, **whose: Any) -> None:
    operations.issue(letter, **whose)


@at_counter.door(bp, Act.CANCEL_LETTER)
def cancel(letter: OfficialLetter, form: ReasonForm, **whose: Any) -> None:
    operations.cancel(letter, reason=form.reason.data, **whose)


@bp.post("/<key>/print", act=Act.PRINT_LETTER)
def print_copy(key: str) -> ResponseReturnValue:
    """A copy to take away, as a file and never in the page."""
    letter, form = seen(key), FORMS_OF_COPIES.get(request.form.get("form", "")) or abort(404)
    content = issuing.print_copy(letter, form, by=current_user, at=now())
    db.session.commit()
    return send_file(
        BytesIO(content),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=f"{letter.sort.value}-{letter.key[:6]}.{form.value}",
    )
