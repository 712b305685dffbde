"""The life of a referral: one person on the way to the one body that may investigate them."""

from tipline.kit.words import Labelled, Sentence
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class ReferralState(Labelled):
    """Where one person's part of a lead stands."""

    PROPOSED = "proposed", "拟办"
    REDIRECTING = "redirecting", "改变去向待同意"
    APPROVED = "approved", "已批办"
    HANDED_OVER = "handed_over", "已移送"
    RETURNED = "returned", "已退回"
    SIGNED_FOR = "signed_for", "已签收"
    IN_DISPOSITION = "in_disposition", "处置中"
    SHELVED = "shelved", "暂存待查"
    CASE_FILED = "case_filed", "已立案"
    CONCLUDED = "concluded", "已办结"
    FED_BACK = "fed_back", "已反馈"
    WITHDRAWN = "withdrawn", "已撤回"


S = ReferralState

LIFE = Workflow(
    {
        (None, Act.PROPOSE_REFERRAL): S.PROPOSED,
        (None, Act.HAND_OVER_DIRECTLY): S.HANDED_OVER,
        (S.PROPOSED, Act.APPROVE_REFERRAL): S.APPROVED,
        (S.PROPOSED, Act.REDIRECT_REFERRAL): S.REDIRECTING,
        (S.REDIRECTING, Act.CONFIRM_REDIRECT): S.APPROVED,
        (S.REDIRECTING, Act.DECLINE_REDIRECT): S.PROPOSED,
        (S.APPROVED, Act.HAND_OVER): S.HANDED_OVER,
        (S.APPROVED, Act.REDIRECT_REFERRAL): S.REDIRECTING,
        (S.HANDED_OVER, Act.SIGN_FOR): S.SIGNED_FOR,
        (S.HANDED_OVER, Act.RECORD_RECEIPT): S.SIGNED_FOR,
        (S.HANDED_OVER, Act.SEND_BACK): S.RETURNED,
        (S.SIGNED_FOR, Act.SEND_BACK): S.RETURNED,
        (S.RETURNED, Act.APPROVE_REFERRAL): S.APPROVED,
        (S.RETURNED, Act.REDIRECT_REFERRAL): S.REDIRECTING,
        (S.SIGNED_FOR, Act.SET_DISPOSITION): S.IN_DISPOSITION,
        (S.SIGNED_FOR, Act.SHELVE): S.SHELVED,
        (S.IN_DISPOSITION, Act.SET_DISPOSITION): S.IN_DISPOSITION,
        (S.IN_DISPOSITION, Act.SHELVE): S.SHELVED,
        (S.IN_DISPOSITION, Act.RECORD_MILESTONE): S.IN_DISPOSITION,
        (S.IN_DISPOSITION, Act.FILE_CASE): S.CASE_FILED,
        (S.IN_DISPOSITION, Act.CONCLUDE): S.CONCLUDED,
        (S.SHELVED, Act.SET_DISPOSITION): S.IN_DISPOSITION,
        (S.SHELVED, Act.CONCLUDE): S.CONCLUDED,
        (S.CASE_FILED, Act.RECORD_MILESTONE): S.CASE_FILED,
        (S.CASE_FILED, Act.CONCLUDE): S.CONCLUDED,
        (S.SIGNED_FOR, Act.TELL_ACCEPTANCE): S.SIGNED_FOR,
        (S.IN_DISPOSITION, Act.TELL_ACCEPTANCE): S.IN_DISPOSITION,
        (S.SHELVED, Act.TELL_ACCEPTANCE): S.SHELVED,
        (S.CASE_FILED, Act.TELL_ACCEPTANCE): S.CASE_FILED,
        (S.CONCLUDED, Act.TELL_RESULT): S.FED_BACK,
        (S.PROPOSED, Act.RAISE_REFERRAL): S.PROPOSED,
        (S.APPROVED, Act.RAISE_REFERRAL): S.PROPOSED,
        (S.RETURNED, Act.RAISE_REFERRAL): S.HANDED_OVER,
        (S.HANDED_OVER, Act.RAISE_REFERRAL): S.HANDED_OVER,
        (S.SIGNED_FOR, Act.RAISE_REFERRAL): S.HANDED_OVER,
        (S.IN_DISPOSITION, Act.RAISE_REFERRAL): S.HANDED_OVER,
        (S.SHELVED, Act.RAISE_REFERRAL): S.HANDED_OVER,
        (S.CASE_FILED, Act.RAISE_REFERRAL): S.HANDED_OVER,
        (S.PROPOSED, Act.HAND_OVER_DIRECTLY): S.HANDED_OVER,
        (S.REDIRECTING, Act.HAND_OVER_DIRECTLY): S.HANDED_OVER,
        (S.APPROVED, Act.HAND_OVER_DIRECTLY): S.HANDED_OVER,
        (S.CONCLUDED, Act.REOPEN_REFERRAL): S.IN_DISPOSITION,
        (S.FED_BACK, Act.REOPEN_REFERRAL): S.IN_DISPOSITION,
        (S.PROPOSED, Act.WITHDRAW_REFERRAL): S.WITHDRAWN,
        (S.REDIRECTING, Act.WITHDRAW_REFERRAL): S.WITHDRAWN,
        (S.APPROVED, Act.WITHDRAW_REFERRAL): S.WITHDRAWN,
        (S.RETURNED, Act.WITHDRAW_REFERRAL): S.WITHDRAWN,
        (S.WITHDRAWN, Act.RESTORE_REFERRAL): S.PROPOSED,
        (S.WITHDRAWN, Act.PROPOSE_REFERRAL): S.PROPOSED,
    },
    back={Act.RESTORE_REFERRAL},
)

