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
    RECALLED = "recalled", "移送已撤回"
    SIGNED_FOR = "signed_for", "已签收"
    IN_DISPOSITION = "in_disposition", "处置中"
    SHELVED = "shelved", "暂存待查"
    CASE_FILED = "case_filed", "已立案"
    CONCLUDED = "concluded", "已办结"
    FED_BACK = "fed_back", "已反馈"
    WITHDRAWN = "withdrawn", "已撤回"


class Pending(Labelled):
    """What one side has asked of the other about a referral, and has no answer to yet."""

    RETURN_ASKED = "return_asked", "退回待本机关批准"
    RETURN_SENT = "return_sent", "退回待移送单位同意"
    RECALL_ASKED = "recall_asked", "撤回待承办机关同意"


class Disposition(Labelled):
    """The four ways in which a discipline body deals with a lead, 检举控告工作规则 第十七条."""

    TALK_OR_INQUIRY = "talk_or_inquiry", "谈话函询"
    PRELIMINARY_VERIFICATION = "preliminary_verification", "初步核实"
    SHELVED = "shelved", "暂存待查"
    CLOSED_NO_ACTION = "closed_no_action", "予以了结"


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
        (S.HANDED_OVER, Act.SEND_BACK): S.HANDED_OVER,
        (S.HANDED_OVER, Act.ENDORSE_RETURN): S.HANDED_OVER,
        (S.HANDED_OVER, Act.DROP_RETURN): S.HANDED_OVER,
        (S.HANDED_OVER, Act.DECLINE_RETURN): S.HANDED_OVER,
        (S.HANDED_OVER, Act.AGREE_RETURN): S.RETURNED,
        (S.SIGNED_FOR, Act.SEND_BACK): S.SIGNED_FOR,
        (S.SIGNED_FOR, Act.ENDORSE_RETURN): S.SIGNED_FOR,
        (S.SIGNED_FOR, Act.DROP_RETURN): S.SIGNED_FOR,
        (S.SIGNED_FOR, Act.DECLINE_RETURN): S.SIGNED_FOR,
        (S.SIGNED_FOR, Act.AGREE_RETURN): S.RETURNED,
        (S.RETURNED, Act.APPROVE_REFERRAL): S.APPROVED,
        (S.RETURNED, Act.REDIRECT_REFERRAL): S.REDIRECTING,
        (S.RETURNED, Act.ARBITRATE): S.APPROVED,
        (S.HANDED_OVER, Act.RECALL): S.RECALLED,
        (S.SIGNED_FOR, Act.ASK_RECALL): S.SIGNED_FOR,
        (S.SIGNED_FOR, Act.CONSENT_RECALL): S.RECALLED,
        (S.SIGNED_FOR, Act.REFUSE_RECALL): S.SIGNED_FOR,
        (S.IN_DISPOSITION, Act.ASK_RECALL): S.IN_DISPOSITION,
        (S.IN_DISPOSITION, Act.CONSENT_RECALL): S.RECALLED,
        (S.IN_DISPOSITION, Act.REFUSE_RECALL): S.IN_DISPOSITION,
        (S.SHELVED, Act.ASK_RECALL): S.SHELVED,
        (S.SHELVED, Act.CONSENT_RECALL): S.RECALLED,
        (S.SHELVED, Act.REFUSE_RECALL): S.SHELVED,
        (S.RECALLED, Act.APPROVE_REFERRAL): S.APPROVED,
        (S.RECALLED, Act.REDIRECT_REFERRAL): S.REDIRECTING,
        (S.HANDED_OVER, Act.TAKE_UP): S.SIGNED_FOR,
        (S.SIGNED_FOR, Act.TAKE_UP): S.SIGNED_FOR,
        (S.IN_DISPOSITION, Act.TAKE_UP): S.SIGNED_FOR,
        (S.SHELVED, Act.TAKE_UP): S.SIGNED_FOR,
        (S.CASE_FILED, Act.TAKE_UP): S.SIGNED_FOR,
        (S.HANDED_OVER, Act.DESIGNATE): S.HANDED_OVER,
        (S.SIGNED_FOR, Act.DESIGNATE): S.HANDED_OVER,
        (S.IN_DISPOSITION, Act.DESIGNATE): S.HANDED_OVER,
        (S.SHELVED, Act.DESIGNATE): S.HANDED_OVER,
        (S.CASE_FILED, Act.DESIGNATE): S.HANDED_OVER,
        (S.SIGNED_FOR, Act.SET_DISPOSITION): S.IN_DISPOSITION,
        (S.SIGNED_FOR, Act.SHELVE): S.SHELVED,
        (S.IN_DISPOSITION, Act.SET_DISPOSITION): S.IN_DISPOSITION,
        (S.IN_DISPOSITION, Act.SHELVE): S.SHELVED,
        (S.IN_DISPOSITION, Act.RECORD_MILESTONE): S.IN_DISPOSITION,
        (S.IN_DISPOSITION, Act.FILE_CASE): S.CASE_FILED,
        (S.IN_DISPOSITION, Act.CONCLUDE): S.CONCLUDED,
        (S.SHELVED, Act.SET_DISPOSITION): S.IN_DISPOSITION,
        (S.SHELVED, Act.KEEP_SHELVED): S.SHELVED,
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
        (S.RECALLED, Act.RAISE_REFERRAL): S.PROPOSED,
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
        (S.CONCLUDED, Act.ORDER_REOPENING): S.IN_DISPOSITION,
        (S.FED_BACK, Act.ORDER_REOPENING): S.IN_DISPOSITION,
        (S.RECALLED, Act.HAND_OVER_DIRECTLY): S.HANDED_OVER,
        (S.PROPOSED, Act.WITHDRAW_REFERRAL): S.WITHDRAWN,
        (S.REDIRECTING, Act.WITHDRAW_REFERRAL): S.WITHDRAWN,
        (S.APPROVED, Act.WITHDRAW_REFERRAL): S.WITHDRAWN,
        (S.RETURNED, Act.WITHDRAW_REFERRAL): S.WITHDRAWN,
        (S.RECALLED, Act.WITHDRAW_REFERRAL): S.WITHDRAWN,
        (S.WITHDRAWN, Act.RESTORE_REFERRAL): S.PROPOSED,
        (S.WITHDRAWN, Act.PROPOSE_REFERRAL): S.PROPOSED,
        (S.PROPOSED, Act.PROPOSE_REFERRAL): S.PROPOSED,
        (S.REDIRECTING, Act.PROPOSE_REFERRAL): S.PROPOSED,
        (S.APPROVED, Act.PROPOSE_REFERRAL): S.PROPOSED,
    },
    back={Act.RESTORE_REFERRAL},
)

