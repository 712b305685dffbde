"""The life of what one place hands in for one duty of the notice."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class SubmissionState(Labelled):
    """Where a submission stands. What nobody has handed in or excused has none at all."""

    FILED = "filed", "已报送"
    ACCEPTED = "accepted", "已接收"
    RETURNED = "returned", "已退回"
    EXCUSED = "excused", "已免报"


S = SubmissionState

LIFE = Workflow(
    {
        (None, Act.HAND_IN): S.FILED,
        (S.FILED, Act.HAND_IN): S.FILED,
        (S.ACCEPTED, Act.HAND_IN): S.FILED,
        (S.RETURNED, Act.HAND_IN): S.FILED,
        (S.EXCUSED, Act.HAND_IN): S.FILED,
        (S.FILED, Act.ACCEPT_SUBMISSION): S.ACCEPTED,
        (S.FILED, Act.RETURN_SUBMISSION): S.RETURNED,
        (None, Act.EXCUSE_DUTY): S.EXCUSED,
        (S.RETURNED, Act.EXCUSE_DUTY): S.EXCUSED,
    }
)
