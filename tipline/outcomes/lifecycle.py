"""Four short lives: the sheet of outcomes, an approval to find a false accusation, clearing a name, error tolerance."""

from tipline.kit.words import Labelled, Sentence
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class SheetState(Labelled):
    """Where the sheet of one person stands."""

    DRAFT = "draft", "结果单填写中"
    CONCLUDED = "concluded", "已办结"


class ApprovalState(Labelled):
    """Where the approval of a competent body stands, 检举控告工作规则 第三十九条."""

    ENTERED = "entered", "待另一人核对"
    CHECKED = "checked", "已核对"
    DECLINED = "declined", "不予采用"


class ClarificationState(Labelled):
    """Where clearing a name stands, 检举控告工作规则 第五十条."""

    PROPOSED = "proposed", "待主要负责人批准"
    APPROVED = "approved", "已批准，待澄清"
    DECLINED = "declined", "不予澄清"
    DONE = "done", "已澄清"


class ToleranceState(Labelled):
    """Where a review of error tolerance stands."""

    PROPOSED = "proposed", "待有权机关决定"
    DECIDED = "decided", "已决定"
    CORRECTED = "corrected", "已纠正"


SHEET = Workflow(
    {
        (None, Act.RECORD_OUTCOME): SheetState.DRAFT,
        (SheetState.DRAFT, Act.RECORD_OUTCOME): SheetState.DRAFT,
        (SheetState.DRAFT, Act.CONCLUDE): SheetState.CONCLUDED,
    }
)

APPROVAL = Workflow(
    {
        (None, Act.ENTER_APPROVAL): ApprovalState.ENTERED,
        (ApprovalState.ENTERED, Act.CHECK_APPROVAL): ApprovalState.CHECKED,
        (ApprovalState.ENTERED, Act.DECLINE_APPROVAL): ApprovalState.DECLINED,
    }
)

CLARIFICATION = Workflow(
    {
        (None, Act.PROPOSE_CLARIFICATION): ClarificationState.PROPOSED,
        (ClarificationState.PROPOSED, Act.APPROVE_CLARIFICATION): ClarificationState.APPROVED,
        (ClarificationState.PROPOSED, Act.DECLINE_CLARIFICATION): ClarificationState.DECLINED,
        (ClarificationState.APPROVED, Act.FINISH_CLARIFICATION): ClarificationState.DONE,
    }
)

TOLERANCE = Workflow(
    {
        (None, Act.PROPOSE_TOLERANCE): ToleranceState.PROPOSED,
        (ToleranceState.PROPOSED, Act.DECIDE_TOLERANCE): ToleranceState.DECIDED,
        (ToleranceState.DECIDED, Act.MEET_CORRECTION): ToleranceState.CORRECTED,
    }
)

NEXT_STEP = {
    ToleranceState.PROPOSED: Sentence("等待有权机关的另一人决定"),
    ToleranceState.DECIDED: Sentence("等待按决定纠正"),
}
"""What a review waits for; a decision without a correction waits for nothing."""
