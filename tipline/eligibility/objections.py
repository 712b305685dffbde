"""What keeps an officer from a deed on a petition that their role includes: whose it is, and what comes first."""

from collections.abc import Callable
from datetime import date, datetime

from tipline.eligibility import queries, reckoning, rules
from tipline.eligibility.lifecycle import HANDLERS, LIFE, SENDERS, ReviewState
from tipline.eligibility.models import EligibilityReview
from tipline.kit.dates import day_of
from tipline.kit.errors import Incomplete, NotNow, NotPermitted, Refused
from tipline.kit.words import Sentence
from tipline.law.bodies import Body, PersonKind
from tipline.leads.lifecycle import LeadState
from tipline.office import roster
from tipline.office.charter import Act, Role
from tipline.office.deeds import enact
from tipline.office.models import Office, Officer
from tipline.office.powers import SECOND_PERSON
from tipline.office.second_person import first_hands, is_same_hand


def do(
    act: Act, review: EligibilityReview, *, by: Officer, at: datetime, note: str | None = None, **facts: str
) -> None:
    """Do a deed unless something stands against it. Raises the objection, and then nothing has changed."""
    if by.may(act) and (review.state, act) in LIFE.moves and (against := objection(act, review, by, day_of(at))):
        raise against
    enact(act, review, by=by, at=at, note=note, **facts)


def open_acts(review: EligibilityReview, officer: Officer, today: date) -> list[Act]:
    """What the officer may do now: the buttons of the page, each of which will work."""
    acts = [act for act in LIFE.open_acts(review.state) if officer.may(act)]
    first = first_hands([review]) if SECOND_PERSON.keys() & set(acts) else {}
    return [
        act
        for act in acts
        if objection(act, review, officer, today) is None and not is_same_hand(act, review, officer, first)
    ]


def objection(act: Act, review: EligibilityReview, by: Officer, today: date) -> Refused | None:
    """Why this officer may not do this to this petition, although the role and the state would let them."""
    if review.lead.state is LeadState.VOIDED:
        return NotNow("线索已作废，不能%(act)s。", act=act)
    office = office_for(act, review)
    if office is not None and by.office_id != office.id:
        return NotPermitted("由%(office)s%(act)s。", office=office.name, act=act)
    if act in ABOVE:
        return _of_the_bodies_above(act, review, by, today)
    against = ON.get(act)
    return against(review, today) if against else None


ABOVE = {Act.DECIDE_SECOND_LOOK, Act.DECIDE_LAST_LOOK, Act.RECORD_HEARING, Act.ASK_SECOND_LOOK, Act.ASK_LAST_LOOK}
"""Asked of the bureau, which decides itself or writes down what a body above it has decided."""


def office_for(act: Act, review: EligibilityReview) -> Office | None:
    """The one office that may do it, where there is one."""
    if act in HANDLERS:
        return review.handler
    if act in SENDERS:
        return review.from_office
    if act is Act.TELL_PETITIONER:
        return review.from_office if review.state is ReviewState.FORWARDED else review.handler
    if act is Act.DELIVER_ANSWER and review.last_opinion is not None:
        said = review.last_opinion.office
        return said if said.signs_in else roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    return None


def _of_the_bodies_above(act: Act, review: EligibilityReview, by: Officer, today: date) -> Refused | None:
    asks = act in {Act.ASK_SECOND_LOOK, Act.ASK_LAST_LOOK}
    if by.office.body is not Body.CIVIL_AFFAIRS_BUREAU and not (asks and by.office_id == review.handler_id):
        return NotPermitted("由区民政局%(act)s。", act=act)
    if asks:
        return _of_asking(act, review, today)
    if act is Act.RECORD_HEARING:
        return None
    own = body_of_the_look(review).signs_in
    if own and by.role is not Role.BUREAU_LEADER:
        return NotPermitted("由区局领导%(act)s。", act=act)
    return None


def body_of_the_look(review: EligibilityReview) -> Office:
    """The office that looks at it now: the next above the one whose answer was not accepted."""
    said = review.last_opinion.office if review.last_opinion else review.handler
    return roster.office_of(rules.body_above(said.body, review.lead.rules))


def _of_asking(act: Act, review: EligibilityReview, today: date) -> Refused | None:
    word = "review_requested" if act is Act.ASK_SECOND_LOOK else "re_review_requested"
    opinion = review.last_opinion
    if not review.lead.named:
        return NotNow("没有留下姓名和联系方式，不能%(act)s。", act=act)
    if opinion is None or opinion.delivered_on is None:
        return NotNow("答复尚未送达，不能%(act)s。", act=act)
    last = rules.until(reckoning.clocks(review), word)
    if last is not None and today > last:
        return NotNow("期限到%(day)s为止，已经过了，不再受理。", day=last)
    return None


def _of_forwarding(review: EligibilityReview, today: date) -> Refused | None:
    if not ways_on(review):
        return NotNow("没有可以转送、又不须回避的单位。")
    return None