BEFORE_IT_LEFT = {S.PROPOSED, S.REDIRECTING, S.APPROVED, S.WITHDRAWN}
"""It is with no body: not yet, or it was called back and withdrawn. Its person's facts may still be corrected."""

RAISABLE = {here for here, act in LIFE.moves if act is Act.RAISE_REFERRAL and here is not None}
"""Live: should its body have to stand aside now, the next higher one takes it."""

WITH_THE_BODY = {S.HANDED_OVER, S.SIGNED_FOR, S.IN_DISPOSITION, S.SHELVED, S.CASE_FILED, S.CONCLUDED, S.FED_BACK}
"""From here on the body it was handed to may see it."""

ON_OUR_SIDE = {S.PROPOSED, S.REDIRECTING, S.APPROVED, S.RETURNED, S.RECALLED}
"""Not yet, or no longer, with a body: whoever registered the lead has to move it."""

AT_WORK = {S.SIGNED_FOR, S.IN_DISPOSITION, S.SHELVED, S.CASE_FILED}
"""Taken by the body and not yet concluded."""

DONE = {S.CONCLUDED, S.FED_BACK}

THEIRS = {
    Act.SIGN_FOR,
    Act.SEND_BACK,
    Act.ENDORSE_RETURN,
    Act.DROP_RETURN,
    Act.CONSENT_RECALL,
    Act.REFUSE_RECALL,
    Act.SET_DISPOSITION,
    Act.SHELVE,
    Act.KEEP_SHELVED,
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
    Act.ARBITRATE,
    Act.HAND_OVER,
    Act.HAND_OVER_DIRECTLY,
}
"""Deeds that bring it nearer to a body; none is done while the lead itself is on hold or only a repeat."""

IN_PASSING = {Act.PROPOSE_REFERRAL, Act.WITHDRAW_REFERRAL, Act.RESTORE_REFERRAL, Act.ORDER_REOPENING}
"""Deeds that follow from what is decided about the lead or its closure; they have no button of their own."""

ANSWERS = {
    Act.ENDORSE_RETURN: {Pending.RETURN_ASKED},
    Act.DROP_RETURN: {Pending.RETURN_ASKED, Pending.RETURN_SENT},
    Act.AGREE_RETURN: {Pending.RETURN_SENT},
    Act.DECLINE_RETURN: {Pending.RETURN_SENT},
    Act.CONSENT_RECALL: {Pending.RECALL_ASKED},
    Act.REFUSE_RECALL: {Pending.RECALL_ASKED},
}
"""Deeds that answer something, and what must have been asked."""

WAIT_FOR_THE_ANSWER = {
    Act.SIGN_FOR,
    Act.SEND_BACK,
    Act.RECALL,
    Act.ASK_RECALL,
    Act.SET_DISPOSITION,
    Act.SHELVE,
    Act.KEEP_SHELVED,
    Act.FILE_CASE,
    Act.CONCLUDE,
}
"""Deeds that would run ahead of an answer somebody still owes."""

INSIDE_THE_BODY = {
    Act.SEND_BACK,
    Act.SET_DISPOSITION,
    Act.SHELVE,
    Act.KEEP_SHELVED,
    Act.RECORD_MILESTONE,
    Act.TELL_ACCEPTANCE,
}
"""Lines of the trail that stay with the handling body."""

NEXT_STEP = {
    S.PROPOSED: Sentence("等待批办"),
    S.REDIRECTING: Sentence("等待另一人同意改变去向"),
    S.APPROVED: Sentence("等待移送"),
    S.HANDED_OVER: Sentence("等待签收"),
    S.RETURNED: Sentence("被退回，等待重新批办或改变去向"),
    S.RECALLED: Sentence("移送已撤回，等待重新批办或改变去向"),
    S.SIGNED_FOR: Sentence("等待确定处置方式"),
    S.IN_DISPOSITION: Sentence("等待处置结果"),
    S.SHELVED: Sentence("暂存待查，等待复查"),
    S.CASE_FILED: Sentence("等待办结"),
    S.CONCLUDED: Sentence("等待反馈实名举报人"),
}
"""What a referral waits for in each state; nothing once it is fed back or withdrawn."""
