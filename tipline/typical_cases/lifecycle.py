"""The life of a town's monthly report of typical cases."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class ReportState(Labelled):
    """Where a town's report of one month stands. A month nobody has filed has no report at all."""

    FILED = "filed", "已报送"
    FILED_NIL = "filed_nil", "零报告"
    ACCEPTED = "accepted", "已接收"
    RETURNED = "returned", "已退回"


S = ReportState

LIFE = Workflow(
    {
        (None, Act.FILE_REPORT): S.FILED,
        (None, Act.FILE_NIL_REPORT): S.FILED_NIL,
        (S.RETURNED, Act.FILE_REPORT): S.FILED,
        (S.RETURNED, Act.FILE_NIL_REPORT): S.FILED_NIL,
        (S.FILED, Act.ACCEPT_REPORT): S.ACCEPTED,
        (S.FILED, Act.RETURN_REPORT): S.RETURNED,
        (S.FILED_NIL, Act.ACCEPT_REPORT): S.ACCEPTED,
        (S.FILED_NIL, Act.RETURN_REPORT): S.RETURNED,
    }
)
