"""Notes among those who work on a paper, and who keeps an eye on it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.kit.words import Labelled
from tipline.leads.models import Lead
from tipline.office.models import Office, Officer
from tipline.referrals.models import Referral


class Ring(Labelled):
    """The readers of a note, from the narrowest. Words to the reporter are no notes; they have a room of their own."""

    INTERNAL = "internal", "内部备注"
    BUREAU = "bureau", "双方可见"


class Note(Keyed, Model):
    """A few words on a lead, or on one of its referrals, for one ring of readers. Never for the reporter."""

    id: Mapped[BigId]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    lead: Mapped[Lead] = relationship()
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), comment="none: on the lead itself")
    referral: Mapped[Referral | None] = relationship()
    ring: Mapped[Ring]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), comment="of the writer, then")
    office: Mapped[Office] = relationship()
    by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    by: Mapped[Officer] = relationship()
    at: Mapped[datetime]
    text_sealed: Mapped[Ciphertext]

    text = Sealed()

    __table_args__ = (Index("ix_note_paper", "lead_id", "referral_id", "id"),)


class Watch(Model):
    """An officer who wants to hear when a paper has moved. Reading it is a right of its own, asked every time."""

    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id])
    paper: Mapped[str] = mapped_column(String(60), primary_key=True, comment="kind/key, as in the trail")
    seen_seq: Mapped[int] = mapped_column(comment="the paper's latest line when the officer last said 'seen'")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), comment="the colleague who asked for it")
    asked_by: Mapped[Officer | None] = relationship(foreign_keys=[asked_by_id])
