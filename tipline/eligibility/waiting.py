"""What waits for an officer among the eligibility reviews, in the order in which it burns."""

from datetime import date

from tipline.eligibility import queries, reckoning, rules
from tipline.eligibility.lifecycle import ReviewState
from tipline.eligibility.models import EligibilityReview
from tipline.eligibility.objections import owes_execution, owes_word_of_time
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.clocks import Due, Tone, tone
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting

MOST = 50
"""The desk shows what burns first; the rest stands in the list of reviews."""

S = ReviewState

WAITS = {
    S.OPENED: (Act.ACCEPT_PETITION, Sentence("受理或转送低保申诉")),
    S.FORWARDED: (Act.ACCEPT_PETITION, Sentence("受理转来的低保申诉，有异议的提出异议")),
    S.OBJECTED: (Act.AGREE_OBJECTION, Sentence("核实受转单位的异议")),
    S.ACCEPTED: (Act.START_CHECKS, Sentence("开始核查低保资格")),
    S.CHECKING: (Act.DECIDE_PETITION, Sentence("核查低保资格并作出处理意见")),
    S.SECOND_LOOK: (Act.DECIDE_SECOND_LOOK, Sentence("作出复查意见")),
    S.LAST_LOOK: (Act.DECIDE_LAST_LOOK, Sentence("作出复核意见")),
}
"""What a review waits for while nobody has given an opinion on it."""

TO_GRANT = (Act.GRANT_MORE_TIME, Sentence("批准或不批准延长办理期限"))
TO_TELL_TIME = (Act.TELL_MORE_TIME, Sentence("告知信访人延长办理期限和理由，并核查低保资格"))
TO_EXECUTE = (Act.EXECUTE_DECISION, Sentence("执行处理意见"))
TO_DELIVER = (Act.DELIVER_ANSWER, Sentence("向信访人送达书面答复"))
TO_CLOSE = (Act.CLOSE_REVIEW, Sentence("请求复查复核的期限过后结案"))


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The reviews whose next deed is this officer's, with the clock that an office must stop first."""
    if not officer.may(Act.READ_REVIEWS):
        return []
    burns = queries.burning(queries.visible_to(officer).where(queries.waits_for(officer)))
    calendar = calendars.calendar()
    found = []
    for review in db.session.scalars(burns.limit(MOST)):
        first = rules.first_owed(reckoning.clocks(review, calendar))
        near = tone(first.due.on, today, calendar) if first else Tone.QUIET
        found.append(_waiting(review, officer, first.due if first else None, near))
    return found


def _waiting(review: EligibilityReview, officer: Officer, due: Due | None, near: Tone) -> Waiting:
    act, what = _next(review, officer)
    return Waiting(
        what=what,
        number=review.number,
        act=act,
        endpoint="eligibility.show",
        values={"key": review.key},
        due=due,
        tone=near,
    )


def _next(review: EligibilityReview, officer: Officer) -> tuple[Act, Sentence]:
    if review.more_time_asked_at is not None and officer.may(Act.GRANT_MORE_TIME):
        return TO_GRANT
    if review.state is S.CHECKING and owes_word_of_time(review):
        return TO_TELL_TIME
    if review.state in WAITS:
        return WAITS[review.state]
    opinion = review.last_opinion
    if owes_execution(review) and officer.office_id == review.handler_id:
        return TO_EXECUTE
    told = opinion is None or opinion.delivered_on is not None or not review.lead.named
    return TO_CLOSE if told else TO_DELIVER
