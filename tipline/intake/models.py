"""A call that was begun and is not yet a lead."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.office.models import Office, Officer


class UnfinishedCall(Keyed, Model):
    """What stands on a call sheet while it is being written: its writer's alone, and gone once it is a lead."""

    kind = "unfinished-call"

    id: Mapped[BigId]
    notice: Mapped[str] = mapped_column(String(40), comment="key of the notice by which it is written")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    by: Mapped[Officer] = relationship()
    mark: Mapped[str] = mapped_column(String(64), unique=True, comment="the sheet's; the lead it becomes bears it too")
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    saves: Mapped[int] = mapped_column(comment="how often it was kept: two windows on one sheet notice each other")
    window: Mapped[str] = mapped_column(String(32), comment="a random mark of the page that kept it last")
    content_sealed: Mapped[Ciphertext]

    content = Sealed()

    __table_args__ = (Index("ix_unfinished_call_by_id", "by_id"),)

    @property
    def ref(self) -> str:
        return f"{self.kind}/{self.key}"
