"""The life of a lead itself; what becomes of each person it names is the life of a referral."""

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
