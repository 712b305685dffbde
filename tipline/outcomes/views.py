"""Outcomes at the counter: fill in the sheet, conclude, file an approval, clear a name, review error tolerance."""

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
    ApprovalForm,
    ClarificationForm,
    DayForm,
    DecisionForm,
    OutcomeForm,
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
    sheet = queries.sheet_of(referral)
    if sheet is None and not can_be_concluded(referral):
        return ""
    view = pages.shown(sheet, editions.notice()) if sheet else None
    return render_template("outcomes/_of_referral.html", referral=referral, view=view)


panels.on_a_referral.append(of_referral)


@bp.get("/", act=Act.READ_OUTCOMES)
def index() -> ResponseReturnValue:
    page, notice = queries.page(current_user, request.args.get("after")), editions.notice()
    return render_template(
        "outcomes/index.html",
        views=[pages.shown(sheet, notice) for sheet in page.rows],
        page=page,
        reviews=pages.review_lines(queries.reviews(current_user), today()),
        words=pages.words(notice),
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


@bp.post("/<key>/conclude", act=Act.CONCLUDE)
def conclude(key: str) -> ResponseReturnValue:
    def deed(referral: Referral) -> None:
        operations.conclude(queries.sheet_of(referral) or abort(404), by=current_user, at=now())

    return at_counter.done(key, Act.CONCLUDE, deed)


@bp.post("/<key>/enter-approval", act=Act.ENTER_APPROVAL)
def enter_approval(key: str) -> ResponseReturnValue:
    form = ApprovalForm(prefix="approval")

    def deed(referral: Referral) -> None:
        clearing.enter_approval(referral, form.told(), by=current_user, at=now())

    return at_counter.filled(key, Act.ENTER_APPROVAL, form, deed)


@bp.post("/<key>/approvals/<paper>/check-approval", act=Act.CHECK_APPROVAL)
def check_approval(key: str, paper: str) -> ResponseReturnValue:
    def deed(referral: Referral) -> None:
        clearing.check_approval(approval_of(referral, paper), by=current_user, at=now())

    return at_counter.done(key, Act.CHECK_APPROVAL, deed)


@bp.post("/<key>/approvals/<paper>/decline-approval", act=Act.DECLINE_APPROVAL)
def decline_approval(key: str, paper: str) -> ResponseReturnValue:
    form = ReasonForm(prefix="unapproved")

    def deed(referral: Referral) -> None:
        approval = approval_of(referral, paper)
        clearing.decline_approval(approval, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.DECLINE_APPROVAL, form, deed)


@bp.post("/<key>/propose-clarification", act=Act.PROPOSE_CLARIFICATION)
def propose_clarification(key: str) -> ResponseReturnValue:
    form = ClarificationForm(prefix="clarification")

    def deed(referral: Referral) -> None:
        clearing.propose(
            referral,
            reason=form.reason.data,
            manner=form.manner.data,
            audience=form.audience.data,
            requested_on=form.requested_on.data,
            by=current_user,
            at=now(),
        )

    return at_counter.filled(key, Act.PROPOSE_CLARIFICATION, form, deed)


@bp.post("/<key>/clarifications/<paper>/approve", act=Act.APPROVE_CLARIFICATION)
def approve_clarification(key: str, paper: str) -> ResponseReturnValue:
    form = PrincipalForm(prefix="principal")

    def deed(referral: Referral) -> None:
        clarification = clarification_of(referral, paper)
        clearing.approve(clarification, principal=form.principal.data, by=current_user, at=now())

    return at_counter.filled(key, Act.APPROVE_CLARIFICATION, form, deed)


@bp.post("/<key>/clarifications/<paper>/decline", act=Act.DECLINE_CLARIFICATION)
def decline_clarification(key: str, paper: str) -> ResponseReturnValue:
    form = ReasonForm(prefix="unclarified")

    def deed(referral: Referral) -> None:
        clarification = clarification_of(referral, paper)
        clearing.decline(clarification, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.DECLINE_CLARIFICATION, form, deed)


@bp.post("/<key>/clarifications/<paper>/finish", act=Act.FINISH_CLARIFICATION)
def finish_clarification(key: str, paper: str) -> ResponseReturnValue:
    form = DayForm(prefix="clarified")

    def deed(referral: Referral) -> None:
        clearing.finish(clarification_of(referral, paper), form.day.data, by=current_user, at=now())

    return at_counter.filled(key, Act.FINISH_CLARIFICATION, form, deed)


@bp.post("/<key>/propose-tolerance", act=Act.PROPOSE_TOLERANCE)
def propose_tolerance(key: str) -> ResponseReturnValue:
    form = ToleranceForm.asking(prefix="tolerance")

    def deed(referral: Referral) -> None:
        tolerance.propose(referral, facts=form.facts.data, answers=form.answers(), by=current_user, at=now())

    return at_counter.filled(key, Act.PROPOSE_TOLERANCE, form, deed)


@bp.get("/reviews/<key>", act=Act.READ_TOLERANCE, traced=True)
def review(key: str) -> ResponseReturnValue:
    paper = seen_review(key)
    witness(Act.READ_TOLERANCE, paper, by=current_user, at=now())
    page = pages.render_review(paper, current_user, now())
    db.session.commit()
    return page


@bp.post("/reviews/<key>/decide", act=Act.DECIDE_TOLERANCE)
def decide_tolerance(key: str) -> ResponseReturnValue:
    form = DecisionForm(prefix="decision")

    def deed(paper: ToleranceReview) -> None:
        tolerance.decide(paper, form.told(), by=current_user, at=now())

    return at_review.filled(key, Act.DECIDE_TOLERANCE, form, deed)


@bp.post("/reviews/<key>/meet-correction", act=Act.MEET_CORRECTION)
def meet_correction(key: str) -> ResponseReturnValue:
    form = DayForm(prefix="corrected")

    def deed(paper: ToleranceReview) -> None:
        tolerance.meet_correction(paper, form.day.data, by=current_user, at=now())

    return at_review.filled(key, Act.MEET_CORRECTION, form, deed)


def seen(key: str) -> Referral:
    """The referral, or a 404 for whoever may not read its outcome in full."""
    referral: Referral = db.one_or_404(queries.handled_by(current_user).where(Referral.key == key))
    return referral


def seen_review(key: str) -> ToleranceReview:
    """The review, or a 404 for whoever may not see it."""
    query = queries.review(queries.reviews_visible_to(current_user)).where(ToleranceReview.key == key)
    paper: ToleranceReview = db.one_or_404(query)
    return paper


def approval_of(referral: Referral, key: str) -> AccusationApproval:
    return next((one for one in queries.approvals_of(referral) if one.key == key), None) or abort(404)


def clarification_of(referral: Referral, key: str) -> Clarification:
    return next((one for one in queries.clarifications_of(referral) if one.key == key), None) or abort(404)


def page_of(referral: Referral, kept: Kept | None) -> str:
    return pages.render(referral, current_user, now(), kept=kept)


def review_page(paper: ToleranceReview, kept: Kept | None) -> str:
    return pages.render_review(paper, current_user, now(), kept=kept)


at_counter = Steps(seen, page_of, lambda referral: url_for(".show", key=referral.key))
at_review = Steps(seen_review, review_page, lambda paper: url_for(".review", key=paper.key))
