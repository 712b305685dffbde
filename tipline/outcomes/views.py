"""Outcomes at the counter: fill in the sheet, conclude, file an approval, clear a name, review error tolerance."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.kit.db import db
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.doors import Doors
from tipline.office.models import Officer
from tipline.office.steps import Kept, Steps
from tipline.office.time import now, today
from tipline.outcomes import clearing, operations, pages, queries, tolerance
from tipline.outcomes.forms import (
    OutcomeForm,
)
from tipline.outcomes.forms_aside import (
    ApprovalForm,
    ClarificationForm,
    DayForm,
    DecisionForm,
    PrincipalForm,
    ReasonForm,
    ToleranceForm,
)
from tipline.outcomes.models import AccusationApproval, Clarification, ToleranceReview
from tipline.outcomes.objections import can_be_concluded
from tipline.referrals import panels
from tipline.referrals.models import Referral
from tipline.referrals.queries import is_handled_by

bp = Doors("outcomes", __name__, url_prefix="/outcomes")


def of_referral(referral: Referral, officer: Officer) -> str:
    """On the page of a referral: the way to its sheet, for the handling body alone."""
    if not officer.may(Act.READ_OUTCOMES) or not is_handled_by(officer, referral):
        return ""
    sheet = pages.standing_of(referral, queries.sheet_of(referral))
    if sheet is None and not can_be_concluded(referral):
        return ""
    view = pages.shown(sheet) if sheet else None
    return render_template("outcomes/_of_referral.html", referral=referral, view=view)


panels.to_do.append(of_referral)


def seen(key: str) -> Referral:
    """The referral, or a 404 for whoever may not read its outcome in full."""
    referral: Referral = db.one_or_404(queries.handled_by(current_user).where(Referral.key == key))
    editions.choose(referral.lead.notice)
    return referral


def seen_review(key: str) -> ToleranceReview:
    """The review, or a 404 for whoever may not see it."""
    query = queries.review(queries.reviews_visible_to(current_user)).where(ToleranceReview.key == key)
    paper: ToleranceReview = db.one_or_404(query)
    editions.choose(paper.referral.lead.notice)
    return paper


def approval_of(referral: Referral, key: str) -> AccusationApproval:
    return next((one for one in queries.approvals_of(referral) if one.key == key), None) or abort(404)


def clarification_of(referral: Referral, key: str) -> Clarification:
    return next((one for one in queries.clarifications_of(referral) if one.key == key), None) or abort(404)


def page_of(referral: Referral, kept: Kept | None) -> str:
    return pages.render(referral, current_user, now(), kept=kept)


def review_page(paper: ToleranceReview, kept: Kept | None) -> str:
    return pages.render_review(paper, current_user, now(), kept=kept)


at_counter = Steps(seen, page_of, lambda referral: url_for(".show", key=referral.key), pages.FORMS)
at_review = Steps(seen_review, review_page, lambda paper: url_for(".review", key=paper.key), pages.FORMS)


@bp.get("/", act=Act.READ_OUTCOMES, listed=True)
def index() -> ResponseReturnValue:
    page = queries.page(current_user, request.args.get("after"))
    return render_template(
        "outcomes/index.html",
        views=[pages.shown(sheet) for sheet in page.rows],
        page=page,
        reviews=pages.review_lines(queries.reviews(current_user), today()),
    )


@bp.get("/<key>", act=Act.READ_OUTCOMES, traced=True)
def show(key: str) -> ResponseReturnValue:
    referral = seen(key)
    sheet = queries.sheet_of(referral)
    if sheet is not None:
        witness(Act.READ_OUTCOMES, sheet, by=current_user, at=now())
    page = pages.render(referral, current_user, now())
    db.session.commit()
    return page


@bp.post("/<key>/record", act=Act.RECORD_OUTCOME)
def record(key: str) -> ResponseReturnValue:
    referral = seen(key)
    form = OutcomeForm.of(referral, None, approved=queries.is_approved(referral), posted=True)
    if form.rearrange(request.form.get("add"), request.form.get("remove")):
        return page_of(referral, (Act.RECORD_OUTCOME, form))

    def deed(paper: Referral) -> None:
        operations.record(paper, form.told(), seen=form.draft_seen, by=current_user, at=now())

    return at_counter.filled(key, Act.RECORD_OUTCOME, form, deed)


@at_counter.door(bp, Act.CONCLUDE)
def conclude(referral: Referral, **whose: Any) -> None:
    operations.conclude(queries.sheet_of(referral) or abort(404), **whose)


@at_counter.door(bp, Act.ENTER_APPROVAL)
def enter_approval(referral: Referral, form: ApprovalForm, **whose: Any) -> None:
    clearing.enter_approval(referral, form.told(), **whose)


@at_counter.door(bp, Act.CHECK_APPROVAL, "/<key>/approvals/<paper>/check-approval")
def check_approval(referral: Referral, paper: str, **whose: Any) -> None:
    clearing.check_approval(approval_of(referral, paper), **whose)


@at_counter.door(bp, Act.DECLINE_APPROVAL, "/<key>/approvals/<paper>/decline-approval")
def decline_approval(referral: Referral, form: ReasonForm, paper: str, **whose: Any) -> None:
    approval = approval_of(referral, paper)
    clearing.decline_approval(approval, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.PROPOSE_CLARIFICATION)
def propose_clarification(referral: Referral, form: ClarificationForm, **whose: Any) -> None:
    clearing.propose(
        referral,
        reason=form.reason.data,
        manner=form.manner.data,
        audience=form.audience.data,
        requested_on=form.requested_on.data,
        **whose,
    )


@at_counter.door(bp, Act.APPROVE_CLARIFICATION, "/<key>/clarifications/<paper>/approve")
def approve_clarification(referral: Referral, form: PrincipalForm, paper: str, **whose: Any) -> None:
    clarification = clarification_of(referral, paper)
    clearing.approve(clarification, principal=form.principal.data, **whose)


@at_counter.door(bp, Act.DECLINE_CLARIFICATION, "/<key>/clarifications/<paper>/decline")
def decline_clarification(referral: Referral, form: ReasonForm, paper: str, **whose: Any) -> None:
    clarification = clarification_of(referral, paper)
    clearing.decline(clarification, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.FINISH_CLARIFICATION, "/<key>/clarifications/<paper>/finish")
def finish_clarification(referral: Referral, form: DayForm, paper: str, **whose: Any) -> None:
    clearing.finish(clarification_of(referral, paper), form.day.data, **whose)


@bp.post("/<key>/propose-tolerance", act=Act.PROPOSE_TOLERANCE)
def propose_tolerance(key: str) -> ResponseReturnValue:
    form = ToleranceForm.asking(prefix="tolerance")

    def deed(referral: Referral) -> None:
        tolerance.propose(referral, facts=form.facts.data, answers=form.answers(), by=current_user, at=now())

    return at_counter.filled(key, Act.PROPOSE_TOLERANCE, form, deed)


at_review.reading(bp, Act.READ_TOLERANCE, "/reviews/<key>", "review")


@at_review.door(bp, Act.DECIDE_TOLERANCE, "/reviews/<key>/decide")
def decide_tolerance(paper: ToleranceReview, form: DecisionForm, **whose: Any) -> None:
    tolerance.decide(paper, form.told(), **whose)


@at_review.door(bp, Act.MEET_CORRECTION, "/reviews/<key>/meet-correction")
def meet_correction(paper: ToleranceReview, form: DayForm, **whose: Any) -> None:
    tolerance.meet_correction(paper, form.day.data, **whose)
