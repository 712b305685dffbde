"""Who plays in the tests of this room, and the way from nothing to any state, by real deeds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from tests import make
from tipline.eligibility import answering, operations
from tipline.eligibility.answering import Said
from tipline.eligibility.lifecycle import ReviewState
from tipline.eligibility.models import EligibilityReview
from tipline.eligibility.rules import CheckKind, Outcome, Stand
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.leads.call import ReporterSaid
from tipline.leads.models import Lead
from tipline.office.charter import Act, Role
from tipline.office.models import Officer

S = ReviewState
FACTS, BASIS = "经核对，该户三口人，人均收入高于本市标准。", "社会救助暂行办法 第九条"
PETITIONER = "鄢子期"
REPORTER = ReporterSaid(name=PETITIONER, phone="15400001234")


@dataclass(frozen=True)
class Cast:
    """One officer for every part."""

    operator: Officer
    clerk: Officer
    deputy: Officer
    keeper: Officer
    leader: Officer
    second_leader: Officer
    stranger: Officer


def cast() -> Cast:
    """The people around a household of 双港镇; the stranger is clerk of another town."""
    return Cast(
        operator=make.officer(Role.OPERATOR),
        clerk=make.officer(Role.TOWN_CLERK),
        deputy=make.officer(Role.TOWN_DEPUTY),
        keeper=make.officer(Role.LEDGER_KEEPER),
        leader=make.officer(Role.BUREAU_LEADER),
        second_leader=make.officer(Role.BUREAU_LEADER),
        stranger=make.officer(Role.TOWN_CLERK, make.XIANSHUIGU),
    )


def reviews(lead: Lead) -> list[EligibilityReview]:
    """The dibao side of a lead, oldest first."""
    query = select(EligibilityReview).filter_by(lead_id=lead.id).order_by(EligibilityReview.id)
    return list(db.session.scalars(query))


def petition(players: Cast, *posts: str, at: datetime = make.NOON, **said: Any) -> EligibilityReview:
    """A petition as it stands after the call, from somebody who gave a name."""
    told = {"named": True, "reporter": REPORTER, "problems": ()} | said
    lead = make.lead(*(posts or ("recipient",)), by=players.operator, at=at, received_at=at, **told)
    return reviews(lead)[0]


def said(outcome: Outcome = Outcome.STOP, items: int = 2) -> Said:
    """An opinion with a word on every item."""
    each = [(Stand.NOT_SUPPORTED, "不符合规定。"), (Stand.EXPLAINED, "已当面说明。")]
    return Said(outcome, FACTS, BASIS, each[:items])


def looked_at(review: EligibilityReview, by: Officer, at: datetime) -> None:
    """What must have been looked at before an opinion on a household."""
    day = day_of(at)
    operations.record_check(
        review, CheckKind.MEANS_CHECK, day, found="名下有车一辆。", report_no="核2018-7", by=by, at=at
    )
    operations.record_check(
        review, CheckKind.HOME_VISIT, day, found="家有楼房。", visitors=("车成瑾", "薄慕青"), by=by, at=at
    )


def decide(review: EligibilityReview, players: Cast, at: datetime) -> None:
    if review.state is S.CHECKING and not review.checks:
        looked_at(review, players.clerk, at)
    answering.decide(review, said(), by=players.clerk, at=at)


Deed = Callable[[EligibilityReview, Cast, datetime], Any]

DEEDS: dict[Act, Deed] = {
    Act.ACCEPT_PETITION: lambda r, c, at: operations.accept(
        r, ["要求恢复低保。", "要求说明停发的原因。"], by=c.keeper if r.state is S.FORWARDED else c.clerk, at=at
    ),
    Act.REFUSE_PETITION: lambda r, c, at: operations.refuse(
        r, cause="other_authority", reason="属于法院管辖。", by=c.clerk, at=at
    ),
    Act.FORWARD_PETITION: lambda r, c, at: operations.forward(
        r, make.office(Body.CIVIL_AFFAIRS_BUREAU), reason="户籍不在本镇。", by=c.clerk, at=at
    ),
    Act.OBJECT_TO_FORWARD: lambda r, c, at: operations.object_to_forward(
        r, reason="户籍在双港镇。", by=c.keeper, at=at
    ),
    Act.AGREE_OBJECTION: lambda r, c, at: operations.agree_objection(r, by=c.clerk, at=at),
    Act.DECLINE_OBJECTION: lambda r, c, at: operations.decline_objection(r, reason="已核实。", by=c.clerk, at=at),
    Act.TELL_PETITIONER: lambda r, c, at: operations.tell_petitioner(r, by=c.clerk, at=at),
    Act.START_CHECKS: lambda r, c, at: operations.start_checks(r, by=c.clerk, at=at),
    Act.RECORD_CHECK: lambda r, c, at: looked_at(r, c.clerk, at),
    Act.ASK_MORE_TIME: lambda r, c, at: operations.ask_more_time(r, reason="须外地协查。", by=c.clerk, at=at),
    Act.GRANT_MORE_TIME: lambda r, c, at: operations.grant_more_time(asked(r, c, at), by=c.deputy, at=at),
    Act.REFUSE_MORE_TIME: lambda r, c, at: operations.refuse_more_time(asked(r, c, at), by=c.deputy, at=at),
    Act.TELL_MORE_TIME: lambda r, c, at: operations.tell_more_time(granted(r, c, at), by=c.clerk, at=at),
    Act.DECIDE_PETITION: decide,
    Act.EXECUTE_DECISION: lambda r, c, at: answering.execute(
        r, "津南民救〔2018〕9号", Month(2018, 7), 92_000, by=c.clerk, at=at
    ),
    Act.DELIVER_ANSWER: lambda r, c, at: answering.deliver_answer(r, day_of(at), by=teller(r, c), at=at),
    Act.ASK_SECOND_LOOK: lambda r, c, at: answering.ask_second_look(
        delivered(r, c, at), day_of(at), grounds="收入算错了。", by=c.clerk, at=at
    ),
    Act.DECIDE_SECOND_LOOK: lambda r, c, at: answering.decide_second_look(r, said(Outcome.KEEP), by=c.leader, at=at),
    Act.ASK_LAST_LOOK: lambda r, c, at: answering.ask_last_look(
        delivered(r, c, at), day_of(at), grounds="仍然算错。", by=c.keeper, at=at
    ),
    Act.RECORD_HEARING: lambda r, c, at: answering.record_hearing(r, 3, by=c.keeper, at=at),
    Act.DECIDE_LAST_LOOK: lambda r, c, at: answering.decide_last_look(r, said(Outcome.KEEP), by=c.keeper, at=at),
    Act.CLOSE_REVIEW: lambda r, c, at: answering.close(settled(r, c, at), by=c.clerk, at=at + timedelta(days=60)),
}
"""Every deed of a life once begun, by whoever may do it, with what has to come first."""


def teller(r: EligibilityReview, c: Cast) -> Officer:
    return c.clerk if r.last_opinion is None or r.last_opinion.office_id == r.handler_id else c.keeper


def asked(r: EligibilityReview, c: Cast, at: datetime) -> EligibilityReview:
    if r.state is S.CHECKING and r.more_time_asked_at is None:
        DEEDS[Act.ASK_MORE_TIME](r, c, at)
    return r


def granted(r: EligibilityReview, c: Cast, at: datetime) -> EligibilityReview:
    if r.state is S.CHECKING and r.extended_at is None:
        DEEDS[Act.GRANT_MORE_TIME](r, c, at)
    return r


def delivered(r: EligibilityReview, c: Cast, at: datetime) -> EligibilityReview:
    opinion = r.last_opinion
    if r.state in {S.DECIDED, S.EXECUTED, S.SECOND_SAID, S.LAST_SAID} and opinion and opinion.delivered_on is None:
        DEEDS[Act.DELIVER_ANSWER](r, c, at)
    return r


def settled(r: EligibilityReview, c: Cast, at: datetime) -> EligibilityReview:
    """Delivered and carried out, as closing asks."""
    delivered(r, c, at)
    if r.state in {S.DECIDED, S.SECOND_SAID, S.LAST_SAID} and r.last_opinion:
        wanted, has = r.last_opinion.outcome.effect, r.executed.effect if r.executed else None
        if wanted is not has and r.state is not S.DECIDED:
            DEEDS[Act.EXECUTE_DECISION](r, c, at)
    return r


ROADS: dict[ReviewState, tuple[Act, ...]] = {
    S.OPENED: (),
    S.NOT_ACCEPTED: (Act.REFUSE_PETITION,),
    S.FORWARDED: (Act.FORWARD_PETITION,),
    S.OBJECTED: (Act.FORWARD_PETITION, Act.OBJECT_TO_FORWARD),
    S.ACCEPTED: (Act.ACCEPT_PETITION,),
}
ROADS[S.CHECKING] = (*ROADS[S.ACCEPTED], Act.START_CHECKS)
ROADS[S.DECIDED] = (*ROADS[S.CHECKING], Act.DECIDE_PETITION)
ROADS[S.EXECUTED] = (*ROADS[S.DECIDED], Act.EXECUTE_DECISION)
ROADS[S.SECOND_LOOK] = (*ROADS[S.EXECUTED], Act.ASK_SECOND_LOOK)
ROADS[S.SECOND_SAID] = (*ROADS[S.SECOND_LOOK], Act.DECIDE_SECOND_LOOK)
ROADS[S.LAST_LOOK] = (*ROADS[S.SECOND_SAID], Act.ASK_LAST_LOOK)
ROADS[S.LAST_SAID] = (*ROADS[S.LAST_LOOK], Act.DECIDE_LAST_LOOK)
ROADS[S.CLOSED] = (*ROADS[S.EXECUTED], Act.CLOSE_REVIEW)


def brought_to(
    state: ReviewState, players: Cast, review: EligibilityReview | None = None, at: datetime = make.NOON
) -> EligibilityReview:
    """A petition in this state, an hour between the deeds."""
    paper = review or petition(players, at=at)
    for hours, act in enumerate(ROADS[state], start=1):
        DEEDS[act](paper, players, at + timedelta(hours=hours / 4))
    return paper
