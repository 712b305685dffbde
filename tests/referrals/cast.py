"""Who plays in the tests of this room, and the way from nothing to any state, by real deeds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests import make
from tipline.handling import operations as handling
from tipline.handling.rules import Chosen
from tipline.kit.dates import day_of
from tipline.law.bodies import Body
from tipline.office import calendars, roster
from tipline.office.charter import Act, Role
from tipline.office.models import Officer
from tipline.referrals import operations, raising, recalls, returns, taking_up
from tipline.referrals.lifecycle import LIFE, Disposition, ReferralState
from tipline.referrals.models import Referral

S = ReferralState
ON_PAPER = "bank_clerk"
"""A post of the notice whose body receives on paper."""


@dataclass(frozen=True)
class Cast:
    """One officer for every part."""

    operator: Officer
    keeper: Officer
    second_keeper: Officer
    leader: Officer
    inspector: Officer
    principal: Officer
    stranger: Officer
    district: Officer


def cast(*, two: bool = False) -> Cast:
    """The people around a lead of 双港镇; the stranger sits in another town's discipline body.

    With `two`, the body has a principal of its own; else its one inspector is that too.
    """
    inspector = make.officer(Role.TOWN_INSPECTOR)
    return Cast(
        operator=make.officer(Role.OPERATOR),
        keeper=make.officer(Role.LEDGER_KEEPER),
        second_keeper=make.officer(Role.LEDGER_KEEPER),
        leader=make.officer(Role.BUREAU_LEADER),
        inspector=inspector,
        principal=make.officer(Role.TOWN_INSPECTOR) if two else inspector,
        district=make.officer(Role.DISTRICT_INSPECTOR),
        stranger=make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU),
    )


Deed = Callable[[Referral, Cast, datetime], Any]

DEEDS: dict[Act, Deed] = {
    Act.APPROVE_REFERRAL: lambda r, c, at: operations.approve(r, by=c.leader, at=at),
    Act.REDIRECT_REFERRAL: lambda r, c, at: operations.redirect(
        r, make.office(Body.DISTRICT_DISCIPLINE_BODY), reason="案情较重，建议由区级办理。", by=c.keeper, at=at
    ),
    Act.CONFIRM_REDIRECT: lambda r, c, at: operations.confirm_redirect(r, by=c.leader, at=at),
    Act.DECLINE_REDIRECT: lambda r, c, at: operations.decline_redirect(r, by=c.leader, at=at),
    Act.HAND_OVER: lambda r, c, at: operations.hand_over(r, by=c.keeper, at=at),
    Act.RECORD_RECEIPT: lambda r, c, at: operations.record_receipt(r, "回执7号", by=c.keeper, at=at),
    Act.SIGN_FOR: lambda r, c, at: operations.sign_for(r, by=c.inspector, at=at),
    Act.SEND_BACK: lambda r, c, at: returns.send_back(
        r, cause="papers_missing", reason="材料缺第二页。", by=c.inspector, at=at
    ),
    Act.ENDORSE_RETURN: lambda r, c, at: returns.endorse(r, by=c.principal, at=at),
    Act.DROP_RETURN: lambda r, c, at: returns.drop(r, reason="材料已找到。", by=c.principal, at=at),
    Act.AGREE_RETURN: lambda r, c, at: returns.agree(r, reason="确实缺页。", by=c.keeper, at=at),
    Act.DECLINE_RETURN: lambda r, c, at: returns.decline(r, reason="第二页在附件里。", by=c.keeper, at=at),
    Act.ARBITRATE: lambda r, c, at: returns.arbitrate(r, r.to, reason="由原承办机关办理。", by=c.leader, at=at),
    Act.RECALL: lambda r, c, at: recalls.recall(r, reason="送错了机关。", by=c.keeper, at=at),
    Act.ASK_RECALL: lambda r, c, at: recalls.ask_recall(r, reason="送错了机关。", by=c.keeper, at=at),
    Act.CONSENT_RECALL: lambda r, c, at: recalls.consent(r, by=c.inspector, at=at),
    Act.REFUSE_RECALL: lambda r, c, at: recalls.refuse(r, reason="已经谈过话。", by=c.inspector, at=at),
    Act.TAKE_UP: lambda r, c, at: taking_up.take_up(r, reason="案情重大。", by=c.district, at=at),
    Act.DESIGNATE: lambda r, c, at: taking_up.designate(
        r, make.office(Body.TOWN_DISCIPLINE_BODY, make.XIANSHUIGU), reason="另由他镇办理。", by=c.district, at=at
    ),
    Act.SET_DISPOSITION: lambda r, c, at: handling.set_disposition(r, verified(at), by=c.inspector, at=at),
    Act.SHELVE: lambda r, c, at: handling.shelve(
        r, calendars.calendar().add_working_days(day_of(at), 30), reason="证人在外。", by=c.inspector, at=at
    ),
    Act.KEEP_SHELVED: lambda r, c, at: handling.keep_shelved(
        r, calendars.calendar().add_working_days(day_of(at), 30), reason="证人仍在外。", by=c.inspector, at=at
    ),
    Act.FILE_CASE: lambda r, c, at: handling.file_case(r, by=c.inspector, at=at),
    Act.RECORD_MILESTONE: lambda r, c, at: handling.record_milestone(
        r, "已调取银行流水。", day_of(at), by=c.inspector, at=at
    ),
    Act.TELL_ACCEPTANCE: lambda r, c, at: operations.tell_acceptance(r, by=c.inspector, at=at),
    Act.CONCLUDE: lambda r, c, at: make.concluded(
        r, result="属实，已追回。", recovered_fen=1200, by=c.inspector, at=at
    ),
    Act.RAISE_REFERRAL: lambda r, c, at: raising.raise_past(
        r, [r.body, Body.DISTRICT_DISCIPLINE_BODY], by=roster.clock_officer(), at=at
    ),
    Act.REOPEN_REFERRAL: lambda r, c, at: operations.reopen(r, reason="举报人补充了新证据。", by=c.inspector, at=at),
    Act.ORDER_REOPENING: lambda r, c, at: operations.reopen(
        r, reason="复查认定虚假办结。", by=c.leader, at=at, act=Act.ORDER_REOPENING
    ),
    Act.TELL_RESULT: lambda r, c, at: operations.tell_result(r, by=c.inspector, at=at),
    Act.WITHDRAW_REFERRAL: lambda r, c, at: operations.withdraw(r, cause="refused", by=c.keeper, at=at),
    Act.RESTORE_REFERRAL: lambda r, c, at: operations.restore(r, by=c.keeper, at=at),
    Act.PROPOSE_REFERRAL: lambda r, c, at: operations.propose_again(r, by=c.keeper, at=at),
}
"""Every deed of a life once begun, by whoever may do it."""


def verified(at: datetime) -> Chosen:
    """A preliminary verification approved on that day."""
    return Chosen(Disposition.PRELIMINARY_VERIFICATION, on=day_of(at), approver="纪委书记")


BEFORE: dict[Act, tuple[Act, ...]] = {
    Act.ENDORSE_RETURN: (Act.SEND_BACK,),
    Act.DROP_RETURN: (Act.SEND_BACK,),
    Act.AGREE_RETURN: (Act.SEND_BACK, Act.ENDORSE_RETURN),
    Act.DECLINE_RETURN: (Act.SEND_BACK, Act.ENDORSE_RETURN),
    Act.CONSENT_RECALL: (Act.ASK_RECALL,),
    Act.REFUSE_RECALL: (Act.ASK_RECALL,),
    Act.ARBITRATE: (
        *(Act.APPROVE_REFERRAL, Act.HAND_OVER),
        *(Act.SEND_BACK, Act.ENDORSE_RETURN, Act.AGREE_RETURN),
    ),
}
"""What must have been done before an answer, or a decision, without changing the state it is given in."""


def made_ready(act: Act, referral: Referral, players: Cast, at: datetime) -> None:
    """Do what must come before the deed, where the state lets it."""
    if (referral.state, act) in LIFE.moves and not (act is Act.ARBITRATE and referral.arbiter_id):
        for step in BEFORE.get(act, ()):
            DEEDS[step](referral, players, at)


OFF_THE_ROAD = {Act.RECORD_RECEIPT, Act.TAKE_UP, Act.DESIGNATE, Act.ARBITRATE, Act.RAISE_REFERRAL}

ROADS: dict[ReferralState, tuple[Act, ...]] = {S.PROPOSED: ()}
"""The shortest way from a proposal to every state, found in the table of moves."""
for here in (waiting := [S.PROPOSED]):
    for (state, act), there in LIFE.moves.items():
        if state is here and act in DEEDS and act not in OFF_THE_ROAD and there not in ROADS:
            ROADS[there] = (*ROADS[here], *BEFORE.get(act, ()), act)
            waiting.append(there)


def proposed(players: Cast, *posts: str, at: datetime = make.NOON, **said: Any) -> Referral:
    """A referral as it stands after the call, with a reporter who gave a name."""
    lead = make.lead(*(posts or ("village_head",)), by=players.operator, at=at, **({"named": True} | said))
    return make.referrals(lead)[0]


def brought_to(
    state: ReferralState, players: Cast, referral: Referral | None = None, at: datetime = make.NOON
) -> Referral:
    """A referral in this state, an hour between the deeds."""
    paper = referral or proposed(players, at=at)
    for hours, act in enumerate(ROADS[state], start=1):
        DEEDS[act](paper, players, at + timedelta(hours=hours))
    return paper
