"""Call-backs at the counter: publish a seed, draw, call, look again."""

import secrets
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.errors import NotPermitted, Refused
from tipline.leads import operations as leads
from tipline.leads.forms import ReasonForm, ReporterForm
from tipline.office import editions, sessions
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.steps import Kept, Steps
from tipline.office.time import machine_now, now
from tipline.sampling import operations, pages, queries
from tipline.sampling.forms import CalledForm, FoundForm, SeedForm
from tipline.sampling.models import SampledClosure, SampleDraw

bp = Doors("sampling", __name__, url_prefix="/sampling")


def published(key: str) -> SampleDraw:
    """The draw of that key; seeds are published to whoever may enter here."""
    paper: SampleDraw = db.one_or_404(select(SampleDraw).where(SampleDraw.key == key))
    return paper


def seen(key: str) -> SampledClosure:
    """The call-back, or a 404 for whoever may not see it."""
    one: SampledClosure = db.one_or_404(queries.visible_to(current_user).where(SampledClosure.key == key))
    editions.choose(one.referral.lead.notice)
    return one


def page_of(one: SampledClosure, kept: Kept | None) -> str:
    return pages.render(one, current_user, kept)


at_counter = Steps(seen, page_of, lambda one: url_for(".show", key=one.key), pages.FORMS)


@bp.get("/", act=Act.READ_CALL_BACKS, listed=True)
def index() -> ResponseReturnValue:
    return pages.index(current_user)


@bp.post("/publish-seed", act=Act.PUBLISH_SEED)
def publish_seed() -> ResponseReturnValue:
    form = SeedForm(prefix="seed")
    if not form.validate_on_submit():
        return pages.index(current_user, form), 422
    span = form.since.data, form.until.data, form.size.data
    try:
        draw = operations.publish_seed(*span, secrets.token_hex(16), by=current_user, at=now())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return pages.index(current_user, form), refusal.status
    db.session.commit()
    flash(_("%(number)s：种子已公布，请另一人抽取样本。", number=draw.number))
    return redirect(url_for(".show_draw", key=draw.key))


@bp.get("/draws/<key>", act=Act.READ_CALL_BACKS)
def show_draw(key: str) -> ResponseReturnValue:
    return pages.draw(published(key), current_user)


@bp.post("/draws/<key>/draw", act=Act.DRAW_SAMPLE)
def draw(key: str) -> ResponseReturnValue:
    paper = published(key)
    operations.draw_sample(paper, by=current_user, at=now())
    db.session.commit()
    flash(_("%(number)s：样本已抽取。", number=paper.number))
    return redirect(url_for(".show_draw", key=key))


at_counter.reading(bp, Act.READ_CALL_BACKS)


@at_counter.door(bp, Act.TRY_CALL_BACK, "/<key>/try")
def try_call_back(one: SampledClosure, **whose: Any) -> None:
    operations.try_call_back(one, **whose)


@at_counter.door(bp, Act.RECORD_CALL_BACK)
def record(one: SampledClosure, form: CalledForm, **whose: Any) -> None:
    told = form.outcome.data, form.papers.data or [], form.answer.data
    operations.record(one, *told, **whose)


@at_counter.door(bp, Act.UPHOLD_CLOSURE)
def uphold(one: SampledClosure, form: FoundForm, **whose: Any) -> None:
    operations.uphold(one, form.found.data, **whose)


@at_counter.door(bp, Act.FIND_FALSE_CLOSURE)
def find_false(one: SampledClosure, form: FoundForm, **whose: Any) -> None:
    operations.find_false(one, form.found.data, **whose)


@at_counter.door(bp, Act.ORDER_REOPENING)
def order_reopening(one: SampledClosure, form: ReasonForm, **whose: Any) -> None:
    operations.order_reopening(one, form.reason.data, **whose)


@at_counter.door(bp, Act.LEAVE_CLOSED)
def leave_closed(one: SampledClosure, form: ReasonForm, **whose: Any) -> None:
    operations.leave_closed(one, form.reason.data, **whose)


@bp.post("/<key>/reporter", act=Act.READ_REPORTER)
def reporter(key: str) -> ResponseReturnValue:
    """Who reported, to call them back: on this one answer and no other; with a reason, and the password given anew."""
    one, form = seen(key), ReporterForm(prefix="reporter")
    if not pages.may_reach(one, current_user):
        abort(404)
    if not form.validate_on_submit():
        return pages.render(one, current_user, vault=form), 422
    try:
        sessions.confirm(current_user, form.password.data, at=machine_now())
    except NotPermitted as refusal:
        db.session.commit()
        form.password.errors = [said(refusal.sentence)]
        return pages.render(one, current_user, vault=form), 403
    shown = leads.reveal_reporter(one.referral.lead, reason=form.reason.data, by=current_user, at=now())
    page = render_template("leads/reporter.html", number=one.number, shown=shown, back=url_for(".show", key=key))
    db.session.commit()
    return page
