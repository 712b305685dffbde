"""Notes and watchers at the counter: parts of the pages of a lead and of a referral."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.kit.errors import NotFound
from tipline.leads import panels as lead_panels
from tipline.leads.models import Lead
from tipline.notes import operations, queries
from tipline.notes.forms import AskForm, NoteForm
from tipline.notes.models import Note, Ring
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.models import Officer
from tipline.office.steps import attempt
from tipline.office.time import now
from tipline.referrals import panels as referral_panels
from tipline.referrals.models import Referral

bp = Doors("notes", __name__, url_prefix="/notes")

Noted = Lead | Referral
Kept = dict[Ring, NoteForm]
"""A note that came back with something missing, and the ring it was for."""
RINGS = {ring.value: ring for ring in Ring}


def of_lead(lead: Lead, officer: Officer, kept: Kept | None = None) -> str:
    """On the page of a lead: the notes on it, for whoever may read its words or works in its ledger."""
    return part_of(lead, queries.of_lead(lead, officer), officer, _forms(Ring.INTERNAL) | (kept or {}))


def of_referral(referral: Referral, officer: Officer, kept: Kept | None = None) -> str:
    """On the page of a referral: one's own office's notes, and those that both sides read."""
    forms = _forms(Ring.INTERNAL, Ring.BUREAU) | (kept or {})
    return part_of(referral, queries.of_referral(referral, officer), officer, forms)


PARTS: dict[str, Callable[..., str]] = {"leads": of_lead, "referrals": of_referral}
lead_panels.on_a_lead.append(of_lead)
referral_panels.on_a_referral.append(of_referral)


def _forms(*rings: Ring) -> dict[Ring, NoteForm]:
    return {ring: NoteForm(None, prefix=ring.value) for ring in rings}


def part_of(paper: Noted, notes: list[Note], officer: Officer, forms: dict[Ring, NoteForm]) -> str:
    if not officer.may(Act.WRITE_NOTE):
        return ""
    colleagues = queries.colleagues(paper, officer)
    return render_template(
        "notes/_of_paper.html",
        paper=paper,
        place=f"{paper.kind}s",
        notes=notes,
        forms=forms,
        watch=queries.watch_of(paper, officer),
        ask=AskForm(None, prefix="ask").among(colleagues) if colleagues else None,
    )


@bp.post("/<place>/<key>/<ring>/write", act=Act.WRITE_NOTE)
def write(place: str, key: str, ring: str) -> ResponseReturnValue:
    paper, form = seen(place, key), NoteForm(prefix=ring)
    if ring not in RINGS:
        raise NotFound("没有这个页面，或您无权查看。")

    def deed() -> ResponseReturnValue:
        operations.write(paper, RINGS[ring], form.text.data, by=current_user, at=now())
        return back(place, paper, _("备注已写。"))

    host = lead_panels.host_of(place, current_user)
    return attempt(form, deed, lambda: host.again(key, PARTS[place], current_user, {RINGS[ring]: form}))


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
    return redirect(url_for(f"{place}.show", key=key, _anchor="notes"))


def seen(place: str, key: str) -> Noted:
    """The paper, through the gate of its own room; a 404 for whoever may not see it."""
    if place not in PARTS:
        raise NotFound("没有这个页面，或您无权查看。")
    paper: Noted = lead_panels.host_of(place, current_user).seen(key)
    return paper
