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
from tipline.kit.errors import NotFound
from tipline.leads import deciding, grounds, panels, recusals, walls
from tipline.leads.forms import ReasonForm
from tipline.leads.forms_aside import LiftForm, RecuseForm, RequestForm
from tipline.leads.models import Lead, Lift, Recusal
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.steps import Kept, attempt, tell_done
from tipline.office.time import now
from tipline.office.unchanged import once

bp = Doors("recusals", __name__, url_prefix="/recusals")


class OnALead(Protocol):
    """A paper that stands on a lead: a referral, a supervised case."""

    @property
    def lead(self) -> Lead: ...


def panel(lead: Lead, officer: Officer, kept: Kept | None = None) -> str:
    """On the page of a lead: the ways to stand aside; `kept` is one of them that came back."""
    return _ways(lead, lead, officer, kept)


def beside(paper: OnALead, officer: Officer, kept: Kept | None = None) -> str:
    """The same on the page of a paper that stands on a lead."""
    return _ways(paper, paper.lead, officer, kept)


panels.on_a_lead.append(panel)


def _ways(paper: Lead | OnALead, lead: Lead, officer: Officer, kept: Kept | None) -> str:
    if not officer.may(Act.RECUSE):
        return ""
    forms: dict[Act, FlaskForm] = {
        Act.RECUSE: RecuseForm(None, prefix="recuse"),
        Act.REQUEST_RECUSAL: RequestForm(None, prefix="request").over(concerned(lead, officer)),
    }
    if deciding.may_lift(lead, officer) and (hidden := liftable(lead, officer)):
        forms[Act.ASK_LIFT] = LiftForm(None, prefix="lift").over(hidden)
    return render_template("leads/_aside.html", paper=paper, forms=forms | dict([kept] if kept else []))


@once
def concerned(lead: Lead, officer: Officer) -> list[Officer]:
    """Everybody of the offices that have to do with the lead and of one's own, walled or not: a name that is
    missing would tell.
    """
    offices = {lead.office_id, lead.handling_id, officer.office_id} - {None}
    query = select(Officer).where(Officer.active, Officer.office_id.in_(offices), Officer.id != officer.id)
    query = query.order_by(Officer.office_id, Officer.login)
    return [one for one in db.session.scalars(query) if one.may(Act.RECUSE)]


@once
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


@bp.post("/<place>/<key>/recuse", act=Act.RECUSE)
def recuse(place: str, key: str) -> ResponseReturnValue:
    lead, form = behind(place, key), RecuseForm(prefix="recuse")

    def deed() -> None:
        recusals.recuse(lead, form.ground.data, reason=form.reason.data, by=current_user, at=now())

    return _asked(place, key, (Act.RECUSE, form), deed, _("您已回避，这件线索不再向您显示。"))


@bp.post("/<place>/<key>/request", act=Act.REQUEST_RECUSAL)
def ask(place: str, key: str) -> ResponseReturnValue:
    lead = behind(place, key)
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

    told = _("已申请。决定之前，此人不能办理本件，也不会得到通知。")
    return _asked(place, key, (Act.REQUEST_RECUSAL, form), deed, told)


@bp.post("/<place>/<key>/ask-lift", act=Act.ASK_LIFT)
def ask_lift(place: str, key: str) -> ResponseReturnValue:
    lead = behind(place, key)
    if not deciding.may_lift(lead, current_user):
        raise NotFound("没有这个页面，或您无权查看。")
    officers = liftable(lead, current_user)
    form = LiftForm(prefix="lift").over(officers)

    def deed() -> None:
        named = next(one for one in officers if one.key == form.officer.data)
        recusals.ask_lift(lead, named, until=form.until.data, reason=form.reason.data, by=current_user, at=now())

    return _asked(place, key, (Act.ASK_LIFT, form), deed, _("已提请，等待本单位另一人同意。"))


def _asked(place: str, key: str, kept: Kept, deed: Callable[[], object], told: str) -> ResponseReturnValue:
    """Do the deed and go back to the desk, since the lead may be out of sight; or the words come back."""
    host, part = panels.host_of(place, current_user), panel if place == "leads" else beside

    def whole() -> ResponseReturnValue:
        deed()
        db.session.commit()
        flash(told)
        return redirect(url_for("desk.index"))

    return attempt(kept[1], whole, lambda: host.again(key, part, current_user, kept))


def behind(place: str, key: str) -> Lead:
    """The lead on whose page, or on the page of whose paper, somebody asks; a 404 for whoever may not see that."""
    paper: Lead | OnALead = panels.host_of(place, current_user).seen(key)
    return paper if isinstance(paper, Lead) else paper.lead


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
