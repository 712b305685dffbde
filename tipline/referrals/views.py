"""Referrals at the counter: approve, hand over, sign for, dispose, conclude."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy.orm.exc import StaleDataError

from tipline.kit.db import db
from tipline.kit.errors import NotNow, Refused
from tipline.leads import panels
from tipline.leads.models import Lead
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.time import now, today
from tipline.referrals import operations, pages, queries
from tipline.referrals.forms import (
    ConcludeForm,
    DispositionForm,
    MilestoneForm,
    ReceiptForm,
    RedirectForm,
    SendBackForm,
)
from tipline.referrals.models import Referral
from tipline.referrals.search import find

bp = Doors("referrals", __name__, url_prefix="/referrals")

FOUND_AT_ONCE = 25
LONGEST_QUERY = 100
Deed = Callable[[Referral], object]


def of_lead(lead: Lead, officer: Officer) -> str:
    """On the page of a lead: where each of its persons went, as far as the officer may know."""
    if not officer.may(Act.READ_REFERRALS):
        return ""
    rows = queries.of_lead(officer, lead)
    return render_template("referrals/_of_lead.html", lines=pages.lines(rows, today(), calendars.calendar()))


panels.on_a_lead.append(of_lead)


@bp.get("/", act=Act.READ_REFERRALS)
def index() -> ResponseReturnValue:
    calendar = calendars.calendar()
    counts = queries.counts(current_user, today(), calendar)
    asked = {tab.value: tab for tab in counts}.get(request.args.get("tab", ""))
    tab = asked or queries.first_look(current_user, counts)
    page = queries.page(current_user, tab, today(), calendar, request.args.get("after"))
    lines = pages.lines(page.rows, today(), calendar)
    return render_template("referrals/index.html", tab=tab, counts=counts, lines=lines, page=page)


@bp.post("/search", act=Act.READ_REFERRALS)
def search() -> ResponseReturnValue:
    """Search inside what the officer's body was handed, in the words it may read."""
    words = request.form.get("q", "").strip()[:LONGEST_QUERY]
    rows = find(words, current_user, limit=FOUND_AT_ONCE)
    lines = pages.lines(rows, today(), calendars.calendar())
    return render_template("referrals/search.html", words=words, lines=lines, most=FOUND_AT_ONCE)


@bp.get("/<key>", act=Act.READ_REFERRALS, traced=True)
def show(key: str) -> ResponseReturnValue:
    referral = seen(key)
    witness(Act.READ_REFERRALS, referral, by=current_user, at=now())
    page = pages.render(referral, current_user, now())
    db.session.commit()
    return page


@bp.post("/<key>/approve", act=Act.APPROVE_REFERRAL)
def approve(key: str) -> ResponseReturnValue:
    return done(key, Act.APPROVE_REFERRAL, lambda paper: operations.approve(paper, by=current_user, at=now()))


@bp.post("/<key>/redirect", act=Act.REDIRECT_REFERRAL)
def ask_redirect(key: str) -> ResponseReturnValue:
    form = RedirectForm(prefix="redirect").for_referral(seen(key))

    def deed(paper: Referral) -> None:
        operations.redirect(paper, form.office, reason=form.reason.data, by=current_user, at=now())

    return filled(key, Act.REDIRECT_REFERRAL, form, deed)


@bp.post("/<key>/confirm-redirect", act=Act.CONFIRM_REDIRECT)
def confirm_redirect(key: str) -> ResponseReturnValue:
    return done(key, Act.CONFIRM_REDIRECT, lambda paper: operations.confirm_redirect(paper, by=current_user, at=now()))


@bp.post("/<key>/decline-redirect", act=Act.DECLINE_REDIRECT)
def decline_redirect(key: str) -> ResponseReturnValue:
    return done(key, Act.DECLINE_REDIRECT, lambda paper: operations.decline_redirect(paper, by=current_user, at=now()))


@bp.post("/<key>/hand-over", act=Act.HAND_OVER)
def hand_over(key: str) -> ResponseReturnValue:
    return done(key, Act.HAND_OVER, lambda paper: operations.hand_over(paper, by=current_user, at=now()))


@bp.post("/<key>/record-receipt", act=Act.RECORD_RECEIPT)
def record_receipt(key: str) -> ResponseReturnValue:
    form = ReceiptForm(prefix="receipt")

    def deed(paper: Referral) -> None:
        operations.record_receipt(paper, form.receipt_no.data, by=current_user, at=now())

    return filled(key, Act.RECORD_RECEIPT, form, deed)