RAISABLE = {here for here, act in LIFE.moves if act is Act.RAISE_REFERRAL and here is not None}
"""Live: should its body have to stand aside now, the next higher one takes it."""

WITH_THE_BODY = {S.HANDED_OVER, S.SIGNED_FOR, S.IN_DISPOSITION, S.SHELVED, S.CASE_FILED, S.CONCLUDED, S.FED_BACK}
"""From here on the body it was handed to may see it."""

ON_OUR_SIDE = {S.PROPOSED, S.REDIRECTING, S.APPROVED, S.RETURNED}
"""Not yet, or no longer, with a body: whoever registered the lead has to move it."""

AT_WORK = {S.SIGNED_FOR, S.IN_DISPOSITION, S.SHELVED, S.CASE_FILED}
"""Taken by the body and not yet concluded."""

DONE = {S.CONCLUDED, S.FED_BACK}

THEIRS = {
    Act.SIGN_FOR,
    Act.SEND_BACK,
    Act.SET_DISPOSITION,
    Act.SHELVE,
    Act.FILE_CASE,
    Act.RECORD_MILESTONE,
    Act.TELL_ACCEPTANCE,
    Act.CONCLUDE,
    Act.TELL_RESULT,
    Act.REOPEN_REFERRAL,
}
"""Deeds of the handling body alone, whoever else may see the referral."""

SENDING = {
    Act.APPROVE_REFERRAL,
    Act.REDIRECT_REFERRAL,
    Act.CONFIRM_REDIRECT,
    Act.HAND_OVER,
    Act.HAND_OVER_DIRECTLY,
}
"""Deeds that bring it nearer to a body; none is done while the lead itself is on hold or only a repeat."""

IN_PASSING = {Act.PROPOSE_REFERRAL, Act.WITHDRAW_REFERRAL, Act.RESTORE_REFERRAL}
"""Deeds that follow from what is decided about the lead; they have no button of their own."""

INSIDE_THE_BODY = {Act.SET_DISPOSITION, Act.SHELVE, Act.RECORD_MILESTONE, Act.TELL_ACCEPTANCE}
"""Lines of the trail that stay with the handling body."""

NEXT_STEP = {
    S.PROPOSED: Sentence("等待批办"),
    S.REDIRECTING: Sentence("等待另一人同意改变去向"),
    S.APPROVED: Sentence("等待移送"),
    S.HANDED_OVER: Sentence("等待签收"),
    S.RETURNED: Sentence("被退回，等待重新批办或改变去向"),
    S.SIGNED_FOR: Sentence("等待确定处置方式"),
    S.IN_DISPOSITION: Sentence("等待处置结果"),
    S.SHELVED: Sentence("暂存待查，条件具备时再处置"),
    S.CASE_FILED: Sentence("等待办结"),
    S.CONCLUDED: Sentence("等待反馈实名举报人"),
}
"""What a referral waits for in each state; nothing once it is fed back or withdrawn."""
