"""The life of an objection: what a reporter holds against a result, until somebody else has answered it."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class ObjectionState(Labelled):
    """Where an objection stands."""

    NOTED = "noted", "异议已登记"
    UPHELD = "upheld", "已采纳，重新办理"
    ANSWERED = "answered", "已答复说明"


S = ObjectionState

LIFE = Workflow(
    {
        (None, Act.NOTE_OBJECTION): S.NOTED,
        (S.NOTED, Act.UPHOLD_OBJECTION): S.UPHELD,
        (S.NOTED, Act.ANSWER_OBJECTION): S.ANSWERED,
    }
)
"""检举控告工作规则 第二十七条: objections are noted, new evidence is looked into."""
