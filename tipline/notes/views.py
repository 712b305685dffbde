"""Notes and watchers at the counter: parts of the pages of a lead and of a referral, and their own page on a phone."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.kit.errors import NotFound
from tipline.leads import panels as lead_panels
from tipline.leads import queries as ledger
from tipline.leads.models import Lead
from tipline.notes import operations, queries
from tipline.notes.forms import AskForm, NoteForm
from tipline.notes.models import Note, Ring
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.models import Officer
from tipline.office.time import now
from tipline.referrals import panels as referral_panels
from tipline.referrals import queries as referrals
from tipline.referrals.models import Referral

bp = Doors("notes", __name__, url_prefix="/notes")

Noted = Lead | Referral
RINGS = {ring.value: ring for ring in Ring}
PLACES = {"leads": "leads.show", "referrals": "referrals.show"}


def of_lead(lead: Lead, officer: Officer) -> str:
    """On the page of a lead: the notes on it, for whoever may read its words or works in its ledger."""
    return part_of(lead, queries.of_lead(lead, officer), officer, (Ring.INTERNAL,))


def of_referral(referral: Referral, officer: Officer) -> str:
    """On the page of a referral: one's own office's notes, and those that both sides read."""
    return part_of(referral, queries.of_referral(referral, officer), officer, (Ring.INTERNAL, Ring.BUREAU))


lead_panels.on_a_lead.append(of_lead)
referral_panels.on_a_referral.append(of_referral)


def part_of(paper: Noted, notes: list[Note], officer: Officer, rings: tuple[Ring, ...]) -> str:
    if not officer.may(Act.WRITE_NOTE):
        return ""
    colleagues = queries.colleagues(paper, officer)
    return render_template(
        "notes/_of_paper.html",
        paper=paper,
        place=f"{paper.kind}s",
        notes=notes,
        forms={ring: NoteForm(None, prefix=ring.value) for ring in rings},
        watch=queries.watch_of(paper, officer),
        ask=AskForm(None, prefix="ask").among(colleagues) if colleagues else None,
    )


@bp.post("/<place>/<key>/<ring>/write", act=Act.WRITE_NOTE)
def write(place: str, key: str, ring: str) -> ResponseReturnValue:
    paper, form = seen(place, key), NoteForm(prefix=ring)
    if ring not in RINGS:
        raise NotFound("没有这个页面，或您无权查看。")
    if not form.validate_on_submit():
        return render_template("notes/again.html", paper=paper, place=place, ring=RINGS[ring], form=form), 422
    operations.write(paper, RINGS[ring], form.text.data, by=current_user, at=now())
    return back(place, paper, _("备注已写。"))


@bp.post("/<place>/<key>/watch", act=Act.WATCH)
def watch(place: str, key: str) -> ResponseReturnValue:
    return deed(place, key, lambda paper: operations.watch(paper, by=current_user, at=now()), _("已关注。"))


@bp.post("/<place>/<key>/unwatch", act=Act.UNWATCH)
def unwatch(place: str, key: str) -> ResponseReturnValue:
    return deed(place, key, lambda paper: operations.unwatch(paper, by=current_user, at=now()), _("已取消关注。"))


@bp.post("/<place>/<key>/ask-to-watch", act=Act.ASK_TO_WATCH)
def ask_to_watch(place: str, key: str) -> ResponseReturnValue:
    paper = seen(place, key)
    among = queries.colleagues(paper, current_user)
    form = AskForm(prefix="ask").among(among)
    if not form.validate_on_submit():
        raise NotFound("没有这个页面，或您无权查看。")
    colleague = next(officer for officer in among if officer.key == form.officer.data)
    operations.ask_to_watch(paper, colleague, by=current_user, at=now())
    return back(place, paper, _("已请%(name)s关注。", name=colleague.name))


def deed(place: str, key: str, do: Callable[[Noted], object], told: str) -> ResponseReturnValue:
    paper = seen(place, key)
    do(paper)
    return back(place, paper, told)


def back(place: str, paper: Noted, told: str) -> ResponseReturnValue:
    """Keep it, say so, and go back to the paper's page."""
    key = paper.key
    db.session.commit()
    flash(told)
    return redirect(url_for(PLACES[place], key=key, _anchor="notes"))


def seen(place: str, key: str) -> Noted:
    """The paper, through the gate of its own room; a 404 for whoever may not see it."""
    if place not in PLACES:
        raise NotFound("没有这个页面，或您无权查看。")
    query = ledger.visible_to(current_user) if place == "leads" else referrals.visible_to(current_user)
    kind = Lead if place == "leads" else Referral
    paper: Noted | None = db.session.scalars(query.where(kind.key == key)).one_or_none()
    if paper is None:
        raise NotFound("没有这个页面，或您无权查看。")
    return paper
