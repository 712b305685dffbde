"""Petitions about dibao at the counter: accept, refuse or forward, tell, look, ask for time."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.eligibility import operations, pages, queries
from tipline.eligibility import signals as _signals  # noqa: F401 (what this room tells of towns)
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
from tipline.office import calendars, editions
from tipline.office.charter import Act
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


def seen(key: str) -> EligibilityReview:
    """The petition, or a 404 for whoever may not see it."""
    query = queries.with_everything(queries.visible_to(current_user)).where(EligibilityReview.key == key)
    review: EligibilityReview = db.one_or_404(query)
    editions.choose(review.lead.notice)
    return review


def page_of(review: EligibilityReview, kept: Kept | None) -> str:
    return pages.render(review, current_user, now(), kept=kept)


def onward(review: EligibilityReview) -> str:
    """Where the paper can still be seen, or the list once it has left our sight."""
    still = db.session.scalar(queries.visible_to(current_user).where(EligibilityReview.key == review.key).limit(1))
    return url_for(".show", key=review.key) if still else url_for(".index")


at_counter = Steps(seen, page_of, onward, pages.FORMS)


@bp.get("/", act=Act.READ_REVIEWS, listed=True)
def index() -> ResponseReturnValue:
    calendar = calendars.calendar()
    counts = queries.counts(current_user, today(), calendar)
    asked = {tab.value: tab for tab in counts}.get(request.args.get("tab", ""))
    tab = asked or queries.first_look(counts)
    page = queries.page(current_user, tab, today(), calendar, request.args.get("after"))
    lines = pages.lines(page.rows, today(), calendar)
    return render_template("eligibility/index.html", tab=tab, counts=counts, lines=lines, page=page)


at_counter.reading(bp, Act.READ_REVIEWS)


@at_counter.door(bp, Act.ACCEPT_PETITION)
def accept(paper: EligibilityReview, form: AcceptForm, **whose: Any) -> None:
    operations.accept(paper, form.lines, told=form.told.data, **whose)


@at_counter.door(bp, Act.REFUSE_PETITION)
def refuse(paper: EligibilityReview, form: RefuseForm, **whose: Any) -> None:
    operations.refuse(paper, cause=form.cause.data, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.FORWARD_PETITION)
def forward(paper: EligibilityReview, form: ForwardForm, **whose: Any) -> None:
    operations.forward(paper, form.office, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.OBJECT_TO_FORWARD, "/<key>/object")
def object_to_forward(paper: EligibilityReview, form: ReasonForm, **whose: Any) -> None:
    operations.object_to_forward(paper, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.AGREE_OBJECTION)
def agree_objection(paper: EligibilityReview, **whose: Any) -> None:
    operations.agree_objection(paper, **whose)


@at_counter.door(bp, Act.DECLINE_OBJECTION)
def decline_objection(paper: EligibilityReview, form: ReasonForm, **whose: Any) -> None:
    operations.decline_objection(paper, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.TELL_PETITIONER)
def tell_petitioner(paper: EligibilityReview, **whose: Any) -> None:
    operations.tell_petitioner(paper, **whose)


@at_counter.door(bp, Act.START_CHECKS)
def start_checks(paper: EligibilityReview, **whose: Any) -> None:
    operations.start_checks(paper, **whose)


@at_counter.door(bp, Act.RECORD_CHECK)
def record_check(paper: EligibilityReview, form: CheckForm, **whose: Any) -> None:
    operations.record_check(
        paper,
        form.chosen,
        form.done_on.data,
        found=form.found.data,
        report_no=form.report_no.data or "",
        visitors=form.visitors,
        **whose,
    )


@at_counter.door(bp, Act.ASK_MORE_TIME)
def ask_more_time(paper: EligibilityReview, form: ReasonForm, **whose: Any) -> None:
    operations.ask_more_time(paper, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.GRANT_MORE_TIME)
def grant_more_time(paper: EligibilityReview, **whose: Any) -> None:
    operations.grant_more_time(paper, **whose)


@at_counter.door(bp, Act.REFUSE_MORE_TIME)
def refuse_more_time(paper: EligibilityReview, **whose: Any) -> None:
    operations.refuse_more_time(paper, **whose)


@at_counter.door(bp, Act.TELL_MORE_TIME)
def tell_more_time(paper: EligibilityReview, **whose: Any) -> None:
    operations.tell_more_time(paper, **whose)
