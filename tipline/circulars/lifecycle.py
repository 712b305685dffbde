"""The lives of a circular and of an entry in the log of warning education."""

from tipline.kit.words import Labelled, Sentence
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class CircularState(Labelled):
    """Where a circular stands."""

    DRAFT = "draft", "拟稿"
    IN_APPROVAL = "in_approval", "待复核"
    APPROVED = "approved", "待印发"
    ISSUED = "issued", "已印发"
    WITHDRAWN = "withdrawn", "已撤回"
    DROPPED = "dropped", "已放弃"


class EducationState(Labelled):
    """Whether an entry of the log counts."""

    RECORDED = "recorded", "已登记"
    VOIDED = "voided", "已作废"


S = CircularState

LIFE = Workflow(
    {
        (None, Act.DRAFT_CIRCULAR): S.DRAFT,
        (S.DRAFT, Act.EDIT_CIRCULAR): S.DRAFT,
        (S.DRAFT, Act.SUBMIT_CIRCULAR): S.IN_APPROVAL,
        (S.DRAFT, Act.DROP_CIRCULAR): S.DROPPED,
        (S.IN_APPROVAL, Act.APPROVE_CIRCULAR): S.APPROVED,
        (S.IN_APPROVAL, Act.SEND_BACK_CIRCULAR): S.DRAFT,
        (S.APPROVED, Act.SEND_BACK_CIRCULAR): S.DRAFT,
        (S.APPROVED, Act.ISSUE_CIRCULAR): S.ISSUED,
        (S.ISSUED, Act.WITHDRAW_CIRCULAR): S.WITHDRAWN,
    }
)

EDUCATION_LIFE = Workflow(
    {
        (None, Act.RECORD_EDUCATION): EducationState.RECORDED,
        (EducationState.RECORDED, Act.VOID_EDUCATION): EducationState.VOIDED,
    }
)

TOLD_TO_ALL = {S.ISSUED, S.WITHDRAWN}
"""Before it is issued it is the bureau's alone; once withdrawn, towns know that it was, and no longer what it said."""

LIVE = {S.DRAFT, S.IN_APPROVAL, S.APPROVED, S.ISSUED}
"""While a circular lives, its cases are in no other."""

NEXT_STEP = {
    S.DRAFT: Sentence("写好后送复核"),
    S.IN_APPROVAL: Sentence("等待另一人复核"),
    S.APPROVED: Sentence("等待印发，印发时取文号"),
}
