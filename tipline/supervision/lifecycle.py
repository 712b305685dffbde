"""The life of a supervised case: proposed by a trigger of the notice, watched until released."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class CaseState(Labelled):
    """Where a supervised case stands."""

    PROPOSED = "proposed", "提请督办"
    DECLINED = "declined", "不予督办"
    UNDER_SUPERVISION = "under_supervision", "督办中"
    RESULT_REPORTED = "result_reported", "结果已报"
    RESULT_ACCEPTED = "result_accepted", "结果已认可"
    RELEASED = "released", "已解除督办"


S = CaseState

LIFE = Workflow(
    {
        (None, Act.PROPOSE_SUPERVISION): S.PROPOSED,
        (S.PROPOSED, Act.OPEN_SUPERVISION): S.UNDER_SUPERVISION,
        (S.PROPOSED, Act.DECLINE_SUPERVISION): S.DECLINED,
        (S.UNDER_SUPERVISION, Act.SET_MILESTONE): S.UNDER_SUPERVISION,
        (S.UNDER_SUPERVISION, Act.MEET_MILESTONE): S.UNDER_SUPERVISION,
        (S.UNDER_SUPERVISION, Act.RECORD_PROGRESS): S.UNDER_SUPERVISION,
        (S.UNDER_SUPERVISION, Act.URGE): S.UNDER_SUPERVISION,
        (S.UNDER_SUPERVISION, Act.REPORT_RESULT): S.RESULT_REPORTED,
        (S.RESULT_REPORTED, Act.SEND_BACK_RESULT): S.UNDER_SUPERVISION,
        (S.RESULT_REPORTED, Act.ACCEPT_RESULT): S.RESULT_ACCEPTED,
        (S.RESULT_ACCEPTED, Act.SEND_BACK_RESULT): S.UNDER_SUPERVISION,
        (S.RESULT_ACCEPTED, Act.RELEASE): S.RELEASED,
    }
)

OPEN = {S.UNDER_SUPERVISION, S.RESULT_REPORTED, S.RESULT_ACCEPTED}
