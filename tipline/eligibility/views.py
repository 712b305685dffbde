"""Petitions about dibao at the counter: accept, refuse or forward, tell, look, ask for time."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.eligibility import operations, pages, queries
from tipline.eligibility.forms import (
    AcceptForm,
    CheckForm,
    ForwardForm,
    ReasonForm,
    RefuseForm,
)
from tipline.eligibility.models import EligibilityReview
from tipline.kit.db import db
from tipline.leads import panels
from tipline.leads.models import Lead
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.doors import Doors
from tipline.office.models import Officer
from tipline.office.steps import Kept, Steps
from tipline.office.time import now, today

bp = Doors("eligibility", __name__, url_prefix="/eligibility")


def of_lead(lead: Lead, officer: Officer) -> str:
    """On the page of a lead: its dibao side, as far as the officer may know."""
    if not officer.may(Act.READ_REVIEWS):
        return ""
    rows = queries.of_lead(officer, lead)
    return render_template("eligibility/_of_lead.html", lines=pages.lines(rows, today(), calendars.calendar()))


panels.on_a_lead.append(of_lead)


@bp.get("/", act=Act.READ_REVIEWS)
def index() -> ResponseReturnValue:
    calendar = calendars.calendar()
    counts = queries.counts(current_user, today(), calendar)
    asked = {tab.value: tab for tab in counts}.get(request.args.get("tab", ""))
    tab = asked or queries.first_look(counts)
    page = queries.page(current_user, tab, today(), calendar, request.args.get("after"))
    lines = pages.lines(page.rows, today(), calendar)
    return render_template("eligibility/index.html", tab=tab, counts=counts, lines=lines, page=page)


@bp.get("/<key>", act=Act.READ_REVIEWS, traced=True)
def show(key: str) -> ResponseReturnValue:
    review = seen(key)
    witness(Act.READ_REVIEWS, review, by=current_user, at=now())
    page = pages.render(review, current_user, now())
    db.session.commit()
    return page


@bp.post("/<key>/accept", act=Act.ACCEPT_PETITION)
def accept(key: str) -> ResponseReturnValue:
    form = AcceptForm(prefix="accept")

    def deed(paper: EligibilityReview) -> None:
        operations.accept(paper, form.lines, told=form.told.data, by=current_user, at=now())

    return at_counter.filled(key, Act.ACCEPT_PETITION, form, deed)


@bp.post("/<key>/refuse", act=Act.REFUSE_PETITION)
def refuse(key: str) -> ResponseReturnValue:
    form = RefuseForm(prefix="refuse")

    def deed(paper: EligibilityReview) -> None:
        operations.refuse(paper, cause=form.cause.data, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.REFUSE_PETITION, form, deed)


@bp.post("/<key>/forward", act=Act.FORWARD_PETITION)
def forward(key: str) -> ResponseReturnValue:
    form = ForwardForm(prefix="forward").for_review(seen(key))

    def deed(paper: EligibilityReview) -> None:
        operations.forward(paper, form.office, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.FORWARD_PETITION, form, deed)


@bp.post("/<key>/object", act=Act.OBJECT_TO_FORWARD)
def object_to_forward(key: str) -> ResponseReturnValue:
    form = ReasonForm(prefix="object")

    def deed(paper: EligibilityReview) -> None:
        operations.object_to_forward(paper, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.OBJECT_TO_FORWARD, form, deed)


@bp.post("/<key>/agree-objection", act=Act.AGREE_OBJECTION)
def agree_objection(key: str) -> ResponseReturnValue:
    return at_counter.done(
        key, Act.AGREE_OBJECTION, lambda paper: operations.agree_objection(paper, by=current_user, at=now())
    )


@bp.post("/<key>/decline-objection", act=Act.DECLINE_OBJECTION)
def decline_objection(key: str) -> ResponseReturnValue:
    form = ReasonForm(prefix="decline")

    def deed(paper: EligibilityReview) -> None:
        operations.decline_objection(paper, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.DECLINE_OBJECTION, form, deed)


@bp.post("/<key>/tell-petitioner", act=Act.TELL_PETITIONER)
def tell_petitioner(key: str) -> ResponseReturnValue:
    return at_counter.done(
        key, Act.TELL_PETITIONER, lambda paper: operations.tell_petitioner(paper, by=current_user, at=now())
    )


@bp.post("/<key>/start-checks", act=Act.START_CHECKS)
def start_checks(key: str) -> ResponseReturnValue:
    return at_counter.done(
        key, Act.START_CHECKS, lambda paper: operations.start_checks(paper, by=current_user, at=now())
    )


@bp.post("/<key>/record-check", act=Act.RECORD_CHECK)
def record_check(key: str) -> ResponseReturnValue:
    form = CheckForm(prefix="check")

    def deed(paper: EligibilityReview) -> None:
        operations.record_check(
            paper,
            form.chosen,
            form.done_on.data,
            found=form.found.data,
            report_no=form.report_no.data or "",
            visitors=form.visitors,
            by=current_user,
            at=now(),
        )

    return at_counter.filled(key, Act.RECORD_CHECK, form, deed)


@bp.post("/<key>/ask-more-time", act=Act.ASK_MORE_TIME)
def ask_more_time(key: str) -> ResponseReturnValue:
    form = ReasonForm(prefix="time")

    def deed(paper: EligibilityReview) -> None:
        operations.ask_more_time(paper, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.ASK_MORE_TIME, form, deed)


@bp.post("/<key>/grant-more-time", act=Act.GRANT_MORE_TIME)
def grant_more_time(key: str) -> ResponseReturnValue:
    return at_counter.done(
        key, Act.GRANT_MORE_TIME, lambda paper: operations.grant_more_time(paper, by=current_user, at=now())
    )


@bp.post("/<key>/refuse-more-time", act=Act.REFUSE_MORE_TIME)
def refuse_more_time(key: str) -> ResponseReturnValue:
    return at_counter.done(
        key, Act.REFUSE_MORE_TIME, lambda paper: operations.refuse_more_time(paper, by=current_user, at=now())
    )


@bp.post("/<key>/tell-more-time", act=Act.TELL_MORE_TIME)
def tell_more_time(key: str) -> ResponseReturnValue:
    return at_counter.done(
        key, Act.TELL_MORE_TIME, lambda paper: operations.tell_more_time(paper, by=current_user, at=now())
    )


def seen(key: str) -> EligibilityReview:
    """The petition, or a 404 for whoever may not see it."""
    query = queries.with_everything(queries.visible_to(current_user)).where(EligibilityReview.key == key)
    review: EligibilityReview = db.one_or_404(query)
    return review


def page_of(review: EligibilityReview, kept: Kept | None) -> str:
    return pages.render(review, current_user, now(), kept=kept)


def onward(review: EligibilityReview) -> str:
    """Where the paper can still be seen, or the list once it has left our sight."""
    still = db.session.scalar(queries.visible_to(current_user).where(EligibilityReview.key == review.key).limit(1))
    return url_for(".show", key=review.key) if still else url_for(".index")


at_counter = Steps(seen, page_of, onward)
