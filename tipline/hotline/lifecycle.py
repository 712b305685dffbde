"""The lives of a published number, a round of test calls, one test, a fault of a line, and a call nobody answered."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class LineState(Labelled):
    """Whether a number is published as one to report to."""

    IN_FORCE = "in-force", "在用"
    ENDED = "ended", "已停用"


class RoundState(Labelled):
    """Where a round of test calls stands: its seed first, then the lot."""

    PROPOSED = "round-proposed", "待抽取"
    DRAWN = "drawn", "已抽取"


class TestState(Labelled):
    """Where one test call stands."""

    __test__ = False  # no test of ours

    DUE = "test-due", "待拨测"
    DONE = "tested", "已拨测"
    DROPPED = "dropped", "已取消"


class FaultState(Labelled):
    """Where a fault of a line stands: corrected by its office, confirmed by somebody else."""

    NOTED = "noted", "待整改"
    CORRECTED = "corrected", "待确认"
    CONFIRMED = "confirmed", "已整改"


class CallState(Labelled):
    """Where a call that nobody answered stands."""

    TO_RING_BACK = "to-ring-back", "待回拨"
    RUNG_BACK = "rung-back", "已回拨"
    LEFT = "left", "不再回拨"


L, R, T, F, C = LineState, RoundState, TestState, FaultState, CallState

LINE = Workflow(
    {
        (None, Act.ADD_LINE): L.IN_FORCE,
        (L.IN_FORCE, Act.AMEND_LINE): L.IN_FORCE,
        (L.IN_FORCE, Act.NOTE_PROOF): L.IN_FORCE,
        (L.IN_FORCE, Act.END_LINE): L.ENDED,
    }
)

ROUND = Workflow({(None, Act.PROPOSE_ROUND): R.PROPOSED, (R.PROPOSED, Act.DRAW_ROUND): R.DRAWN})

TEST = Workflow(
    {
        (None, Act.DRAW_ROUND): T.DUE,
        (None, Act.ORDER_TEST): T.DUE,
        (T.DUE, Act.RECORD_TEST): T.DONE,
        (T.DUE, Act.DROP_TEST): T.DROPPED,
    }
)

FAULT = Workflow(
    {
        (None, Act.NOTE_FAULT): F.NOTED,
        (F.NOTED, Act.CORRECT_FAULT): F.CORRECTED,
        (F.CORRECTED, Act.RETURN_FAULT): F.NOTED,
        (F.CORRECTED, Act.CONFIRM_FAULT): F.CONFIRMED,
    }
)

CALL = Workflow(
    {
        (None, Act.ENTER_MISSED_CALL): C.TO_RING_BACK,
        (C.TO_RING_BACK, Act.TRY_RING_BACK): C.TO_RING_BACK,
        (C.TO_RING_BACK, Act.RING_BACK): C.RUNG_BACK,
        (C.TO_RING_BACK, Act.LEAVE_CALL): C.LEFT,
    }
)
