"""The lives of a workbook that was handed in, of a table that its town submits, and of an export in full."""

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


class TableState(Labelled):
    """Where a town's table stands. What was never submitted has none."""

    SUBMITTED = "submitted", "已报送"
    ACCEPTED = "accepted", "已接收"
    RETURNED = "returned", "已退回"
    TAKEN_BACK = "taken-back", "已收回"


T = TableState
LOCKED = (T.SUBMITTED, T.ACCEPTED)
"""While a table stands so, nobody writes in it."""

TABLE_LIFE = Workflow(
    {
        (None, Act.SUBMIT_TABLE): T.SUBMITTED,
        (T.RETURNED, Act.SUBMIT_TABLE): T.SUBMITTED,
        (T.TAKEN_BACK, Act.SUBMIT_TABLE): T.SUBMITTED,
        (T.SUBMITTED, Act.TAKE_BACK_TABLE): T.TAKEN_BACK,
        (T.SUBMITTED, Act.ACCEPT_TABLE): T.ACCEPTED,
        (T.SUBMITTED, Act.RETURN_TABLE): T.RETURNED,
        (T.ACCEPTED, Act.RETURN_TABLE): T.RETURNED,
    }
)


class ExportState(Labelled):
    """Where an export in full stands."""

    ASKED = "asked", "待同意"
    ALLOWED = "allowed", "已同意，可取一次"
    DECLINED = "declined", "未同意"
    FETCHED = "fetched", "已取走"


E = ExportState
EXPORT_LIFE = Workflow(
    {
        (None, Act.ASK_FULL_EXPORT): E.ASKED,
        (E.ASKED, Act.ALLOW_FULL_EXPORT): E.ALLOWED,
        (E.ASKED, Act.DECLINE_FULL_EXPORT): E.DECLINED,
        (E.ALLOWED, Act.FETCH_FULL_EXPORT): E.FETCHED,
    }
)
