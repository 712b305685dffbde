"""The counter of standing aside: one's own word, a request, its decision, and the lift of a wall."""

from collections.abc import Callable
from typing import Protocol

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import Select, select

from tipline.kit.db import db
from tipline.kit.errors import NotFound, Refused
from tipline.leads import deciding, grounds, panels, queries, recusals, walls
from tipline.leads.forms import ReasonForm
from tipline.leads.forms_aside import LiftForm, RecuseForm, RequestForm
from tipline.leads.models import Lead, Lift, Recusal
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.steps import tell_done
from tipline.office.time import now

bp = Doors("recusals", __name__, url_prefix="/recusals")


class OnALead(Protocol):
    """A paper that stands on a lead: a referral, a supervised case."""

    @property
    def lead(self) -> Lead: ...


def panel(lead: Lead, officer: Officer) -> str:
    """On the page of a lead or of a paper that stands on it: the ways to stand aside."""
    if not officer.may(Act.RECUSE):
        return ""
    forms: dict[Act, FlaskForm] = {
        Act.RECUSE: RecuseForm(None, prefix="recuse"),
        Act.REQUEST_RECUSAL: RequestForm(None, prefix="request").over(concerned(lead, officer)),
    }
    if deciding.may_lift(lead, officer) and (behind := liftable(lead, officer)):
        forms[Act.ASK_LIFT] = LiftForm(None, prefix="lift").over(behind)
    return render_template("leads/_aside.html", lead=lead, forms=forms)


def beside(paper: OnALead, officer: Officer) -> str:
    """The same on the page of a paper that stands on a lead."""
    return panel(paper.lead, officer)


panels.on_a_lead.append(panel)


def concerned(lead: Lead, officer: Officer) -> list[Officer]:
    """Everybody of the offices that have to do with the lead and of one's own, walled or not: a name that is
    missing would tell.
    """
    offices = {lead.office_id, lead.handling_id, officer.office_id} - {None}
    query = select(Officer).where(Officer.active, Officer.office_id.in_(offices), Officer.id != officer.id)
    query = query.order_by(Officer.office_id, Officer.login)
    return [one for one in db.session.scalars(query) if one.may(Act.RECUSE)]


def liftable(lead: Lead, officer: Officer) -> list[Officer]:
    """Those behind a wall that two persons may lift."""
    soft = walls.by_office_or_word(lead, lead.people, lead.rules) - walls.for_good(lead, lead.people)
    query = select(Officer).where(Officer.id.in_(soft), Officer.active, Officer.id != officer.id)
    return [one for one in db.session.scalars(query.order_by(Officer.office_id, Officer.login)) if one.may(Act.RECUSE)]


@bp.get("/", act=Act.READ_RECUSALS)
def index() -> ResponseReturnValue:
    return _page()


def _page(kept: tuple[str, FlaskForm] | None = None) -> str:
    asked = list(db.session.scalars(deciding.to_decide(current_user)))
    lifts = (
        list(db.session.scalars(deciding.lifts_to_decide(current_user))) if current_user.may(Act.CONFIRM_LIFT) else []
    )
    names = _named([*asked, *lifts])
    words = {one.key: _ground(one) for one in asked}
    forms: dict[str, FlaskForm] = {}
    for one in asked:
        forms[f"grant-{one.key}"] = ReasonForm(None, prefix=f"grant-{one.key}")
        forms[f"decline-{one.key}"] = ReasonForm(None, prefix=f"decline-{one.key}")
    forms |= dict([kept] if kept else [])
    return render_template("leads/aside.html", asked=asked, lifts=lifts, names=names, words=words, forms=forms)


def _ground(recusal: Recusal) -> str:
    """The ground in words, as the notice of the lead has it."""
    term = grounds.of(recusal.ground, recusal.lead.rules)
    return f"{said(term.name)} · {term.clause}" if term else ""


def _named(papers: list[Recusal | Lift]) -> dict[str, Officer]:
    """The officers whom requests and lifts are about, by key; one question."""
    keys = {paper.officer for paper in papers}
    return {one.key: one for one in db.session.scalars(select(Officer).where(Officer.key.in_(keys)))} if keys else {}


@bp.post("/leads/<key>/recuse", act=Act.RECUSE)
def recuse(key: str) -> ResponseReturnValue:
    lead, form = known(key), RecuseForm(prefix="recuse")

    def deed() -> None:
        recusals.recuse(lead, form.ground.data, reason=form.reason.data, by=current_user, at=now())

    return _asked(lead, Act.RECUSE, form, deed, _("您已回避，这件线索不再向您显示。"))


