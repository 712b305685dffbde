"""Error tolerance (容错纠错): proposed by the body that handles the case, decided by another person above any town."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.kit.identity import tidy
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer
from tipline.outcomes import queries
from tipline.outcomes.models import ToleranceAnswer, ToleranceReview
from tipline.outcomes.objections import against_reviewing, require_decider, require_inside, require_unfinished
from tipline.outcomes.rules import NOT_APPLICABLE
from tipline.referrals.models import Referral


@dataclass(frozen=True)
class Answer:
    """Whether one of the three distinctions speaks for the person, and why."""

    holds: bool
    reason: str


def propose(
    referral: Referral, *, facts: str, answers: Mapping[str, Answer], by: Officer, at: datetime
) -> ToleranceReview:
    """Put the three distinctions, each answered with its reason, to whoever may decide."""
    require_unfinished(Act.PROPOSE_TOLERANCE, referral)
    require_inside(Act.PROPOSE_TOLERANCE, referral, by)
    earlier = queries.reviews_of(referral)
    if against := against_reviewing(referral, earlier, by):
        raise against
    tests = [term.key for term in referral.lead.rules.terms("error_tolerance_test")]
    if any(test not in answers or not tidy(answers[test].reason) for test in tests):
        raise Incomplete("“三个区分开来”的三项都须逐项回答并写明理由。")
    review = ToleranceReview(
        referral=referral, round=len(earlier) + 1, facts=_words(facts), proposed_at=at, proposed_by=by
    )
    enact(Act.PROPOSE_TOLERANCE, review, by=by, at=at)
    review.answers = [
        ToleranceAnswer(test=test, holds=answers[test].holds, reason=tidy(answers[test].reason)) for test in tests
    ]
    db.session.add(review)
    try:
        db.session.flush()
    except IntegrityError:
        raise NotNow("已提请过容错纠错。") from None
    return review


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided, on what ground, and what must be put right by when."""

    decision: str
    ground: str
    correction: str | None = None
    correction_due_on: date | None = None


def decide(review: ToleranceReview, made: Decision, *, by: Officer, at: datetime) -> None:
    """Decide: exempt, lighter, reduced or not applicable; never by the person or the town concerned."""
    require_decider(review.referral, by)
    review.referral.lead.rules.term("error_tolerance_decision", made.decision)
    ground, correction = _words(made.ground), tidy(made.correction or "") or None
    if (correction is None) != (made.correction_due_on is None):
        raise Incomplete("要求纠正的，须一并写明纠正什么、何时完成。")
    if made.decision == NOT_APPLICABLE and correction is not None:
        raise Incomplete("不适用容错的，不在这里要求纠正。")
    if made.correction_due_on is not None and made.correction_due_on < day_of(at):
        raise Incomplete("完成纠正的日期不能早于今天。")
    due = {"due_on": made.correction_due_on.isoformat()} if made.correction_due_on else {}
    enact(Act.DECIDE_TOLERANCE, review, by=by, at=at, decision=made.decision, **due)
    review.decision, review.ground = made.decision, ground
    review.correction, review.correction_due_on = correction, made.correction_due_on
    review.decided_at, review.decided_by = at, by


def meet_correction(review: ToleranceReview, corrected_on: date, *, by: Officer, at: datetime) -> None:
    """What the decision asked for has been put right."""
    require_inside(Act.MEET_CORRECTION, review.referral, by)
    if review.decision is not None and review.correction_due_on is None:
        raise NotNow("决定没有要求纠正。")
    if corrected_on > day_of(at):
        raise Incomplete("纠正日期不能晚于今天。")
    enact(Act.MEET_CORRECTION, review, by=by, at=at, corrected_on=corrected_on.isoformat())
    review.corrected_on = corrected_on


def _words(text: str) -> str:
    words = tidy(text)
    if not words:
        raise Incomplete("请写明理由。")
    return words
