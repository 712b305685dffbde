"""The lives of a draw by lot and of a call-back on one closure that it drew."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class DrawState(Labelled):
    """Where a draw stands: the seed first, then the lot."""

    SEEDED = "seeded", "种子已公布"
    DRAWN = "drawn", "已抽样"


class ClosureState(Labelled):
    """Where the call-back on one closure stands."""

    TO_CALL = "to_call", "待回访"
    CALLED = "called", "已回访"
    RECHECKING = "rechecking", "复查中"
    UPHELD = "upheld", "复查属实"
    FALSE = "false_closure", "虚假办结"
    REOPENED = "reopened", "已责成重新办理"
    LEFT = "left_closed", "虚假办结，不重新办理"


D, C = DrawState, ClosureState

DRAW = Workflow({(None, Act.PUBLISH_SEED): D.SEEDED, (D.SEEDED, Act.DRAW_SAMPLE): D.DRAWN})

CLOSURE = Workflow(
    {
        (None, Act.DRAW_SAMPLE): C.TO_CALL,
        (C.TO_CALL, Act.TRY_CALL_BACK): C.TO_CALL,
        (C.TO_CALL, Act.RECORD_CALL_BACK): C.CALLED,
        (C.TO_CALL, Act.OPEN_RECHECK): C.RECHECKING,
        (C.RECHECKING, Act.UPHOLD_CLOSURE): C.UPHELD,
        (C.RECHECKING, Act.FIND_FALSE_CLOSURE): C.FALSE,
        (C.FALSE, Act.ORDER_REOPENING): C.REOPENED,
        (C.FALSE, Act.LEAVE_CLOSED): C.LEFT,
    }
)

FOUND_FALSE = {C.FALSE, C.REOPENED, C.LEFT}

RECHECKED = {C.RECHECKING, C.UPHELD} | FOUND_FALSE
"""Closures about which the call-back left a doubt."""

OF_THE_RECHECK = {Act.UPHOLD_CLOSURE, Act.FIND_FALSE_CLOSURE}
"""Deeds of the body that was asked to look again, and of nobody else."""
