"""Supervised cases at the counter: open, follow, urge, report, accept, release."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.leads import panels, views_aside
from tipline.leads.models import Lead
from tipline.office import editions, glance
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.models import Officer
from tipline.office.steps import Kept, Steps, attempt
from tipline.office.time import now, today
from tipline.referrals import panels as referral_panels
from tipline.referrals.models import Referral
from tipline.supervision import gate as _gate  # noqa: F401 (what a case holds against a conclusion)
from tipline.supervision import grounds, operations, pages, queries
from tipline.supervision import holding as _holding  # noqa: F401 (what officers hold is asked of this room too)
from tipline.supervision import panels as case_panels
from tipline.supervision.forms import (
    MilestoneForm,
    OpenForm,
    ProgressForm,
    ProposeForm,
    ReasonForm,
    ResultForm,
    SendBackForm,
)
from tipline.supervision.models import SupervisedCase

bp = Doors("supervision", __name__, url_prefix="/supervision")


def of_lead(lead: Lead, officer: Officer, kept: ProposeForm | None = None) -> str:
    """On the page of a lead: the case that watches over it, as far as the officer may know.

    Where none does, whoever may can propose one by hand; `kept` is that form when it came back.
    """
    return _of(lead, lead, officer, kept)


def of_referral(referral: Referral, officer: Officer, kept: ProposeForm | None = None) -> str:
    """The same on the page of a referral."""
    return _of(referral, referral.lead, officer, kept)


def _of(paper: Lead | Referral, lead: Lead, officer: Officer, kept: ProposeForm | None) -> str:
    case, form = queries.of_lead(officer, lead), kept
    if case is None and officer.may(Act.PROPOSE_BY_HAND) and grounds.may_be_proposed(lead):
        form = kept or ProposeForm(None, prefix="propose")
    return render_template("supervision/_of_lead.html", case=case, paper=paper, form=form) if case or form else ""


PARTS: dict[str, Callable[..., str]] = {"leads": of_lead, "referrals": of_referral}
panels.on_a_lead.append(of_lead)
referral_panels.on_a_referral.append(of_referral)
case_panels.on_a_case.append(views_aside.beside)


def seen(key: str) -> SupervisedCase:
    """The case, or a 404 for whoever may not see it."""
    case: SupervisedCase = db.one_or_404(queries.seen_by(current_user, key))
    editions.choose(case.lead.notice)
    return case


def page_of(case: SupervisedCase, kept: Kept | None) -> str:
    return pages.render(case, current_user, now(), kept=kept)


def page_with(case: SupervisedCase, anew: Mapping[case_panels.Panel, str]) -> str:
    return pages.render(case, current_user, now(), anew=anew)


panels.hosts["cases"] = panels.Host(Act.READ_SUPERVISION, seen, page_with)


at_counter = Steps(seen, page_of, lambda case: url_for(".show", key=case.key), pages.FORMS)


@bp.post("/<place>/<key>/propose-by-hand", act=Act.PROPOSE_BY_HAND)
def propose_by_hand(place: str, key: str) -> ResponseReturnValue:
    host, form = panels.host_of(place, current_user), ProposeForm(prefix="propose")
    part, paper = PARTS.get(place) or abort(404), host.seen(key)

    def deed() -> ResponseReturnValue:
        lead = paper.lead if isinstance(paper, Referral) else paper
        case = grounds.propose_by_hand(lead, reason=form.reason.data, by=current_user, at=now())
        db.session.commit()
        flash(_("%(number)s已提请专案督办，待另一人决定。", number=case.number))
        seen_by_me = db.session.scalar(queries.visible_to(current_user).where(SupervisedCase.key == case.key))
        return redirect(url_for(".show", key=case.key) if seen_by_me else url_for(".index"))

    return attempt(form, deed, lambda: host.again(key, part, current_user, form))


@bp.get("/", act=Act.READ_SUPERVISION, listed=True)
def index() -> ResponseReturnValue:
    closed = request.args.get("show") == "closed"
    page = queries.page(current_user, closed=closed, after=request.args.get("after"))
    lines = pages.lines(page.rows, today())
    return render_template("supervision/index.html", lines=lines, closed=closed, page=page)


at_counter.reading(bp, Act.READ_SUPERVISION)


def _lying_open(key: str) -> tuple[str, glance.Told]:
    case = db.one_or_404(queries.visible_to(current_user).where(SupervisedCase.key == key))
    return case.ref, queries.told_of(case)


glance.hang(bp, Act.READ_SUPERVISION, _lying_open)


@at_counter.door(bp, Act.OPEN_SUPERVISION, "/<key>/open")
def open_supervision(case: SupervisedCase, form: OpenForm, **whose: Any) -> None:
    operations.open_supervision(case, form.requirement.data, form.told(), **whose)


@at_counter.door(bp, Act.DECLINE_SUPERVISION)
def decline(case: SupervisedCase, form: ReasonForm, **whose: Any) -> None:
    operations.decline(case, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.SET_MILESTONE)
def set_milestone(case: SupervisedCase, form: MilestoneForm, **whose: Any) -> None:
    operations.set_milestone(case, form.stage, form.due_on.data, **whose)


@at_counter.door(bp, Act.MEET_MILESTONE, "/<key>/milestones/<step>/meet")
def meet_milestone(case: SupervisedCase, step: str, **whose: Any) -> None:
    milestone = next((one for one in case.milestones if one.key == step), None) or abort(404)
    operations.meet_milestone(milestone, **whose)


@at_counter.door(bp, Act.RECORD_PROGRESS)
def record_progress(case: SupervisedCase, form: ProgressForm, **whose: Any) -> None:
    told = form.found.data, form.next_step.data or ""
    operations.record_progress(
        case, form.manner.data, found=told[0], next_step=told[1], next_on=form.next_on.data, **whose
    )


@at_counter.door(bp, Act.URGE)
def urge(case: SupervisedCase, **whose: Any) -> None:
    operations.urge(case, **whose)


@at_counter.door(bp, Act.EXTEND_SUPERVISION)
def extend(case: SupervisedCase, form: ReasonForm, **whose: Any) -> None:
    operations.extend(case, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.REPORT_RESULT)
def report_result(case: SupervisedCase, form: ResultForm, **whose: Any) -> None:
    operations.report_result(case, form.told(), **whose)


@at_counter.door(bp, Act.SEND_BACK_RESULT)
def send_back_result(case: SupervisedCase, form: SendBackForm, **whose: Any) -> None:
    operations.send_back_result(case, missing=form.told(), reason=form.reason.data, **whose)


@at_counter.door(bp, Act.ACCEPT_RESULT)
def accept_result(case: SupervisedCase, **whose: Any) -> None:
    operations.accept_result(case, **whose)


@at_counter.door(bp, Act.RELEASE)
def release(case: SupervisedCase, **whose: Any) -> None:
    operations.release(case, **whose)
