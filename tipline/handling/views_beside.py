"""Slips and requests for longer time at the counter: each has a page of its own."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.handling import extensions, pages, queries, slips
from tipline.handling.forms import AnswerForm, ReceiptForm, WordsForm
from tipline.handling.models import Extension, Slip
from tipline.handling.views import bp
from tipline.kit.db import db
from tipline.office.charter import Act
from tipline.office.steps import Kept, Steps
from tipline.office.time import now


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


at_slips = Steps(slip_seen, slip_page, lambda paper: url_for("handling.slip", key=paper.key), pages.SLIP_FORMS)
at_extensions = Steps(
    extension_seen, extension_page, lambda paper: url_for("handling.extension", key=paper.key), pages.EXTENSION_FORMS
)


at_slips.reading(bp, Act.READ_SLIPS, "/slips/<key>", "slip")


@at_slips.door(bp, Act.SIGN_SLIP, "/slips/<key>/sign")
def sign_slip(paper: Slip, **whose: Any) -> None:
    slips.sign(paper, **whose)


@at_slips.door(bp, Act.RECORD_SLIP_RECEIPT, "/slips/<key>/record-receipt")
def record_slip_receipt(paper: Slip, form: ReceiptForm, **whose: Any) -> None:
    slips.record_receipt(paper, form.receipt_no.data, **whose)


@at_slips.door(bp, Act.ANSWER_SLIP, "/slips/<key>/answer")
def answer_slip(paper: Slip, form: AnswerForm, **whose: Any) -> None:
    slips.answer(paper, form.answer.data, **whose)


@at_slips.door(bp, Act.WITHDRAW_SLIP, "/slips/<key>/withdraw")
def withdraw_slip(paper: Slip, **whose: Any) -> None:
    slips.withdraw(paper, **whose)


@bp.get("/extensions/<key>", act=Act.READ_REFERRALS)
def extension(key: str) -> ResponseReturnValue:
    return pages.render_extension(extension_seen(key), current_user, now())


@at_extensions.door(bp, Act.GRANT_EXTENSION, "/extensions/<key>/grant")
def grant_extension(paper: Extension, **whose: Any) -> None:
    extensions.grant(paper, **whose)


@at_extensions.door(bp, Act.REFUSE_EXTENSION, "/extensions/<key>/refuse")
def refuse_extension(paper: Extension, form: WordsForm, **whose: Any) -> None:
    extensions.refuse(paper, reason=form.reason.data, **whose)
