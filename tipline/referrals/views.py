"""Referrals at the counter: approve, hand over, sign for."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.kit.db import db
from tipline.leads import panels, views_aside
from tipline.leads.models import Lead
from tipline.office import calendars, editions, glance
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.models import Officer
from tipline.office.steps import Kept, Steps
from tipline.office.time import now, today
from tipline.referrals import holding as _holding  # noqa: F401 (what officers hold is asked of this room too)
from tipline.referrals import operations, pages, queries
from tipline.referrals import panels as own_panels
from tipline.referrals.forms import ReceiptForm, RedirectForm
from tipline.referrals.models import Referral
from tipline.referrals.search import find
from tipline.referrals.together import TABS

bp = Doors("referrals", __name__, url_prefix="/referrals")

FOUND_AT_ONCE = 25
LONGEST_QUERY = 100


def of_lead(lead: Lead, officer: Officer) -> str:
    """On the page of a lead: where each of its persons went, as far as the officer may know."""
    if not officer.may(Act.READ_REFERRALS):
        return ""
    rows = queries.of_lead(officer, lead)
    return render_template("referrals/_of_lead.html", lines=pages.lines(rows, today(), calendars.calendar()))


panels.on_a_lead.append(of_lead)


def of_number(words: str, officer: Officer) -> str:
    """Before what a search of the ledger finds: the referral of exactly this number."""
    rows = queries.numbered(officer, words) if officer.may(Act.READ_REFERRALS) else []
    if not rows:
        return ""
    return render_template("referrals/_of_number.html", lines=pages.lines(rows, today(), calendars.calendar()))


panels.on_a_search.append(of_number)
own_panels.on_a_referral.append(views_aside.beside)


def seen(key: str) -> Referral:
    """The referral, or a 404 for whoever may not see it."""
    query = queries.with_everything(queries.visible_to(current_user)).where(Referral.key == key)
    referral: Referral = db.one_or_404(query)
    editions.choose(referral.lead.notice)
    return referral


def page_of(referral: Referral, kept: Kept | None) -> str:
    return pages.render(referral, current_user, now(), kept=kept)


def page_with(referral: Referral, anew: Mapping[own_panels.Panel, str]) -> str:
    return pages.render(referral, current_user, now(), anew=anew)


panels.hosts["referrals"] = panels.Host(Act.READ_REFERRALS, seen, page_with)


def onward(referral: Referral) -> str:
    """Where the paper can still be seen, or the list once it has left our sight."""
    still = db.session.scalar(queries.visible_to(current_user).where(Referral.key == referral.key).limit(1))
    return url_for("referrals.show", key=referral.key) if still else url_for("referrals.index")


at_counter = Steps(seen, page_of, onward, pages.FORMS)


@bp.get("/", act=Act.READ_REFERRALS, listed=True)
def index() -> ResponseReturnValue:
    calendar = calendars.calendar()
    counts = queries.counts(current_user, today(), calendar)
    asked = {tab.value: tab for tab in counts}.get(request.args.get("tab", ""))
    tab = asked or queries.first_look(current_user, counts)
    page = queries.page(current_user, tab, today(), calendar, request.args.get("after"))
    lines = pages.lines(page.rows, today(), calendar)
    act = TABS.get(tab)
    may = act is not None and current_user.may(act)
    return render_template(
        "referrals/index.html", tab=tab, counts=counts, lines=lines, page=page, together=act if may else None
    )


@bp.post("/search", act=Act.READ_REFERRALS)
def search() -> ResponseReturnValue:
    """Search inside what the officer's body was handed, in the words it may read."""
    words = request.form.get("q", "").strip()[:LONGEST_QUERY]
    rows = find(words, current_user, limit=FOUND_AT_ONCE)
    lines = pages.lines(rows, today(), calendars.calendar())
    return render_template("referrals/search.html", words=words, lines=lines, most=FOUND_AT_ONCE)


at_counter.reading(bp, Act.READ_REFERRALS)


def _lying_open(key: str) -> tuple[str, glance.Told]:
    referral = db.one_or_404(queries.visible_to(current_user).where(Referral.key == key))
    return referral.ref, queries.told_of(referral, inside=queries.is_handled_by(current_user, referral))


glance.hang(bp, Act.READ_REFERRALS, _lying_open)


@at_counter.door(bp, Act.APPROVE_REFERRAL)
def approve(paper: Referral, **whose: Any) -> None:
    operations.approve(paper, **whose)


@at_counter.door(bp, Act.REDIRECT_REFERRAL, "/<key>/redirect")
def ask_redirect(paper: Referral, form: RedirectForm, **whose: Any) -> None:
    operations.redirect(paper, form.office, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.CONFIRM_REDIRECT)
def confirm_redirect(paper: Referral, **whose: Any) -> None:
    operations.confirm_redirect(paper, **whose)


@at_counter.door(bp, Act.DECLINE_REDIRECT)
def decline_redirect(paper: Referral, **whose: Any) -> None:
    operations.decline_redirect(paper, **whose)


@at_counter.door(bp, Act.HAND_OVER)
def hand_over(paper: Referral, **whose: Any) -> None:
    operations.hand_over(paper, **whose)


@at_counter.door(bp, Act.RECORD_RECEIPT)
def record_receipt(paper: Referral, form: ReceiptForm, **whose: Any) -> None:
    operations.record_receipt(paper, form.receipt_no.data, **whose)


@at_counter.door(bp, Act.SIGN_FOR)
def sign_for(paper: Referral, **whose: Any) -> None:
    operations.sign_for(paper, **whose)
