"""The ways back at the counter: returns, recalls, arbitration; and what a superior body takes up or designates."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, Refused
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.frame import said
from tipline.office.models import Office
from tipline.office.steps import tell_done
from tipline.office.time import now
from tipline.referrals import queries, recalls, returns, taking_up
from tipline.referrals.forms import AboveForm, ArbitrateForm, DesignateForm, SendBackForm, WordsForm
from tipline.referrals.models import Referral
from tipline.referrals.views import at_counter, bp, onward


@at_counter.door(bp, Act.SEND_BACK)
def send_back(paper: Referral, form: SendBackForm, **whose: Any) -> None:
    returns.send_back(paper, cause=form.cause.data, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.ENDORSE_RETURN)
def endorse_return(paper: Referral, **whose: Any) -> None:
    returns.endorse(paper, **whose)


@at_counter.door(bp, Act.DROP_RETURN)
def drop_return(paper: Referral, form: WordsForm, **whose: Any) -> None:
    returns.drop(paper, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.AGREE_RETURN)
def agree_return(paper: Referral, form: WordsForm, **whose: Any) -> None:
    returns.agree(paper, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.DECLINE_RETURN)
def decline_return(paper: Referral, form: WordsForm, **whose: Any) -> None:
    returns.decline(paper, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.ARBITRATE)
def arbitrate(paper: Referral, form: ArbitrateForm, **whose: Any) -> None:
    returns.arbitrate(paper, form.office, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.RECALL)
def recall(paper: Referral, form: WordsForm, **whose: Any) -> None:
    recalls.recall(paper, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.ASK_RECALL)
def ask_recall(paper: Referral, form: WordsForm, **whose: Any) -> None:
    recalls.ask_recall(paper, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.CONSENT_RECALL)
def consent_recall(paper: Referral, **whose: Any) -> None:
    recalls.consent(paper, **whose)


@at_counter.door(bp, Act.REFUSE_RECALL)
def refuse_recall(paper: Referral, form: WordsForm, **whose: Any) -> None:
    recalls.refuse(paper, reason=form.reason.data, **whose)


@bp.get("/above", act=Act.TAKE_UP)
def above() -> ResponseReturnValue:
    """What a superior body may do with a matter below it, of which it knows the number."""
    return _above()


@bp.post("/take-up", act=Act.TAKE_UP)
def take_up() -> ResponseReturnValue:
    form = AboveForm(prefix="up")

    def deed(paper: Referral) -> None:
        taking_up.take_up(paper, reason=form.reason.data, by=current_user, at=now())

    return _stepped_in(Act.TAKE_UP, form, deed)


@bp.post("/designate", act=Act.DESIGNATE)
def designate() -> ResponseReturnValue:
    form = DesignateForm(prefix="designate").below(_below())

    def deed(paper: Referral) -> None:
        taking_up.designate(paper, form.office, reason=form.reason.data, by=current_user, at=now())

    return _stepped_in(Act.DESIGNATE, form, deed)


def _stepped_in(act: Act, form: AboveForm, deed: Callable[[Referral], None]) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _above((act, form)), 422
    try:
        paper = queries.below(current_user, form.number.data)
        if paper is None:
            raise Incomplete("下级机关没有这个编号的在办件。")
        deed(paper)
        db.session.commit()
    except Refused as against:
        db.session.rollback()
        form.form_errors.append(said(against.sentence))
        return _above((act, form)), against.status
    tell_done(paper.number, act)
    return redirect(onward(paper))


def _above(kept: tuple[Act, AboveForm] | None = None) -> str:
    forms: dict[Act, AboveForm] = {
        Act.TAKE_UP: AboveForm(None, prefix="up"),
        Act.DESIGNATE: DesignateForm(None, prefix="designate").below(_below()),
    }
    return render_template("referrals/above.html", forms=forms | (dict([kept]) if kept else {}), back=url_for(".index"))


def _below() -> list[Office]:
    return [office for office in roster.offices() if taking_up.is_below(office, current_user)]
