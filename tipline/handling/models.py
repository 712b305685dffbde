"""What a handling body keeps of its work, and the papers that go to others beside a referral."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.handling.lifecycle import (
    EXTENSION_LIFE,
    SLIP_LIFE,
    ExtensionState,
    Manner,
    SlipKind,
    SlipState,
    Step,
)
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.office.models import Office, Officer, Paper
from tipline.referrals.lifecycle import Disposition
from tipline.referrals.models import Referral


class Milestone(Keyed, Model):
    """A step that the handling body has reached; what was found stays with the body."""

    id: Mapped[BigId]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    referral: Mapped[Referral] = relationship()
    body_id: Mapped[int] = mapped_column(ForeignKey("office.id"), comment="the body that reached it")
    step: Mapped[Step]
    reached_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    recorded_by: Mapped[Officer] = relationship()
    text_sealed: Mapped[Ciphertext]

    text = Sealed()


class DispositionRecord(Keyed, Model):
    """One disposition as it was chosen, with what it must say; a later one does not rub it out."""

    id: Mapped[BigId]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    referral: Mapped[Referral] = relationship()
    body_id: Mapped[int] = mapped_column(ForeignKey("office.id"), comment="the body that chose it")
    disposition: Mapped[Disposition]
    chosen_at: Mapped[datetime]
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    chosen_by: Mapped[Officer] = relationship()
    manner: Mapped[Manner | None]
    happened_on: Mapped[date | None] = mapped_column(comment="of the talk, the letter's receipt, or the approval")
    review_on: Mapped[date | None]
    cause: Mapped[str | None] = mapped_column(String(40), comment="key in the notice's reasons to close")
    approver_sealed: Mapped[Ciphertext | None]
    reason_sealed: Mapped[Ciphertext | None]

    approver = Sealed()
    reason = Sealed()


class Extension(Paper, Model):
    """Longer time for one clock of a referral: asked with a reason, granted or refused by somebody else."""

    life = EXTENSION_LIFE
    kind = "extension"

    id: Mapped[BigId]
    state: Mapped[ExtensionState]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    referral: Mapped[Referral] = relationship()
    clock: Mapped[str] = mapped_column(String(20), comment="its name in the notice")
    began_on: Mapped[date] = mapped_column(comment="when the clock began that is lengthened")
    before_on: Mapped[date]
    after_on: Mapped[date]
    tells_reporter: Mapped[bool] = mapped_column(comment="a named reporter must hear of it")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, comment="who asks")
    office: Mapped[Office] = relationship(foreign_keys=[office_id])
    decider_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, comment="where somebody else decides")
    decider: Mapped[Office] = relationship(foreign_keys=[decider_id])
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    asked_by: Mapped[Officer] = relationship(foreign_keys=[asked_by_id])
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    decided_by: Mapped[Officer | None] = relationship(foreign_keys=[decided_by_id])
    reason_sealed: Mapped[Ciphertext]
    answer_sealed: Mapped[Ciphertext | None]

    reason = Sealed()
    answer = Sealed()

    __table_args__ = (
        CheckConstraint("after_on > before_on", name="longer_than_before"),
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name="decided_when_it_says_so"),
    )

    @property
    def number(self) -> str:
        """What people call it: the referral's number."""
        return self.referral.number


class Slip(Paper, Model):
    """What goes to another body beside a referral: a task to help with, a copy, or word that something came."""

    life = SLIP_LIFE
    kind = "slip"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(50), unique=True)
    state: Mapped[SlipState]
    slip_kind: Mapped[SlipKind]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    referral: Mapped[Referral] = relationship()
    to_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    to: Mapped[Office] = relationship(foreign_keys=[to_id])
    from_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    from_office: Mapped[Office] = relationship(foreign_keys=[from_id])
    shows_person: Mapped[bool] = mapped_column(default=False, comment="the helper may read this person's part")
    due_on: Mapped[date | None]
    sent_at: Mapped[datetime]
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    signed_by: Mapped[Officer | None] = relationship()
    receipt_no: Mapped[str | None] = mapped_column(String(60))
    answered_at: Mapped[datetime | None]
    task_sealed: Mapped[Ciphertext | None]
    answer_sealed: Mapped[Ciphertext | None]

    task = Sealed()
    answer = Sealed()

    __table_args__ = (
        CheckConstraint(
            "slip_kind != 'help' OR (task_sealed IS NOT NULL AND due_on IS NOT NULL)", name="help_has_a_task"
        ),
        CheckConstraint("state != 'answered' OR answer_sealed IS NOT NULL", name="answered_with_words"),
        Index("ix_slip_desk", "to_id", "state", "due_on"),
    )
