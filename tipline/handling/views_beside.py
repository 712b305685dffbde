"""Slips and requests for longer time at the counter: each has a page of its own."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.handling import extensions, pages, queries, slips
from tipline.handling.forms import AnswerForm, ReceiptForm, WordsForm
from tipline.handling.models import Extension, Slip
from tipline.handling.views import bp
from tipline.kit.db import db
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.steps import Kept, Steps
from tipline.office.time import now


@bp.get("/slips/<key>", act=Act.READ_SLIPS, traced=True)
def slip(key: str) -> ResponseReturnValue:
    paper = slip_seen(key)
    witness(Act.READ_SLIPS, paper, by=current_user, at=now())
    page = pages.render_slip(paper, current_user, now())
    db.session.commit()
    return page


@bp.post("/slips/<key>/sign", act=Act.SIGN_SLIP)
def sign_slip(key: str) -> ResponseReturnValue:
    return at_slips.done(key, Act.SIGN_SLIP, lambda paper: slips.sign(paper, by=current_user, at=now()))


@bp.post("/slips/<key>/record-receipt", act=Act.RECORD_SLIP_RECEIPT)
def record_slip_receipt(key: str) -> ResponseReturnValue:
    form = ReceiptForm(prefix="receipt")

    def deed(paper: Slip) -> None:
        slips.record_receipt(paper, form.receipt_no.data, by=current_user, at=now())

    return at_slips.filled(key, Act.RECORD_SLIP_RECEIPT, form, deed)


@bp.post("/slips/<key>/answer", act=Act.ANSWER_SLIP)
def answer_slip(key: str) -> ResponseReturnValue:
    form = AnswerForm(prefix="answer")

    def deed(paper: Slip) -> None:
        slips.answer(paper, form.answer.data, by=current_user, at=now())

    return at_slips.filled(key, Act.ANSWER_SLIP, form, deed)


@bp.post("/slips/<key>/withdraw", act=Act.WITHDRAW_SLIP)
def withdraw_slip(key: str) -> ResponseReturnValue:
    return at_slips.done(key, Act.WITHDRAW_SLIP, lambda paper: slips.withdraw(paper, by=current_user, at=now()))


@bp.get("/extensions/<key>", act=Act.READ_REFERRALS)
def extension(key: str) -> ResponseReturnValue:
    return pages.render_extension(extension_seen(key), current_user, now())


@bp.post("/extensions/<key>/grant", act=Act.GRANT_EXTENSION)
def grant_extension(key: str) -> ResponseReturnValue:
    return at_extensions.done(
        key, Act.GRANT_EXTENSION, lambda paper: extensions.grant(paper, by=current_user, at=now())
    )


@bp.post("/extensions/<key>/refuse", act=Act.REFUSE_EXTENSION)
def refuse_extension(key: str) -> ResponseReturnValue:
    form = WordsForm(prefix="refuse")

    def deed(paper: Extension) -> None:
        extensions.refuse(paper, reason=form.reason.data, by=current_user, at=now())

    return at_extensions.filled(key, Act.REFUSE_EXTENSION, form, deed)


def slip_seen(key: str) -> Slip:
    """The slip, or a 404 for whoever may not see it."""
    found: Slip = db.one_or_404(queries.slips_visible_to(current_user).where(Slip.key == key))
    return found


def extension_seen(key: str) -> Extension:
    """The request, or a 404 for whoever may not see it."""
    found: Extension = db.one_or_404(queries.extensions_visible_to(current_user).where(Extension.key == key))
    return found


def slip_page(paper: Slip, kept: Kept | None) -> str:
    return pages.render_slip(paper, current_user, now(), kept)


def extension_page(paper: Extension, kept: Kept | None) -> str:
    return pages.render_extension(paper, current_user, now(), kept)


at_slips = Steps(slip_seen, slip_page, lambda paper: url_for("handling.slip", key=paper.key))
at_extensions = Steps(extension_seen, extension_page, lambda paper: url_for("handling.extension", key=paper.key))
