"""Supervised cases at the counter: open, follow, urge, report, accept, release."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.kit.db import db
from tipline.leads import panels
from tipline.leads.models import Lead
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.doors import Doors
from tipline.office.models import Officer
from tipline.office.steps import Kept, Steps
from tipline.office.time import now, today
from tipline.supervision import operations, pages, queries
from tipline.supervision.forms import MilestoneForm, OpenForm, ProgressForm, ReasonForm, ResultForm
from tipline.supervision.models import SupervisedCase

bp = Doors("supervision", __name__, url_prefix="/supervision")


def of_lead(lead: Lead, officer: Officer) -> str:
    """On the page of a lead: the case that watches over it, as far as the officer may know."""
    case = queries.of_lead(officer, lead)
    return render_template("supervision/_of_lead.html", case=case) if case else ""


panels.on_a_lead.append(of_lead)


@bp.get("/", act=Act.READ_SUPERVISION)
def index() -> ResponseReturnValue:
    closed = request.args.get("show") == "closed"
    page = queries.page(current_user, closed=closed, after=request.args.get("after"))
    lines = pages.lines(page.rows, today())
    return render_template("supervision/index.html", lines=lines, closed=closed, page=page)


@bp.get("/<key>", act=Act.READ_SUPERVISION, traced=True)
def show(key: str) -> ResponseReturnValue:
    case = seen(key)
    witness(Act.READ_SUPERVISION, case, by=current_user, at=now())
    page = pages.render(case, current_user, now())
    db.session.commit()
    return page


@bp.post("/<key>/open", act=Act.OPEN_SUPERVISION)
def open_supervision(key: str) -> ResponseReturnValue:
    form = OpenForm(prefix="open")

    def deed(case: SupervisedCase) -> None:
        operations.open_supervision(case, form.requirement.data, form.told(), by=current_user, at=now())

    return at_counter.filled(key, Act.OPEN_SUPERVISION, form, deed)


@bp.post("/<key>/decline", act=Act.DECLINE_SUPERVISION)
def decline(key: str) -> ResponseReturnValue:
    form = ReasonForm(prefix="decline")

    def deed(case: SupervisedCase) -> None:
        operations.decline(case, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.DECLINE_SUPERVISION, form, deed)


@bp.post("/<key>/set-milestone", act=Act.SET_MILESTONE)
def set_milestone(key: str) -> ResponseReturnValue:
    form = MilestoneForm(prefix="milestone")

    def deed(case: SupervisedCase) -> None:
        operations.set_milestone(case, form.stage, form.due_on.data, by=current_user, at=now())

    return at_counter.filled(key, Act.SET_MILESTONE, form, deed)


@bp.post("/<key>/milestones/<step>/meet", act=Act.MEET_MILESTONE)
def meet_milestone(key: str, step: str) -> ResponseReturnValue:
    def deed(case: SupervisedCase) -> None:
        milestone = next((one for one in case.milestones if one.key == step), None) or abort(404)
        operations.meet_milestone(milestone, by=current_user, at=now())

    return at_counter.done(key, Act.MEET_MILESTONE, deed)


@bp.post("/<key>/record-progress", act=Act.RECORD_PROGRESS)
def record_progress(key: str) -> ResponseReturnValue:
    form = ProgressForm(prefix="progress")

    def deed(case: SupervisedCase) -> None:
        told = form.found.data, form.next_step.data or ""
        operations.record_progress(case, form.manner.data, found=told[0], next_step=told[1], by=current_user, at=now())

    return at_counter.filled(key, Act.RECORD_PROGRESS, form, deed)


@bp.post("/<key>/urge", act=Act.URGE)
def urge(key: str) -> ResponseReturnValue:
    return at_counter.done(key, Act.URGE, lambda case: operations.urge(case, by=current_user, at=now()))


@bp.post("/<key>/report-result", act=Act.REPORT_RESULT)
def report_result(key: str) -> ResponseReturnValue:
    form = ResultForm(prefix="result")

    def deed(case: SupervisedCase) -> None:
        operations.report_result(case, form.result.data, by=current_user, at=now())

    return at_counter.filled(key, Act.REPORT_RESULT, form, deed)


@bp.post("/<key>/send-back-result", act=Act.SEND_BACK_RESULT)
def send_back_result(key: str) -> ResponseReturnValue:
    form = ReasonForm(prefix="back")

    def deed(case: SupervisedCase) -> None:
        operations.send_back_result(case, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.SEND_BACK_RESULT, form, deed)


@bp.post("/<key>/accept-result", act=Act.ACCEPT_RESULT)
def accept_result(key: str) -> ResponseReturnValue:
    return at_counter.done(
        key, Act.ACCEPT_RESULT, lambda case: operations.accept_result(case, by=current_user, at=now())
    )


@bp.post("/<key>/release", act=Act.RELEASE)
def release(key: str) -> ResponseReturnValue:
    return at_counter.done(key, Act.RELEASE, lambda case: operations.release(case, by=current_user, at=now()))


def seen(key: str) -> SupervisedCase:
    """The case, or a 404 for whoever may not see it."""
    case: SupervisedCase = db.one_or_404(queries.seen_by(current_user, key))
    return case


def page_of(case: SupervisedCase, kept: Kept | None) -> str:
    return pages.render(case, current_user, now(), kept=kept)


at_counter = Steps(seen, page_of, lambda case: url_for(".show", key=case.key))
