"""The lives of a summary, of what came of it, and of what a town answers for."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class SummaryState(Labelled):
    """Where a summary stands."""

    WRITTEN = "written", "待确认"
    RETURNED = "returned", "已退回"
    CONFIRMED = "confirmed", "已确认"


class ImprovementState(Labelled):
    """Where an improvement stands."""

    PROPOSED = "proposed", "待决定"
    DECLINED = "declined", "未采纳"
    ADOPTED = "adopted", "已采纳"
    DONE = "done", "已落实"


class ActionState(Labelled):
    """Where it stands that a town is held to account."""

    PROPOSED = "proposed", "待决定"
    DROPPED = "dropped", "不予问责"
    DECIDED = "decided", "整改中"
    ANSWERED = "answered", "已整改待核实"
    CLOSED = "closed", "已销号"


class Sort(Labelled):
    """What kind of improvement it is: R-26, R-32 and R-28."""

    POLICY = "policy", "政策完善"
    PRACTICE = "practice", "经验做法"
    CAPACITY = "capacity", "力量缺口"


S, J, A = SummaryState, ImprovementState, ActionState

SUMMARY_LIFE = Workflow(
    {
        (None, Act.WRITE_SUMMARY): S.WRITTEN,
        (S.WRITTEN, Act.SEND_BACK_SUMMARY): S.RETURNED,
        (S.WRITTEN, Act.CONFIRM_SUMMARY): S.CONFIRMED,
        (S.RETURNED, Act.WRITE_SUMMARY): S.WRITTEN,
    }
)
IMPROVEMENT_LIFE = Workflow(
    {
        (None, Act.PROPOSE_IMPROVEMENT): J.PROPOSED,
        (J.PROPOSED, Act.ADOPT_IMPROVEMENT): J.ADOPTED,
        (J.PROPOSED, Act.DECLINE_IMPROVEMENT): J.DECLINED,
        (J.ADOPTED, Act.FINISH_IMPROVEMENT): J.DONE,
    }
)
ACTION_LIFE = Workflow(
    {
        (None, Act.PROPOSE_ACTION): A.PROPOSED,
        (A.PROPOSED, Act.DECIDE_ACTION): A.DECIDED,
        (A.PROPOSED, Act.DROP_ACTION): A.DROPPED,
        (A.DECIDED, Act.ANSWER_ACTION): A.ANSWERED,
        (A.ANSWERED, Act.SEND_BACK_ACTION): A.DECIDED,
        (A.ANSWERED, Act.CLOSE_ACTION): A.CLOSED,
    }
)

STANDING = (J.ADOPTED, J.DONE)
"""What a town may read of an improvement: it has been decided upon."""
TOLD_TO_THE_TOWN = (A.DECIDED, A.ANSWERED, A.CLOSED)
"""A town reads what it answers for once that is decided; what is only proposed may still be dropped."""
