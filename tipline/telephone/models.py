"""Calls that ring now: for minutes only, their numbers sealed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.office.models import Office, Officer


class Ring(Keyed, Model):
    """A call that the telephone system told of. Its number goes to the sheet that is opened, or is forgotten."""

    id: Mapped[BigId]
    call_blind: Mapped[str] = mapped_column(String(32), unique=True, comment="of the telephone system's name for it")
    line: Mapped[str] = mapped_column(String(20), comment="the number that was called, as it is dialled")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    rang_at: Mapped[datetime]
    heard_at: Mapped[datetime]
    over: Mapped[bool] = mapped_column(default=False, comment="it rings no more, and nobody here took it")
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    taken_by: Mapped[Officer | None] = relationship()
    caller_sealed: Mapped[Ciphertext | None]

    caller = Sealed()

    __table_args__ = (Index("ix_ring_heard_at", "heard_at"),)


class HeardNonce(Model):
    """That an announcement with this nonce was heard: it is not heard twice."""

    nonce_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    heard_at: Mapped[datetime]
