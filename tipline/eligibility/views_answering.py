"""Opinions and answers at the counter: decide, carry out, print, deliver, look again, close."""

from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.eligibility import answering, queries
from tipline.eligibility.answers import answer_of
from tipline.eligibility.forms import AskForm, DeliverForm, ExecuteForm, HearingForm, OpinionForm
from tipline.eligibility.models import EligibilityReview
from tipline.eligibility.views import at_counter, bp, seen
from tipline.office.charter import Act


@bp.get("/<key>/answers/<opinion>", act=Act.READ_REVIEWS)
def answer(key: str, opinion: str) -> ResponseReturnValue:
    """The written answer, ready to be printed; only where the words are open."""
    review = seen(key)
    told = next((one for one in review.opinions if one.key == opinion), None)
    if told is None or not queries.reads_words(current_user, review):
        abort(404)
    return render_template("eligibility/answer.html", review=review, answer=answer_of(review, told))


@at_counter.door(bp, Act.DECIDE_PETITION)
def decide(paper: EligibilityReview, form: OpinionForm, **whose: Any) -> None:
    answering.decide(paper, form.told, **whose)


@at_counter.door(bp, Act.EXECUTE_DECISION)
def execute(paper: EligibilityReview, form: ExecuteForm, **whose: Any) -> None:
    told = form.doc_no.data, form.effective_from, form.change_fen
    answering.execute(paper, *told, **whose)


@at_counter.door(bp, Act.DELIVER_ANSWER)
def deliver_answer(paper: EligibilityReview, form: DeliverForm, **whose: Any) -> None:
    answering.deliver_answer(paper, form.delivered_on.data, **whose)


@at_counter.door(bp, Act.ASK_SECOND_LOOK)
def ask_second_look(paper: EligibilityReview, form: AskForm, **whose: Any) -> None:
    grounds, asked_on = form.grounds.data, form.asked_on.data
    answering.ask_second_look(paper, asked_on, grounds=grounds, **whose)


@at_counter.door(bp, Act.DECIDE_SECOND_LOOK)
def decide_second_look(paper: EligibilityReview, form: OpinionForm, **whose: Any) -> None:
    answering.decide_second_look(paper, form.told, **whose)


@at_counter.door(bp, Act.ASK_LAST_LOOK)
def ask_last_look(paper: EligibilityReview, form: AskForm, **whose: Any) -> None:
    grounds, asked_on = form.grounds.data, form.asked_on.data
    answering.ask_last_look(paper, asked_on, grounds=grounds, **whose)


@at_counter.door(bp, Act.RECORD_HEARING)
def record_hearing(paper: EligibilityReview, form: HearingForm, **whose: Any) -> None:
    answering.record_hearing(paper, form.days.data, **whose)


@at_counter.door(bp, Act.DECIDE_LAST_LOOK)
def decide_last_look(paper: EligibilityReview, form: OpinionForm, **whose: Any) -> None:
    answering.decide_last_look(paper, form.told, **whose)


@at_counter.door(bp, Act.CLOSE_REVIEW)
def close(paper: EligibilityReview, **whose: Any) -> None:
    answering.close(paper, **whose)
