"""Referrals: one person of one lead, on the way to the body that investigates them."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.kit.words import Labelled
from tipline.law.bodies import Body, TransferKind
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office.models import Edition, Office, Officer, Paper
from tipline.referrals.lifecycle import LIFE, ReferralState


class Disposition(Labelled):
    """The four ways in which a discipline body deals with a lead, 检举控告工作规则 第十七条."""

    TALK_OR_INQUIRY = "talk_or_inquiry", "谈话函询"
    PRELIMINARY_VERIFICATION = "preliminary_verification", "初步核实"
    SHELVED = "shelved", "暂存待查"
    CLOSED_NO_ACTION = "closed_no_action", "予以了结"


class Referral(Paper, Model):
    """One implicated person, the edition and rule that chose a body for them, and where they stand."""

    life = LIFE
    kind = "referral"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[ReferralState]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    lead: Mapped[Lead] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("implicated_person.id"), unique=True)
    person: Mapped[ImplicatedPerson] = relationship()
    from_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    from_office: Mapped[Office] = relationship(foreign_keys=[from_id])
    to_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    to: Mapped[Office] = relationship(foreign_keys=[to_id])
    body: Mapped[Body] = mapped_column(comment="what the rule chose; `to` is the office that is it")
    edition_digest: Mapped[str] = mapped_column(ForeignKey("edition.digest"))
    edition: Mapped[Edition] = relationship()
    rule: Mapped[str] = mapped_column(String(40))
    transfer: Mapped[TransferKind]
    whole: Mapped[bool] = mapped_column(
        default=True, comment="carries the whole narrative, not only this person's part"
    )
    sealed: Mapped[bool] = mapped_column(default=False)
    raised_from: Mapped[list[str]] = mapped_column(default=list, comment="bodies that were passed over, in order")
    raised_at: Mapped[datetime | None] = mapped_column(comment="when it was last raised after registration")
    redirect_to_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    redirect_to: Mapped[Office | None] = relationship(foreign_keys=[redirect_to_id])
    redirect_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), comment="who asked; another agrees")
    reason_sealed: Mapped[Ciphertext | None]
    returns: Mapped[int] = mapped_column(default=0)
    returned_at: Mapped[datetime | None]
    proposed_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]
    signed_for_at: Mapped[datetime | None]
    signed_for_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    signed_for_by: Mapped[Officer | None] = relationship(foreign_keys=[signed_for_by_id])
    held_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), comment="who works on it there")
    held_by: Mapped[Officer | None] = relationship(foreign_keys=[held_by_id])
    disposition: Mapped[Disposition | None]
    disposed_at: Mapped[datetime | None] = mapped_column(comment="when a disposition was first chosen")
    verification_at: Mapped[datetime | None] = mapped_column(comment="since when it is being verified, if it is")
    case_filed_at: Mapped[datetime | None]
    concluded_at: Mapped[datetime | None]
    acceptance_told_at: Mapped[datetime | None]
    result_told_at: Mapped[datetime | None]
    finding: Mapped[str | None] = mapped_column(String(40), comment="key in the notice's list of findings")
    result_sealed: Mapped[Ciphertext | None]
    recovered_fen: Mapped[int | None] = mapped_column(BigInteger)
    withdrawn_from: Mapped[ReferralState | None] = mapped_column(comment="where it stood when it was withdrawn")
    due_on: Mapped[date | None] = mapped_column(comment="of the clock that runs out first")
    due_clock: Mapped[str | None] = mapped_column(String(20))
    receipt_no: Mapped[str | None] = mapped_column(String(60), comment="of a body that receives on paper")

    reason = Sealed()
    result = Sealed()

    milestones: Mapped[list["Milestone"]] = relationship(back_populates="referral", order_by="Milestone.id")

    def stood_before(self) -> ReferralState | None:
        return self.withdrawn_from

    __table_args__ = (
        CheckConstraint("state != 'handed_over' OR handed_over_at IS NOT NULL", name="handed_over_when_it_says_so"),
        CheckConstraint(
            "state NOT IN ('concluded', 'fed_back') OR finding IS NOT NULL", name="concluded_with_a_finding"
        ),
        Index("ix_referral_body", "to_id", "state", "due_on"),
        Index("ix_referral_sender", "from_id", "state", "due_on"),
    )


class Milestone(Keyed, Model):
    """A step that the handling body has reached; what was found stays with the body."""

    id: Mapped[BigId]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    referral: Mapped[Referral] = relationship(back_populates="milestones")
    reached_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    recorded_by: Mapped[Officer] = relationship()
    text_sealed: Mapped[Ciphertext]

    text = Sealed()