@bp.post("/<key>/sign-for", act=Act.SIGN_FOR)
def sign_for(key: str) -> ResponseReturnValue:
    return done(key, Act.SIGN_FOR, lambda paper: operations.sign_for(paper, by=current_user, at=now()))


@bp.post("/<key>/send-back", act=Act.SEND_BACK)
def send_back(key: str) -> ResponseReturnValue:
    form = SendBackForm(prefix="back")

    def deed(paper: Referral) -> None:
        operations.send_back(paper, cause=form.cause.data, reason=form.reason.data, by=current_user, at=now())

    return filled(key, Act.SEND_BACK, form, deed)


@bp.post("/<key>/set-disposition", act=Act.SET_DISPOSITION)
def set_disposition(key: str) -> ResponseReturnValue:
    form = DispositionForm(prefix="disposition")

    def deed(paper: Referral) -> None:
        operations.set_disposition(paper, form.chosen, by=current_user, at=now())

    return filled(key, Act.SET_DISPOSITION, form, deed)


@bp.post("/<key>/shelve", act=Act.SHELVE)
def shelve(key: str) -> ResponseReturnValue:
    return done(key, Act.SHELVE, lambda paper: operations.shelve(paper, by=current_user, at=now()))


@bp.post("/<key>/file-case", act=Act.FILE_CASE)
def file_case(key: str) -> ResponseReturnValue:
    return done(key, Act.FILE_CASE, lambda paper: operations.file_case(paper, by=current_user, at=now()))


@bp.post("/<key>/record-milestone", act=Act.RECORD_MILESTONE)
def record_milestone(key: str) -> ResponseReturnValue:
    form = MilestoneForm(prefix="milestone")

    def deed(paper: Referral) -> None:
        operations.record_milestone(paper, form.text.data, form.reached_on.data, by=current_user, at=now())

    return filled(key, Act.RECORD_MILESTONE, form, deed)


@bp.post("/<key>/tell-acceptance", act=Act.TELL_ACCEPTANCE)
def tell_acceptance(key: str) -> ResponseReturnValue:
    return done(key, Act.TELL_ACCEPTANCE, lambda paper: operations.tell_acceptance(paper, by=current_user, at=now()))


@bp.post("/<key>/conclude", act=Act.CONCLUDE)
def conclude(key: str) -> ResponseReturnValue:
    form = ConcludeForm(prefix="conclude")

    def deed(paper: Referral) -> None:
        told = form.result.data, form.recovered_fen
        operations.conclude(paper, form.finding.data, result=told[0], recovered_fen=told[1], by=current_user, at=now())

    return filled(key, Act.CONCLUDE, form, deed)


@bp.post("/<key>/tell-result", act=Act.TELL_RESULT)
def tell_result(key: str) -> ResponseReturnValue:
    return done(key, Act.TELL_RESULT, lambda paper: operations.tell_result(paper, by=current_user, at=now()))


def seen(key: str) -> Referral:
    """The referral, or a 404 for whoever may not see it."""
    query = queries.with_everything(queries.visible_to(current_user)).where(Referral.key == key)
    referral: Referral = db.one_or_404(query)
    return referral


def done(key: str, act: Act, deed: Deed) -> ResponseReturnValue:
    """Do a deed that asks nothing, and go on to where the paper can still be seen."""
    referral = seen(key)
    deed(referral)
    db.session.commit()
    flash(_("%(number)s：%(act)s已办。", number=referral.number, act=said(act)))
    still = db.session.scalar(queries.visible_to(current_user).where(Referral.key == key).limit(1))
    return redirect(url_for(".show", key=key) if still else url_for(".index"))


def filled(key: str, act: Act, form: FlaskForm, deed: Deed) -> ResponseReturnValue:
    """Do a deed that asks for words. When it cannot be done, the words come back with the reason."""
    referral = seen(key)
    if not form.validate_on_submit():
        return pages.render(referral, current_user, now(), kept=(act, form)), 422
    try:
        return done(key, act, deed)
    except StaleDataError:
        refusal: Refused = NotNow("刚才有人先办了这一步。您写的内容还在下面，请看过现状再定。")
    except Refused as against:
        refusal = against
    db.session.rollback()
    form.form_errors.append(said(refusal.sentence))
    return pages.render(seen(key), current_user, now(), kept=(act, form)), refusal.status
