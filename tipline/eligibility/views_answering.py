"""Opinions and answers at the counter: decide, carry out, print, deliver, look again, close."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.eligibility import answering, queries
from tipline.eligibility.answers import answer_of
from tipline.eligibility.forms import AskForm, DeliverForm, ExecuteForm, HearingForm, OpinionForm
from tipline.eligibility.models import EligibilityReview
from tipline.eligibility.views import at_counter, bp, seen
from tipline.office.charter import Act
from tipline.office.time import now


@bp.get("/<key>/answers/<opinion>", act=Act.READ_REVIEWS)
def answer(key: str, opinion: str) -> ResponseReturnValue:
    """The written answer, ready to be printed; only where the words are open."""
    review = seen(key)
    told = next((one for one in review.opinions if one.key == opinion), None)
    if told is None or not queries.reads_words(current_user, review):
        abort(404)
    return render_template("eligibility/answer.html", review=review, answer=answer_of(review, told))


@bp.post("/<key>/decide", act=Act.DECIDE_PETITION)
def decide(key: str) -> ResponseReturnValue:
    form = OpinionForm(prefix="decide").for_review(seen(key))

    def deed(paper: EligibilityReview) -> None:
        answering.decide(paper, form.told, by=current_user, at=now())

    return at_counter.filled(key, Act.DECIDE_PETITION, form, deed)


@bp.post("/<key>/execute", act=Act.EXECUTE_DECISION)
def execute(key: str) -> ResponseReturnValue:
    form = ExecuteForm(prefix="execute")

    def deed(paper: EligibilityReview) -> None:
        told = form.doc_no.data, form.effective_from, form.change_fen
        answering.execute(paper, *told, by=current_user, at=now())

    return at_counter.filled(key, Act.EXECUTE_DECISION, form, deed)


@bp.post("/<key>/deliver-answer", act=Act.DELIVER_ANSWER)
def deliver_answer(key: str) -> ResponseReturnValue:
    form = DeliverForm(prefix="deliver")

    def deed(paper: EligibilityReview) -> None:
        answering.deliver_answer(paper, form.delivered_on.data, by=current_user, at=now())

    return at_counter.filled(key, Act.DELIVER_ANSWER, form, deed)


@bp.post("/<key>/ask-second-look", act=Act.ASK_SECOND_LOOK)
def ask_second_look(key: str) -> ResponseReturnValue:
    form = AskForm(prefix="second")

    def deed(paper: EligibilityReview) -> None:
        grounds, asked_on = form.grounds.data, form.asked_on.data
        answering.ask_second_look(paper, asked_on, grounds=grounds, by=current_user, at=now())

    return at_counter.filled(key, Act.ASK_SECOND_LOOK, form, deed)


@bp.post("/<key>/decide-second-look", act=Act.DECIDE_SECOND_LOOK)
def decide_second_look(key: str) -> ResponseReturnValue:
    form = OpinionForm(prefix="decide-second").for_review(seen(key))

    def deed(paper: EligibilityReview) -> None:
        answering.decide_second_look(paper, form.told, by=current_user, at=now())

    return at_counter.filled(key, Act.DECIDE_SECOND_LOOK, form, deed)


@bp.post("/<key>/ask-last-look", act=Act.ASK_LAST_LOOK)
def ask_last_look(key: str) -> ResponseReturnValue:
    form = AskForm(prefix="last")

    def deed(paper: EligibilityReview) -> None:
        grounds, asked_on = form.grounds.data, form.asked_on.data
        answering.ask_last_look(paper, asked_on, grounds=grounds, by=current_user, at=now())

    return at_counter.filled(key, Act.ASK_LAST_LOOK, form, deed)


@bp.post("/<key>/record-hearing", act=Act.RECORD_HEARING)
def record_hearing(key: str) -> ResponseReturnValue:
    form = HearingForm(prefix="hearing")

    def deed(paper: EligibilityReview) -> None:
        answering.record_hearing(paper, form.days.data, by=current_user, at=now())

    return at_counter.filled(key, Act.RECORD_HEARING, form, deed)


@bp.post("/<key>/decide-last-look", act=Act.DECIDE_LAST_LOOK)
def decide_last_look(key: str) -> ResponseReturnValue:
    form = OpinionForm(prefix="decide-last").for_review(seen(key))

    def deed(paper: EligibilityReview) -> None:
        answering.decide_last_look(paper, form.told, by=current_user, at=now())

    return at_counter.filled(key, Act.DECIDE_LAST_LOOK, form, deed)


@bp.post("/<key>/close", act=Act.CLOSE_REVIEW)
def close(key: str) -> ResponseReturnValue:
    return at_counter.done(key, Act.CLOSE_REVIEW, lambda paper: answering.close(paper, by=current_user, at=now()))
