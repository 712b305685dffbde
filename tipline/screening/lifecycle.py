"""The life of a workbook that was handed in: it waits until its town says yes, and is forgotten."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class UploadState(Labelled):
    """Where a workbook stands."""

    WAITING = "waiting", "待确认"
    ENTERED = "entered", "已导入"
    DROPPED = "dropped", "已放弃"


LIFE = Workflow(
    {
        (None, Act.UPLOAD_SCREENING): UploadState.WAITING,
        (UploadState.WAITING, Act.IMPORT_SCREENING): UploadState.ENTERED,
        (UploadState.WAITING, Act.DROP_SCREENING): UploadState.DROPPED,
    }
)
