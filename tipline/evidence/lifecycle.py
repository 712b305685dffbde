"""The life of an exhibit: it is received, perhaps found to be the wrong one, and never deleted."""

from tipline.kit.words import Labelled
from tipline.leads.lifecycle import LeadState
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class ExhibitState(Labelled):
    """Whether it counts."""

    HELD = "held", "在卷"
    VOIDED = "voided", "已作废"


LIFE = Workflow(
    {
        (None, Act.ATTACH_EVIDENCE): ExhibitState.HELD,
        (None, Act.NOTE_RECORDING): ExhibitState.HELD,
        (ExhibitState.HELD, Act.MARK_EVIDENCE): ExhibitState.HELD,
        (ExhibitState.HELD, Act.VOID_EVIDENCE): ExhibitState.VOIDED,
    }
)

TAKES_NOTHING = {LeadState.STUB, LeadState.VOIDED, LeadState.PASSED_ON, LeadState.ARCHIVED}
"""A lead in one of these takes no exhibit: there is nothing to prove, or it is no longer ours to add to."""
