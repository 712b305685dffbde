"""The lives of an inspection and of what it found."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class InspectionState(Labelled):
    """Where an inspection stands."""

    PLANNED = "planned", "待批准"
    UNDER_WAY = "under_way", "督查中"
    FINISHED = "finished", "已结束"
    CALLED_OFF = "called_off", "已取消"


class FindingState(Labelled):
    """Where a finding stands."""

    RECORDED = "recorded", "已登记"
    DEMANDED = "demanded", "整改中"
    DONE = "done", "已整改待核实"
    CONFIRMED = "confirmed", "已销号"
    RESTING = "resting", "不作整改"


class Kind(Labelled):
    """Who inspects, R-21 and R-24."""

    TEAM = "inspection_team", "督查组"
    THIRD_PARTY = "third_party", "第三方检查"


class Side(Labelled):
    """What a file proves."""

    FOUND = "found", "发现时"
    DONE = "done", "整改后"


V, F = InspectionState, FindingState

LIFE = Workflow(
    {
        (None, Act.PLAN_INSPECTION): V.PLANNED,
        (V.PLANNED, Act.START_INSPECTION): V.UNDER_WAY,
        (V.PLANNED, Act.CALL_OFF_INSPECTION): V.CALLED_OFF,
        (V.UNDER_WAY, Act.FINISH_INSPECTION): V.FINISHED,
    }
)

FINDING_LIFE = Workflow(
    {
        (None, Act.RECORD_FINDING): F.RECORDED,
        (F.RECORDED, Act.DEMAND_RECTIFICATION): F.DEMANDED,
        (F.RECORDED, Act.CORRECT_ON_SPOT): F.DONE,
        (F.RECORDED, Act.LET_FINDING_REST): F.RESTING,
        (F.DEMANDED, Act.REPORT_RECTIFIED): F.DONE,
        (F.DONE, Act.CONFIRM_RECTIFIED): F.CONFIRMED,
        (F.DONE, Act.SEND_BACK_RECTIFIED): F.DEMANDED,
    }
)

TOLD_TO_THE_TOWN = {F.DEMANDED, F.DONE, F.CONFIRMED}
"""A town hears of a finding when it must put it right; before, it may be about the people who would read of it."""
