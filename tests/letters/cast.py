"""Who plays in the tests of letters, and the way from nothing to any stage, by real deeds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests import make
from tests.referrals.cast import Cast, brought_to, cast, proposed
from tipline.leads.call import ReporterSaid
from tipline.letters import issuing, operations
from tipline.letters.kinds import LetterKind
from tipline.letters.lifecycle import LIFE, LetterStage
from tipline.letters.models import FileKind, OfficialLetter
from tipline.letters.wording import Wording
from tipline.office.charter import Act
from tipline.referrals.lifecycle import ReferralState
from tipline.referrals.models import Referral

__all__ = [
    "DEEDS",
    "REPORTER",
    "ROADS",
    "approved_referral",
    "at_stage",
    "brought_to",
    "cast",
    "drafted",
    "edited",
    "proposed",
]

S = LetterStage
REPORTER = ReporterSaid(name="冼国富", phone="15400138000")
Deed = Callable[[OfficialLetter, Cast, datetime], Any]


def edited(letter: OfficialLetter, mark: str) -> Wording:
    """The latest words with a further paragraph."""
    words = Wording.parse(letter.latest.text)
    return Wording(words.title, words.addressee, (*words.paragraphs, mark), words.attachments, words.copies)


DEEDS: dict[Act, Deed] = {
    Act.EDIT_LETTER: lambda p, c, at: operations.edit(
        p, edited(p, f"补充第{p.latest.n}次。"), p.latest.n, by=c.keeper, at=at
    ),
    Act.NAME_REPORTER: lambda p, c, at: operations.name_reporter(p, reason="承办机关需要核实。", by=c.keeper, at=at),
    Act.LEAVE_OUT_REPORTER: lambda p, c, at: operations.leave_out_reporter(p, by=c.keeper, at=at),
    Act.SUBMIT_LETTER: lambda p, c, at: operations.submit(p, by=c.keeper, at=at),
    Act.APPROVE_LETTER: lambda p, c, at: operations.approve(p, by=c.leader, at=at),
    Act.SEND_BACK_LETTER: lambda p, c, at: operations.send_back(p, reason="请写明依据。", by=c.leader, at=at),
    Act.ISSUE_LETTER: lambda p, c, at: operations.issue(p, by=c.keeper, at=at),
    Act.CANCEL_LETTER: lambda p, c, at: operations.cancel(p, reason="不再需要。", by=c.keeper, at=at),
    Act.PRINT_LETTER: lambda p, c, at: issuing.print_copy(p, FileKind.PDF, by=c.keeper, at=at),
}
"""Every deed of a life once begun, by whoever may do it."""

ROADS: dict[LetterStage, tuple[Act, ...]] = {S.DRAFT: ()}
"""The shortest way from a draft to every stage, found in the table of moves."""
for here in (waiting := [S.DRAFT]):
    for (state, act), there in LIFE.moves.items():
        if state is here and there not in ROADS:
            ROADS[there] = (*ROADS[here], act)
            waiting.append(there)


def approved_referral(players: Cast, at: datetime = make.NOON, **said: Any) -> Referral:
    """A referral of a lead that a keeper of the bureau registered, ready to be handed over."""
    lead = make.lead("village_head", by=players.second_keeper, at=at, **({"named": True, "reporter": REPORTER} | said))
    return brought_to(ReferralState.APPROVED, players, make.referrals(lead)[0], at)


def drafted(players: Cast, referral: Referral | None = None, at: datetime = make.NOON) -> OfficialLetter:
    """A transfer letter that the keeper has begun."""
    paper = referral or approved_referral(players, at)
    return operations.draft(LetterKind.HAND_OVER, paper, by=players.keeper, at=at + timedelta(hours=5))


def at_stage(stage: LetterStage, players: Cast, letter: OfficialLetter | None = None) -> OfficialLetter:
    """A letter in this stage, a minute between the deeds."""
    paper = letter or drafted(players)
    for minutes, act in enumerate(ROADS[stage], start=1):
        DEEDS[act](paper, players, make.NOON + timedelta(hours=6, minutes=minutes))
    return paper
