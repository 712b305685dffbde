"""The lives of a lead itself, of a recusal and of a lift; what becomes of each person is the life of a referral."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class LeadState(Labelled):
    """A lead is in the ledger for good: it can be voided with a reason, never deleted."""

    REGISTERED = "registered", "已登记"
    STUB = "stub", "密送件"
    VOIDED = "voided", "已作废"


LIFE = Workflow(
    {
        (None, Act.REGISTER_LEAD): LeadState.REGISTERED,
        (None, Act.REGISTER_STUB): LeadState.STUB,
        (LeadState.REGISTERED, Act.AMEND_LEAD): LeadState.REGISTERED,
        (LeadState.REGISTERED, Act.VOID_LEAD): LeadState.VOIDED,
    }
)


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
