"""Slips and requests for longer time in every state, by real deeds; the people are those of the referrals' tests."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from tests import make
from tests.referrals.cast import Cast, S, brought_to
from tipline.handling import extensions, slips
from tipline.handling.lifecycle import ExtensionState, SlipState
from tipline.handling.models import Extension, Slip
from tipline.law.bodies import Body
from tipline.office.charter import Act
from tipline.referrals.models import Referral

DUE = date(2018, 6, 22)


def engaged(players: Cast, referral: Referral | None = None, at: datetime = make.NOON, **told: Any) -> Slip:
    """The discipline body of another town is asked to help."""
    paper = referral or brought_to(S.SIGNED_FOR, players, at=at)
    usual: dict[str, Any] = {"task": "调取该户在贵镇的银行流水。", "due_on": DUE, "shows_person": False}
    to = told.pop("to", None) or make.office(Body.TOWN_DISCIPLINE_BODY, make.XIANSHUIGU)
    by = told.pop("by", players.inspector)
    return slips.engage(paper, to, **(usual | told), by=by, at=at)


SLIP_DEEDS: dict[Act, Callable[[Slip, Cast, datetime], Any]] = {
    Act.SIGN_SLIP: lambda slip, c, at: slips.sign(slip, by=c.stranger, at=at),
    Act.ANSWER_SLIP: lambda slip, c, at: slips.answer(slip, "流水已调取，有三笔可疑。", by=c.stranger, at=at),
    Act.WITHDRAW_SLIP: lambda slip, c, at: slips.withdraw(slip, by=c.inspector, at=at),
}
SLIP_ROADS: dict[SlipState, tuple[Act, ...]] = {
    SlipState.SENT: (),
    SlipState.SIGNED: (Act.SIGN_SLIP,),
    SlipState.ANSWERED: (Act.SIGN_SLIP, Act.ANSWER_SLIP),
    SlipState.WITHDRAWN: (Act.WITHDRAW_SLIP,),
}


def slip_in(state: SlipState, players: Cast, **told: Any) -> Slip:
    """A slip in this state."""
    slip = engaged(players, **told)
    for act in SLIP_ROADS[state]:
        SLIP_DEEDS[act](slip, players, make.NOON)
    return slip


def asked(players: Cast, referral: Referral | None = None, at: datetime = make.NOON) -> Extension:
    """Longer time is asked for on the preliminary verification."""
    paper = referral or brought_to(S.IN_DISPOSITION, players, at=at)
    return extensions.ask(paper, "C-22", reason="账目多，一时查不完。", by=players.inspector, at=at)


EXTENSION_DEEDS: dict[Act, Callable[[Extension, Cast, datetime], Any]] = {
    Act.GRANT_EXTENSION: lambda paper, c, at: extensions.grant(paper, by=c.principal, at=at),
    Act.REFUSE_EXTENSION: lambda paper, c, at: extensions.refuse(paper, reason="人手可以调整。", by=c.principal, at=at),
}
EXTENSION_ROADS: dict[ExtensionState, tuple[Act, ...]] = {
    ExtensionState.ASKED: (),
    ExtensionState.GRANTED: (Act.GRANT_EXTENSION,),
    ExtensionState.REFUSED: (Act.REFUSE_EXTENSION,),
}


def extension_in(state: ExtensionState, players: Cast) -> Extension:
    """A request in this state."""
    extension = asked(players)
    for act in EXTENSION_ROADS[state]:
        EXTENSION_DEEDS[act](extension, players, make.NOON)
    return extension
