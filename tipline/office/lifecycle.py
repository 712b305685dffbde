"""The life of a leaving: begun by an administrator or with the account, worked and ended by the office itself."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class LeavingState(Labelled):
    """How far the hand-over of somebody who leaves an office has come."""

    OPEN = "open", "交接中"
    DONE = "done", "已交接"
    CALLED_OFF = "called-off", "已取消"


LEAVING_LIFE = Workflow(
    {
        (None, Act.START_LEAVING): LeavingState.OPEN,
        (LeavingState.OPEN, Act.COMPLETE_LEAVING): LeavingState.DONE,
        (LeavingState.OPEN, Act.CALL_OFF_LEAVING): LeavingState.CALLED_OFF,
    }
)
