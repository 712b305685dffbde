"""The life of a referral: one person on the way to the one body that may investigate them."""

from tipline.kit.words import Labelled
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
    }
)

WITH_THE_BODY = {S.HANDED_OVER, S.SIGNED_FOR, S.IN_DISPOSITION, S.SHELVED, S.CASE_FILED, S.CONCLUDED, S.FED_BACK}
"""From here on the body it was handed to may see it."""

ON_OUR_SIDE = {S.PROPOSED, S.REDIRECTING, S.APPROVED, S.RETURNED}
"""Not yet, or no longer, with a body: whoever registered the lead has to move it."""

DONE = {S.CONCLUDED, S.FED_BACK}
