"""What the clock does for this room: it lets go of workbooks that waited a day."""

from datetime import datetime

from sqlalchemy import select

from tipline.kit.db import db
from tipline.office import roster
from tipline.screening import operations
from tipline.screening.lifecycle import UploadState
from tipline.screening.models import ScreeningUpload


def forget(at: datetime) -> int:
    """Drop the workbooks nobody said yes to, and let go of the others' files. Returns how many."""
    old = select(ScreeningUpload).where(
        ScreeningUpload.file.is_not(None), ScreeningUpload.uploaded_at <= at - operations.KEPT_FOR
    )
    clock, forgotten = roster.clock_officer(), 0
    for upload in list(db.session.scalars(old.order_by(ScreeningUpload.id))):
        if upload.state is UploadState.WAITING:
            operations.drop(upload, by=clock, at=at)
        upload.forget()
        db.session.commit()
        forgotten += 1
    return forgotten
