"""Who plays in triage, and the way from a call to any state of its lead, by real deeds."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from tests import make
from tipline.intake import correcting
from tipline.leads import entering
from tipline.leads import operations as ledger
from tipline.leads.call import ReporterSaid
from tipline.leads.correcting import Correction
from tipline.leads.lifecycle import LIFE, LeadState
from tipline.leads.models import Lead
from tipline.office.charter import Act, Role
from tipline.office.models import Officer
from tipline.triage import operations

S = LeadState
WORDS = "反映人的话一句也没有实际内容。"


@dataclass(frozen=True)
class Cast:
    """One officer for every part."""

    operator: Officer
    keeper: Officer
    second_keeper: Officer
    leader: Officer
    clerk: Officer
    stranger: Officer


def cast() -> Cast:
    """The people around a lead that the bureau registered; clerk and stranger keep the ledgers of two towns."""
    return Cast(
        operator=make.officer(Role.OPERATOR),
        keeper=make.officer(Role.LEDGER_KEEPER),
        second_keeper=make.officer(Role.LEDGER_KEEPER),
        leader=make.officer(Role.BUREAU_LEADER),
        clerk=make.officer(Role.TOWN_CLERK),
        stranger=make.officer(Role.TOWN_CLERK, make.XIANSHUIGU),
    )


def renamed(lead: Lead, name: str) -> Correction:
    """The first person under another name."""
    return Correction(replace(entering.said_of(lead.people[0]), name=name), lead.town_code, lead.place_code)


Deed = Callable[[Lead, Cast, datetime], Any]

DEEDS: dict[Act, Deed] = {
    Act.AMEND_LEAD: lambda x, c, at: ledger.amend(
        x, f"补正后的内容（{at:%d}）。", reason="来电人补充了情况。", by=c.keeper, at=at
    ),
    Act.CORRECT_PERSON: lambda x, c, at: correcting.correct(
        correcting.look(x.people[0], renamed(x, f"佘{at:%d}"), at), reason="录音里是另一姓名。", by=c.keeper, at=at
    ),
    Act.VOID_LEAD: lambda x, c, at: ledger.void(x, reason="误登，另有一件。", by=c.keeper, at=at),
    Act.ASK_BACK: lambda x, c, at: operations.ask_back(x, "哪一年发生的？", by=c.keeper, at=at),
    Act.NOTE_ANSWER: lambda x, c, at: operations.note_answer(x, "去年秋天。", by=c.keeper, at=at),
    Act.PROPOSE_REFUSAL: lambda x, c, at: operations.propose_refusal(x, "no_substance", WORDS, by=c.keeper, at=at),
    Act.REFUSE_LEAD: lambda x, c, at: operations.refuse(x, by=c.leader, at=at),
    Act.KEEP_LEAD: lambda x, c, at: operations.keep(x, reason="有时间有地点，可以核查。", by=c.leader, at=at),
    Act.TELL_REFUSAL: lambda x, c, at: operations.tell_refusal(x, "电话告知", by=c.keeper, at=at),
    Act.PASS_ON: lambda x, c, at: operations.pass_on(x, "静海区民政局", by=c.keeper, at=at),
    Act.RECORD_PASS_RECEIPT: lambda x, c, at: operations.record_receipt(x, "静收5号", by=c.keeper, at=at),
    Act.SEPARATE_PETITION: lambda x, c, at: operations.separate(x, "我家的低保被停了，不服。", by=c.keeper, at=at),
    Act.CONVERT_LEAD: lambda x, c, at: operations.convert(x, "", by=c.keeper, at=at),
    Act.ARCHIVE_LEAD: lambda x, c, at: operations.archive(x, "2018-低保-7", by=c.keeper, at=at),
    Act.REOPEN_LEAD: lambda x, c, at: operations.reopen(x, reason="又收到一份存折复印件。", by=c.keeper, at=at),
}
"""Every deed of a lead once registered, by whoever may do it."""

ROADS: dict[LeadState, tuple[Act, ...]] = {
    S.REGISTERED: (),
    S.AWAITING_INFO: (Act.ASK_BACK,),
    S.REFUSAL_PROPOSED: (Act.PROPOSE_REFUSAL,),
    S.NOT_ACCEPTED: (Act.PROPOSE_REFUSAL, Act.REFUSE_LEAD),
    S.PASSED_ON: (Act.PASS_ON,),
    S.CONVERTED: (Act.CONVERT_LEAD,),
    S.ARCHIVED: (Act.PASS_ON, Act.RECORD_PASS_RECEIPT, Act.ARCHIVE_LEAD),
    S.REOPENED: (Act.PROPOSE_REFUSAL, Act.REFUSE_LEAD, Act.REOPEN_LEAD),
    S.VOIDED: (Act.VOID_LEAD,),
}
"""The way from the call to every state a lead can come to."""

NEEDS: dict[tuple[LeadState, Act], tuple[Act, ...]] = {
    (S.NOT_ACCEPTED, Act.ARCHIVE_LEAD): (Act.TELL_REFUSAL,),
    (S.PASSED_ON, Act.ARCHIVE_LEAD): (Act.RECORD_PASS_RECEIPT,),
}
"""What must be done in the same state before that deed."""

REPORTER = ReporterSaid(name="甄有理", phone="15400001234")


def registered(players: Cast, by: Officer | None = None, **said: Any) -> Lead:
    """A lead as it stands after the call of somebody who gave a name and a telephone."""
    usual: dict[str, Any] = {"named": True, "reporter": REPORTER}
    return make.lead("village_head", by=by or players.operator, **(usual | said))


def brought_to(state: LeadState, players: Cast, lead: Lead | None = None) -> Lead:
    """A lead in this state, an hour between the deeds."""
    paper = lead or registered(players)
    for hours, act in enumerate(ROADS[state], start=1):
        DEEDS[act](paper, players, make.NOON + timedelta(hours=hours))
    return paper


def moves() -> list[tuple[LeadState, Act]]:
    """Every move of the table that begins at a lead which is in the ledger."""
    return [(state, act) for state, act in LIFE.moves if state is not None]
