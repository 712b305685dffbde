"""What waits for an officer about outcomes: something to check, approve, decide, carry out or put right."""

from datetime import date

from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.clocks import Tone, tone
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting
from tipline.outcomes import queries
from tipline.outcomes.lifecycle import ClarificationState
from tipline.outcomes.models import AccusationApproval, Clarification, ToleranceReview
from tipline.outcomes.objections import deciders

MOST = 50


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """What waits for this officer; not what somebody else's hand is needed for."""
    if not officer.may(Act.READ_OUTCOMES):
        return []
    corrections = db.session.scalars(queries.owing_corrections(officer).limit(MOST))
    found = [_correction(review, today) for review in corrections]
    found += [_on_the_sheet(paper) for paper in queries.waiting_approvals(officer)]
    found += [_on_the_sheet(paper) for paper in queries.waiting_clarifications(officer)]
    if officer.may(Act.DECIDE_TOLERANCE):
        waiting = queries.waiting_reviews(officer)
        found += [_to_decide(review) for review in waiting if officer in deciders(review.referral)]
    return found


def _correction(review: ToleranceReview, today: date) -> Waiting:
    due_on = review.correction_due_on
    return Waiting(
        what=Sentence("容错纠错：按决定完成纠正"),
        number=review.number,
        act=Act.MEET_CORRECTION,
        endpoint="outcomes.review",
        values={"key": review.key},
        due_on=due_on,
        tone=tone(due_on, today, calendars.calendar()) if due_on else Tone.QUIET,
    )


def _to_decide(review: ToleranceReview) -> Waiting:
    return Waiting(
        what=Sentence("决定是否容错纠错"),
        number=review.number,
        act=Act.DECIDE_TOLERANCE,
        endpoint="outcomes.review",
        values={"key": review.key},
    )


def _on_the_sheet(paper: AccusationApproval | Clarification) -> Waiting:
    what, act = Sentence("核对诬告认定的批准文书"), Act.CHECK_APPROVAL
    if isinstance(paper, Clarification):
        approved = paper.state is ClarificationState.APPROVED
        what = Sentence("按批准的方式澄清正名") if approved else Sentence("批准澄清正名")
        act = Act.FINISH_CLARIFICATION if approved else Act.APPROVE_CLARIFICATION
    return Waiting(
        what=what, number=paper.number, act=act, endpoint="outcomes.show", values={"key": paper.referral.key}
    )
