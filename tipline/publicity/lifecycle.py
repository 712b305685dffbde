"""The lives of a posting and of what is wrong with one."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class PostingState(Labelled):
    """Where a posting stands. What nobody has recorded has none at all."""

    UNPROVEN = "unproven", "待补照片"
    POSTED = "posted", "已公示"
    WRONG = "wrong", "有问题待更正"


P = PostingState

POSTING_LIFE = Workflow(
    {
        **{(before, Act.RECORD_POSTING): P.UNPROVEN for before in (None, *P)},
        **{(before, Act.RECORD_WRONG_POSTING): P.WRONG for before in (None, *P)},
        (P.UNPROVEN, Act.ADD_POSTING_PHOTO): P.POSTED,
        (P.POSTED, Act.ADD_POSTING_PHOTO): P.POSTED,
        (P.WRONG, Act.ADD_POSTING_PHOTO): P.WRONG,
    }
)
"""A new list needs a new picture: the old one shows what hung there before."""


class FaultState(Labelled):
    """How far a fault of a posting has come."""

    NOTED = "noted", "待改正"
    CORRECTED = "corrected", "待确认"
    CONFIRMED = "confirmed", "已改正"


FAULT_LIFE = Workflow(
    {
        (None, Act.NOTE_POSTING_FAULT): FaultState.NOTED,
        (FaultState.NOTED, Act.CORRECT_POSTING_FAULT): FaultState.CORRECTED,
        (FaultState.CORRECTED, Act.CONFIRM_CORRECTION): FaultState.CONFIRMED,
        (FaultState.CORRECTED, Act.REFUSE_CORRECTION): FaultState.NOTED,
    }
)
