"""The life of a hit of the comparison: looked at by one, confirmed by another; and of a workbook that was handed in."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow
from tipline.screening.lifecycle import UploadState


class HitState(Labelled):
    """Where a hit stands."""

    FOUND = "found", "待核对"
    HELD_TRUE = "held-true", "初核属实"
    HELD_FALSE = "held-false", "初核不属实"
    CONFIRMED = "confirmed", "已核实"
    CLEARED = "cleared", "已排除"
    RAISED = "raised", "已转线索"


WAITING = (HitState.HELD_TRUE, HitState.HELD_FALSE)
"""One person has looked; another must."""

LIFE = Workflow(
    {
        (None, Act.FIND_HIT): HitState.FOUND,
        (HitState.FOUND, Act.HOLD_HIT_TRUE): HitState.HELD_TRUE,
        (HitState.FOUND, Act.HOLD_HIT_FALSE): HitState.HELD_FALSE,
        (HitState.HELD_TRUE, Act.CONFIRM_HIT): HitState.CONFIRMED,
        (HitState.HELD_TRUE, Act.SEND_BACK_HIT): HitState.FOUND,
        (HitState.HELD_FALSE, Act.CLEAR_HIT): HitState.CLEARED,
        (HitState.HELD_FALSE, Act.SEND_BACK_HIT): HitState.FOUND,
        (HitState.CONFIRMED, Act.RAISE_HIT): HitState.RAISED,
    }
)

UPLOAD_LIFE = Workflow(
    {
        (None, Act.UPLOAD_REGISTER): UploadState.WAITING,
        (UploadState.WAITING, Act.IMPORT_REGISTER): UploadState.ENTERED,
        (UploadState.WAITING, Act.DROP_REGISTER): UploadState.DROPPED,
    }
)
