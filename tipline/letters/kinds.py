"""The kinds of official letters, and when each makes sense: about which paper, from whom, to whom. Pure."""

from collections.abc import Set
from dataclasses import dataclass

from tipline.kit.words import Labelled
from tipline.law.bodies import TransferKind
from tipline.leads.lifecycle import LeadState
from tipline.referrals.lifecycle import AT_WORK, DONE, ReferralState
from tipline.supervision.lifecycle import CaseState


class LetterKind(Labelled):
    """What a letter is for (文种); each has a template of its name in `templates/official/`."""

    HAND_OVER = "hand_over", "移送函"
    FORWARD = "forward", "转办函"
    ASSIGN = "assign", "交办函"
    SUPERVISION = "supervision", "督办通知书"
    URGING = "urging", "催办通知"
    ACCEPTANCE = "acceptance", "受理告知书"
    NOT_ACCEPTED = "not_accepted", "不予受理告知书"
    EXTENSION = "extension", "延期告知书"
    RESULT = "result", "反馈答复"
    RETURN = "return", "退回函"
    CLARIFICATION = "clarification", "澄清函"
    RECEIPT = "receipt", "回执"


class About(Labelled):
    """The paper that a letter is about."""

    REFERRAL = "referral", "移送"
    CASE = "case", "督办"
    LEAD = "lead", "线索"


class Side(Labelled):
    """Whose letter it is."""

    SENDER = "sender", "登记单位"
    BODY = "body", "承办机关"
    WATCHER = "watcher", "督办单位"


class Reader(Labelled):
    """Whom it is addressed to."""

    BODY = "body", "承办机关"
    SENDER = "sender", "登记单位"
    REPORTER = "reporter", "举报人"
    OUTSIDE = "outside", "其他单位"


@dataclass(frozen=True)
class Occasion:
    """When a kind of letter makes sense about a paper."""

    kind: LetterKind
    about: About
    side: Side
    reader: Reader
    states: Set[Labelled]
    carries_content: bool = False
    """It tells what was reported, and of whom: read only by those to whom the lead's words are open."""


K, R = LetterKind, ReferralState
LEAVING = frozenset({R.APPROVED, R.HANDED_OVER})

OCCASIONS = (
    Occasion(K.HAND_OVER, About.REFERRAL, Side.SENDER, Reader.BODY, LEAVING, carries_content=True),
    Occasion(K.FORWARD, About.REFERRAL, Side.SENDER, Reader.BODY, LEAVING, carries_content=True),
    Occasion(K.ASSIGN, About.REFERRAL, Side.SENDER, Reader.BODY, LEAVING, carries_content=True),
    Occasion(K.URGING, About.REFERRAL, Side.SENDER, Reader.BODY, {R.HANDED_OVER} | AT_WORK),
    Occasion(K.RECEIPT, About.REFERRAL, Side.BODY, Reader.SENDER, AT_WORK),
    Occasion(K.RETURN, About.REFERRAL, Side.BODY, Reader.SENDER, {R.HANDED_OVER, R.SIGNED_FOR, R.RETURNED}),
    Occasion(K.ACCEPTANCE, About.REFERRAL, Side.BODY, Reader.REPORTER, AT_WORK),
    Occasion(K.EXTENSION, About.REFERRAL, Side.BODY, Reader.REPORTER, AT_WORK),
    Occasion(K.RESULT, About.REFERRAL, Side.BODY, Reader.REPORTER, DONE, carries_content=True),
    Occasion(K.CLARIFICATION, About.REFERRAL, Side.BODY, Reader.OUTSIDE, DONE, carries_content=True),
    Occasion(K.SUPERVISION, About.CASE, Side.WATCHER, Reader.BODY, {CaseState.UNDER_SUPERVISION}),
    Occasion(K.URGING, About.CASE, Side.WATCHER, Reader.BODY, {CaseState.UNDER_SUPERVISION}),
    Occasion(K.NOT_ACCEPTED, About.LEAD, Side.SENDER, Reader.REPORTER, {LeadState.NOT_ACCEPTED}),
)

TRANSFERS = {
    TransferKind.HAND_OVER: K.HAND_OVER,
    TransferKind.FORWARD: K.FORWARD,
    TransferKind.ASSIGN: K.ASSIGN,
}
"""The letter that goes with each of the three ways of passing on (信访工作条例 第二十二条)."""


def occasion(kind: LetterKind, about: About) -> Occasion | None:
    """When this kind of letter makes sense about this kind of paper, if ever."""
    return next((one for one in OCCASIONS if (one.kind, one.about) == (kind, about)), None)


def carries_content(kind: LetterKind) -> bool:
    """Whether letters of this kind tell what was reported, and of whom."""
    return any(one.carries_content for one in OCCASIONS if one.kind is kind)
