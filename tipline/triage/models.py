"""What triage (甄别) keeps of a lead beside its state: a call back, a refusal, a passing on, a filing."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.leads.models import Lead
from tipline.office.models import Officer


class CallBack(Keyed, Model):
    """The one time that the reporter is asked for more: what was asked, and what was answered."""

    id: Mapped[BigId]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), unique=True)
    lead: Mapped[Lead] = relationship()
    question_sealed: Mapped[Ciphertext]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    asked_by: Mapped[Officer] = relationship(foreign_keys=[asked_by_id])
    due_on: Mapped[date]
    answer_sealed: Mapped[Ciphertext | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    answered_by: Mapped[Officer | None] = relationship(foreign_keys=[answered_by_id])

    question = Sealed()
    answer = Sealed()


class Refusal(Keyed, Model):
    """One proposal not to accept a lead, what was decided, and whether the named reporter has been told."""

    id: Mapped[BigId]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    lead: Mapped[Lead] = relationship()
    reason: Mapped[str] = mapped_column(String(40), comment="key in the notice's list of reasons")
    words_sealed: Mapped[Ciphertext]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    proposed_by: Mapped[Officer] = relationship(foreign_keys=[proposed_by_id])
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    decided_by: Mapped[Officer | None] = relationship(foreign_keys=[decided_by_id])
    refused: Mapped[bool | None] = mapped_column(comment="what was decided; nothing while it is open")
    notice_due_on: Mapped[date | None] = mapped_column(comment="by when the named reporter is to be told")
    told_at: Mapped[datetime | None]
    told_how_sealed: Mapped[Ciphertext | None]

    words = Sealed()
    told_how = Sealed()


class PassedOn(Keyed, Model):
    """A lead of another district, passed to the body there, and the receipt it gave."""

    id: Mapped[BigId]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    lead: Mapped[Lead] = relationship()
    to_sealed: Mapped[Ciphertext]
    passed_at: Mapped[datetime]
    passed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    passed_by: Mapped[Officer] = relationship()
    receipt_sealed: Mapped[Ciphertext | None]
    receipt_at: Mapped[datetime | None]

    to = Sealed()
    receipt = Sealed()


class Filing(Keyed, Model):
    """The papers of a lead, filed away: under which number, for how long."""

    id: Mapped[BigId]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    lead: Mapped[Lead] = relationship()
    retention: Mapped[str] = mapped_column(String(40), comment="key in the notice's classes of retention")
    file_no_sealed: Mapped[Ciphertext]
    filed_at: Mapped[datetime]
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    filed_by: Mapped[Officer] = relationship()

    file_no = Sealed()
