"""Who plays in the tests of this room, and the way from nothing to any state, by real deeds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests import make
from tipline.kit.dates import day_of
from tipline.law.bodies import Body
from tipline.office import roster
from tipline.office.charter import Act, Role
from tipline.office.models import Officer
from tipline.referrals import operations, raising
from tipline.referrals.lifecycle import LIFE, ReferralState
from tipline.referrals.models import Disposition, Referral

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
    stranger: Officer


def cast() -> Cast:
    """The people around a lead of 双港镇; the stranger sits in another town's discipline body."""
    return Cast(
        operator=make.officer(Role.OPERATOR),
        keeper=make.officer(Role.LEDGER_KEEPER),
        second_keeper=make.officer(Role.LEDGER_KEEPER),
        leader=make.officer(Role.BUREAU_LEADER),
        inspector=make.officer(Role.TOWN_INSPECTOR),
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
    Act.SEND_BACK: lambda r, c, at: operations.send_back(
        r, cause="papers_missing", reason="材料缺第二页。", by=c.inspector, at=at
    ),
    Act.SET_DISPOSITION: lambda r, c, at: operations.set_disposition(
        r, Disposition.PRELIMINARY_VERIFICATION, by=c.inspector, at=at
    ),
    Act.SHELVE: lambda r, c, at: operations.shelve(r, by=c.inspector, at=at),
    Act.FILE_CASE: lambda r, c, at: operations.file_case(r, by=c.inspector, at=at),
    Act.RECORD_MILESTONE: lambda r, c, at: operations.record_milestone(
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
    Act.TELL_RESULT: lambda r, c, at: operations.tell_result(r, by=c.inspector, at=at),
    Act.WITHDRAW_REFERRAL: lambda r, c, at: operations.withdraw(r, cause="refused", by=c.keeper, at=at),
    Act.RESTORE_REFERRAL: lambda r, c, at: operations.restore(r, by=c.keeper, at=at),
    Act.PROPOSE_REFERRAL: lambda r, c, at: operations.propose_again(r, by=c.keeper, at=at),
}
"""Every deed of a life once begun, by whoever may do it."""

ROADS: dict[ReferralState, tuple[Act, ...]] = {S.PROPOSED: ()}
"""The shortest way from a proposal to every state, found in the table of moves."""
for here in (waiting := [S.PROPOSED]):
    for (state, act), there in LIFE.moves.items():
        if state is here and act in DEEDS and act is not Act.RECORD_RECEIPT and there not in ROADS:
            ROADS[there] = (*ROADS[here], act)
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