@bp.post("/leads/<key>/request", act=Act.REQUEST_RECUSAL)
def ask(key: str) -> ResponseReturnValue:
    lead = known(key)
    officers = concerned(lead, current_user)
    form = RequestForm(prefix="request").over(officers)

    def deed() -> None:
        recusals.request(
            lead,
            next(one for one in officers if one.key == form.officer.data),
            form.ground.data,
            reason=form.reason.data,
            for_reporter=form.for_reporter.data,
            by=current_user,
            at=now(),
        )

    return _asked(lead, Act.REQUEST_RECUSAL, form, deed, _("已申请。决定之前，此人不能办理本件，也不会得到通知。"))


@bp.post("/leads/<key>/ask-lift", act=Act.ASK_LIFT)
def ask_lift(key: str) -> ResponseReturnValue:
    lead = known(key)
    if not deciding.may_lift(lead, current_user):
        raise NotFound("没有这个页面，或您无权查看。")
    officers = liftable(lead, current_user)
    form = LiftForm(prefix="lift").over(officers)

    def deed() -> None:
        named = next(one for one in officers if one.key == form.officer.data)
        recusals.ask_lift(lead, named, until=form.until.data, reason=form.reason.data, by=current_user, at=now())

    return _asked(lead, Act.ASK_LIFT, form, deed, _("已提请，等待本单位另一人同意。"))


def _asked(lead: Lead, act: Act, form: FlaskForm, deed: Callable[[], object], told: str) -> ResponseReturnValue:
    """Do the deed and go back to the desk, since the lead may be out of sight; or the words come back."""
    number, key = lead.number, lead.key
    if form.validate_on_submit():
        try:
            deed()
            db.session.commit()
        except Refused as refusal:
            db.session.rollback()
            form.form_errors.append(said(refusal.sentence))
            return render_template("leads/aside_again.html", number=number, key=key, act=act, form=form), refusal.status
        flash(told)
        return redirect(url_for("desk.index"))
    return render_template("leads/aside_again.html", number=number, key=key, act=act, form=form), 422


@bp.post("/<key>/grant", act=Act.GRANT_RECUSAL)
def grant(key: str) -> ResponseReturnValue:
    return _decided(key, Act.GRANT_RECUSAL, f"grant-{key}", recusals.grant)


@bp.post("/<key>/decline", act=Act.DECLINE_RECUSAL)
def decline(key: str) -> ResponseReturnValue:
    return _decided(key, Act.DECLINE_RECUSAL, f"decline-{key}", recusals.decline)


def _decided(key: str, act: Act, prefix: str, deed: Callable[..., None]) -> ResponseReturnValue:
    recusal = _one(deciding.to_decide(current_user).where(Recusal.key == key))
    number, form = recusal.lead.number, ReasonForm(prefix=prefix)
    if not form.validate_on_submit():
        return _page((prefix, form)), 422
    deed(recusal, reason=form.reason.data, by=current_user, at=now())
    return _done(number, act)


@bp.post("/lifts/<key>/confirm-lift", act=Act.CONFIRM_LIFT)
def confirm_lift(key: str) -> ResponseReturnValue:
    return _settled(key, Act.CONFIRM_LIFT, recusals.confirm_lift)


@bp.post("/lifts/<key>/decline-lift", act=Act.DECLINE_LIFT)
def decline_lift(key: str) -> ResponseReturnValue:
    return _settled(key, Act.DECLINE_LIFT, recusals.decline_lift)


def _settled(key: str, act: Act, deed: Callable[..., None]) -> ResponseReturnValue:
    lift = _one(deciding.lifts_to_decide(current_user).where(Lift.key == key))
    number = lift.lead.number
    deed(lift, by=current_user, at=now())
    return _done(number, act)


def _done(number: str, act: Act) -> ResponseReturnValue:
    db.session.commit()
    tell_done(number, act)
    return redirect(url_for(".index"))


def _one(query: Select[Recusal] | Select[Lift]):  # type: ignore[no-untyped-def]
    """The paper that waits for this officer, or a 404."""
    return db.one_or_404(query)


def known(key: str) -> Lead:
    """The lead, if the officer may know of it by any way; or a 404."""
    lead: Lead = db.one_or_404(queries.known_to(current_user).where(Lead.key == key))
    editions.choose(lead.notice)
    return lead
