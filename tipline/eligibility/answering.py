"""Opinions and answers: decide, carry out, deliver; look again when the petitioner asks; close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tipline.eligibility.models import EligibilityReview, ItemOpinion, Opinion, Stage
from tipline.eligibility.objections import body_of_the_look, do
from tipline.eligibility.reckoning import reckon
from tipline.eligibility.rules import Outcome, Stand
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy
from tipline.office.charter import Act
from tipline.office.models import Office, Officer


@dataclass(frozen=True)
class Said:
    """An opinion in words: what follows, the facts, the basis, and the opinion on each item in its order."""

    outcome: Outcome
    facts: str
    basis: str
    on_items: Sequence[tuple[Stand, str]]


def decide(review: EligibilityReview, said: Said, *, by: Officer, at: datetime) -> Opinion:
    """Give the opinion on every item, with the facts found and the basis (第三十二条)."""
    return _opine(Act.DECIDE_PETITION, Stage.FIRST, review, review.handler, said, by=by, at=at)


def decide_second_look(review: EligibilityReview, said: Said, *, by: Officer, at: datetime) -> Opinion:
    """The opinion of the body above the one that answered first (复查, 第三十五条)."""
    office = body_of_the_look(review)
    return _opine(Act.DECIDE_SECOND_LOOK, Stage.SECOND, review, office, said, by=by, at=at)


def decide_last_look(review: EligibilityReview, said: Said, *, by: Officer, at: datetime) -> Opinion:
    """The opinion of the body above that one; nothing comes after it (复核, 第三十六条)."""
    office = body_of_the_look(review)
    return _opine(Act.DECIDE_LAST_LOOK, Stage.LAST, review, office, said, by=by, at=at)


def _opine(
    act: Act, stage: Stage, review: EligibilityReview, office: Office, said: Said, *, by: Officer, at: datetime
) -> Opinion:
    facts, basis = tidy(said.facts), tidy(said.basis)
    if not facts or not basis:
        raise Incomplete("请写明认定的事实和法律依据。")
    each = [(stand, tidy(words)) for stand, words in said.on_items]
    review.life.after(review.state, act)  # whoever is too early hears that first
    if len(each) != len(review.items) or not all(words for _, words in each):
        raise Incomplete("请对受理的每一项分别写明意见。")
    do(act, review, by=by, at=at, outcome=said.outcome.value, office=office.code)
    opinion = Opinion(
        stage=stage, office=office, outcome=said.outcome, facts=facts, basis=basis, decided_at=at, decided_by=by
    )
    opinion.on_items = [
        ItemOpinion(item=item, stand=stand, words=words)
        for item, (stand, words) in zip(review.items, each, strict=True)
    ]
    review.opinions.append(opinion)
    db.session.flush()
    reckon(review)
    return opinion


def execute(
    review: EligibilityReview, doc_no: str, effective_from: Month, change_fen: int, *, by: Officer, at: datetime
) -> None:
    """Carry out what the opinion says: under which number, from which month, by how much a month.

    `change_fen` is the size of the change; which way it goes follows from the opinion.
    """
    number = tidy(doc_no)
    if not number:
        raise Incomplete("请填写文号。")
    if change_fen < 0:
        raise Incomplete("变动金额不能为负数，增减由处理意见决定。")
    opinion = review.last_opinion
    do(Act.EXECUTE_DECISION, review, by=by, at=at, month=str(effective_from))
    assert opinion is not None  # nothing is carried out before there is an opinion
    review.executed, review.executed_at, review.doc_no = opinion.outcome, at, number[:60]
    review.effective_from, review.change_fen = effective_from, opinion.outcome.sign * change_fen
    reckon(review)


def deliver_answer(review: EligibilityReview, delivered_on: date, *, by: Officer, at: datetime) -> None:
    """The written answer has reached the petitioner; from that day they may ask the body above."""
    opinion = review.last_opinion
    if delivered_on > day_of(at) or (opinion is not None and delivered_on < day_of(opinion.decided_at)):
        raise Incomplete("送达日期应在作出意见之后、今天以前。")
    do(Act.DELIVER_ANSWER, review, by=by, at=at, on=delivered_on.isoformat())
    assert opinion is not None  # nothing is delivered before there is an opinion
    opinion.delivered_on = delivered_on
    reckon(review)


def ask_second_look(review: EligibilityReview, asked_on: date, *, grounds: str, by: Officer, at: datetime) -> None:
    """The petitioner does not accept the answer and asks the body above (复查)."""
    words = _asked(review, asked_on, grounds, at)
    do(Act.ASK_SECOND_LOOK, review, by=by, at=at, note=words, on=asked_on.isoformat())
    review.second_asked_on, review.reason = asked_on, words
    reckon(review)


def ask_last_look(review: EligibilityReview, asked_on: date, *, grounds: str, by: Officer, at: datetime) -> None:
    """The petitioner does not accept the second opinion either (复核)."""
    words = _asked(review, asked_on, grounds, at)
    do(Act.ASK_LAST_LOOK, review, by=by, at=at, note=words, on=asked_on.isoformat())
    review.last_asked_on, review.reason = asked_on, words
    reckon(review)


def _asked(review: EligibilityReview, asked_on: date, grounds: str, at: datetime) -> str:
    words, opinion = tidy(grounds), review.last_opinion
    if not words:
        raise Incomplete("请写明请求的理由。")
    told = opinion.delivered_on if opinion else None
    if asked_on > day_of(at) or (told is not None and asked_on < told):
        raise Incomplete("请求日期应在答复送达之后、今天以前。")
    return words


def record_hearing(review: EligibilityReview, days: int, *, by: Officer, at: datetime) -> None:
    """A public hearing was held; its days do not count (第三十六条)."""
    if days < 1:
        raise Incomplete("请填写听证用去的天数。")
    do(Act.RECORD_HEARING, review, by=by, at=at, days=str(days))
    review.hearing_days += days
    reckon(review)


def close(review: EligibilityReview, *, by: Officer, at: datetime) -> None:
    """Close it: carried out, answered, and the time to ask the body above has passed."""
    do(Act.CLOSE_REVIEW, review, by=by, at=at)
    review.closed_at = at
    reckon(review)
