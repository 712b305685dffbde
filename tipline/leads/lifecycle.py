"""The lives of a lead itself, of a recusal and of a lift; what becomes of each person is the life of a referral."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class LeadState(Labelled):
    """A lead is in the ledger for good: it can be voided with a reason, never deleted."""

    REGISTERED = "registered", "已登记"
    STUB = "stub", "密送件"
    AWAITING_INFO = "awaiting_info", "待补充"
    REFUSAL_PROPOSED = "refusal_proposed", "拟不予受理"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    PASSED_ON = "passed_on", "已转外地"
    CONVERTED = "converted", "已转资格复核"
    ARCHIVED = "archived", "已归档"
    REOPENED = "reopened", "已重启"
    VOIDED = "voided", "已作废"


S = LeadState

LIFE = Workflow(
    {
        (None, Act.REGISTER_LEAD): S.REGISTERED,
        (None, Act.REGISTER_STUB): S.STUB,
        (S.REGISTERED, Act.AMEND_LEAD): S.REGISTERED,
        (S.REGISTERED, Act.CORRECT_PERSON): S.REGISTERED,
        (S.REGISTERED, Act.VOID_LEAD): S.VOIDED,
        (S.REGISTERED, Act.ASK_BACK): S.AWAITING_INFO,
        (S.REGISTERED, Act.PROPOSE_REFUSAL): S.REFUSAL_PROPOSED,
        (S.REGISTERED, Act.PASS_ON): S.PASSED_ON,
        (S.REGISTERED, Act.SEPARATE_PETITION): S.REGISTERED,
        (S.REGISTERED, Act.CONVERT_LEAD): S.CONVERTED,
        (S.REGISTERED, Act.ARCHIVE_LEAD): S.ARCHIVED,
        (S.AWAITING_INFO, Act.NOTE_ANSWER): S.REGISTERED,
        (S.REFUSAL_PROPOSED, Act.REFUSE_LEAD): S.NOT_ACCEPTED,
        (S.REFUSAL_PROPOSED, Act.KEEP_LEAD): S.REGISTERED,
        (S.NOT_ACCEPTED, Act.TELL_REFUSAL): S.NOT_ACCEPTED,
        (S.NOT_ACCEPTED, Act.ARCHIVE_LEAD): S.ARCHIVED,
        (S.NOT_ACCEPTED, Act.REOPEN_LEAD): S.REOPENED,
        (S.PASSED_ON, Act.RECORD_PASS_RECEIPT): S.PASSED_ON,
        (S.PASSED_ON, Act.ARCHIVE_LEAD): S.ARCHIVED,
        (S.PASSED_ON, Act.REOPEN_LEAD): S.REOPENED,
        (S.CONVERTED, Act.ARCHIVE_LEAD): S.ARCHIVED,
        (S.CONVERTED, Act.REOPEN_LEAD): S.REOPENED,
        (S.ARCHIVED, Act.REOPEN_LEAD): S.REOPENED,
        (S.REOPENED, Act.AMEND_LEAD): S.REOPENED,
        (S.REOPENED, Act.CORRECT_PERSON): S.REOPENED,
        (S.REOPENED, Act.ASK_BACK): S.AWAITING_INFO,
        (S.REOPENED, Act.PROPOSE_REFUSAL): S.REFUSAL_PROPOSED,
        (S.REOPENED, Act.PASS_ON): S.PASSED_ON,
        (S.REOPENED, Act.SEPARATE_PETITION): S.REOPENED,
        (S.REOPENED, Act.CONVERT_LEAD): S.CONVERTED,
        (S.REOPENED, Act.ARCHIVE_LEAD): S.ARCHIVED,
    }
)

IN_TRIAGE = {S.REGISTERED, S.REOPENED}
"""What is to become of it is open; its referrals may go their way."""

ON_HOLD = {S.AWAITING_INFO, S.REFUSAL_PROPOSED, S.NOT_ACCEPTED, S.PASSED_ON, S.CONVERTED, S.ARCHIVED, S.VOIDED}
"""None of its referrals is approved, sent elsewhere or handed over."""

IN_THE_FIGURES = set(S) - {S.STUB, S.VOIDED}
"""What the figures count as a lead."""


class RecusalState(Labelled):
    """Somebody stands aside from a lead: by their own word at once, or asked by another and decided by a third."""

    ASKED = "asked", "待决定"
    STANDING = "standing", "回避中"
    DECLINED = "declined", "已驳回"


RECUSAL_LIFE = Workflow(
    {
        (None, Act.RECUSE): RecusalState.STANDING,
        (None, Act.REQUEST_RECUSAL): RecusalState.ASKED,
        (RecusalState.ASKED, Act.GRANT_RECUSAL): RecusalState.STANDING,
        (RecusalState.ASKED, Act.DECLINE_RECUSAL): RecusalState.DECLINED,
    }
)

ASIDE = {RecusalState.ASKED, RecusalState.STANDING}
"""The wall holds while a request waits for its decision, so that nobody is told of it by anything else."""


class LiftState(Labelled):
    """A wall of office or of one's own word, opened to one officer until a day."""

    ASKED = "asked", "待另一人同意"
    LIFTED = "lifted", "已解除"
    DECLINED = "declined", "未同意"
    ENDED = "ended", "已恢复回避"


LIFT_LIFE = Workflow(
    {
        (None, Act.ASK_LIFT): LiftState.ASKED,
        (LiftState.ASKED, Act.CONFIRM_LIFT): LiftState.LIFTED,
        (LiftState.ASKED, Act.DECLINE_LIFT): LiftState.DECLINED,
        (LiftState.LIFTED, Act.END_LIFT): LiftState.ENDED,
    }
)