def ways_on(review: EligibilityReview) -> list[Office]:
    """To whom it may be passed on the dibao side: never back here, never to who is in conflict or has nobody."""
    decision = reckoning.decision_of(review)
    conflicts = decision.conflicts if decision else rules.OUR_SIDE
    town, manned = reckoning.town_of(review.lead, review.person), queries.offices_with_hands(review.lead)
    return [
        office
        for office in roster.offices()
        if office.body in rules.OUR_SIDE
        and office.id != review.handler_id
        and not (office.body in conflicts and (not office.body.sits_in_a_town or town in (None, office.place_code)))
        and office.id in manned
    ]


def _of_objecting(review: EligibilityReview, today: date) -> Refused | None:
    if review.objected_at is not None:
        return NotNow("已提出过异议，转送单位核实后不同意的，应当受理。")
    last = rules.until(reckoning.clocks(review), "objection_made")
    if last is not None and today > last:
        return NotNow("提出异议的期限到%(day)s为止，没有提出的视为接收。", day=last)
    return None


def _of_telling(review: EligibilityReview, today: date) -> Refused | None:
    if not review.lead.named:
        return NotNow("没有留下姓名和联系方式，无从告知。")
    return NotNow("已书面告知过。") if review.told_at is not None else None


def _of_asking_time(review: EligibilityReview, today: date) -> Refused | None:
    if review.extended_at is not None:
        return NotNow("已延长过一次，不能再延。")
    return NotNow("已申请，等待负责人批准。") if review.more_time_asked_at is not None else None


def _of_granting_time(review: EligibilityReview, today: date) -> Refused | None:
    return NotNow("没有待批准的延长申请。") if review.more_time_asked_at is None else None


def _of_telling_time(review: EligibilityReview, today: date) -> Refused | None:
    if review.extended_at is None:
        return NotNow("没有批准延长。")
    if not review.lead.named:
        return NotNow("没有留下姓名和联系方式，无从告知。")
    return NotNow("已告知过延长理由。") if review.extension_told_at is not None else None


def owes_word_of_time(review: EligibilityReview) -> bool:
    """Whether the petitioner has still to hear that it takes longer (信访工作条例 第三十四条)."""
    return review.extended_at is not None and review.extension_told_at is None and review.lead.named


def _of_deciding(review: EligibilityReview, today: date) -> Refused | None:
    household = review.person is not None and review.person.kind is PersonKind.HOUSEHOLD
    missing = rules.checks_missing([check.kind for check in review.checks], of_a_household=household)
    return Incomplete("还没有记录%(check)s，不能作出处理意见。", check=missing[0]) if missing else None


def owes_execution(review: EligibilityReview) -> bool:
    """Whether what the opinion that stands says has still to be carried out."""
    wanted = review.last_opinion.outcome.effect if review.last_opinion else None
    return wanted is not (review.executed.effect if review.executed else None)


def _of_executing(review: EligibilityReview, today: date) -> Refused | None:
    return None if owes_execution(review) else NotNow("与现状一致，不需要执行。")


def _of_delivering(review: EligibilityReview, today: date) -> Refused | None:
    if not review.lead.named:
        return NotNow("没有留下姓名和联系方式，无从送达。")
    opinion = review.last_opinion
    return NotNow("已送达。") if opinion is None or opinion.delivered_on is not None else None


RIGHT_AFTER = {
    ReviewState.DECIDED: ("review_requested", Sentence("请求复查")),
    ReviewState.EXECUTED: ("review_requested", Sentence("请求复查")),
    ReviewState.SECOND_SAID: ("re_review_requested", Sentence("请求复核")),
}
"""The right that must have run out before a petition is closed."""


def _of_closing(review: EligibilityReview, today: date) -> Refused | None:
    if owes_execution(review):
        return Incomplete("处理意见还没有执行，不能结案。")
    if not review.lead.named:
        return None
    if review.last_opinion is None or review.last_opinion.delivered_on is None:
        return Incomplete("答复还没有送达，不能结案。")
    word, right = RIGHT_AFTER.get(review.state, ("", None))
    last = rules.until(reckoning.clocks(review), word) if word else None
    if last is not None and today <= last:
        return NotNow("信访人在%(day)s前可以%(right)s，其间不能结案。", day=last, right=right)
    return None


ON: dict[Act, Callable[[EligibilityReview, date], Refused | None]] = {
    Act.FORWARD_PETITION: _of_forwarding,
    Act.OBJECT_TO_FORWARD: _of_objecting,
    Act.TELL_PETITIONER: _of_telling,
    Act.ASK_MORE_TIME: _of_asking_time,
    Act.GRANT_MORE_TIME: _of_granting_time,
    Act.REFUSE_MORE_TIME: _of_granting_time,
    Act.TELL_MORE_TIME: _of_telling_time,
    Act.DECIDE_PETITION: _of_deciding,
    Act.EXECUTE_DECISION: _of_executing,
    Act.DELIVER_ANSWER: _of_delivering,
    Act.CLOSE_REVIEW: _of_closing,
}
"""What each deed asks of the petition itself."""
