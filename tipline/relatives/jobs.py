"""What the clock does for this room: it compares every night, and lets go of workbooks that waited a day."""

from datetime import datetime

from sqlalchemy import select

from tipline.kit.db import db
from tipline.office import editions, roster
from tipline.relatives import hits, operations, queries
from tipline.relatives.models import RegisterUpload
from tipline.screening.lifecycle import UploadState


def compare(at: datetime) -> int:
    """Compare all lists of every campaign with its roll as they stand today. Returns how many hits are new."""
    found = sum(editions.each(lambda: _compare(at)))
    db.session.commit()
    return found


def _compare(at: datetime) -> int:
    return hits.compare(by=roster.clock_officer(), at=at) if queries.registers().registers else 0


def forget(at: datetime) -> int:
    """Drop the workbooks nobody said yes to, and let go of the others' files. Returns how many."""
    old = select(RegisterUpload).where(
        RegisterUpload.file.is_not(None), RegisterUpload.uploaded_at <= at - operations.KEPT_FOR
    )
    clock, forgotten = roster.clock_officer(), 0
    for upload in list(db.session.scalars(old.order_by(RegisterUpload.id))):
        if upload.state is UploadState.WAITING:
            operations.drop(upload, by=clock, at=at)
        upload.forget()
        db.session.commit()
        forgotten += 1
    return forgotten
