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
from tipline.referrals.lifecycle import LIFE, Disposition, Pending, ReferralState


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
    pending: Mapped[Pending | None]
    pending_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), comment="who asked; another answers")
    returns: Mapped[int] = mapped_column(default=0)
    arbiter_id: Mapped[int | None] = mapped_column(
        ForeignKey("office.id"), comment="who decides finally after the second return"
    )
    arbiter: Mapped[Office | None] = relationship(foreign_keys=[arbiter_id])
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
    days: Mapped[dict[str, str]] = mapped_column(
        default=dict, comment="what has happened inside the body, under the words the clocks know"
    )
    extended: Mapped[list[str]] = mapped_column(default=list, comment="clocks that were lengthened")
    review_on: Mapped[date | None] = mapped_column(comment="when what is kept pending is looked at again")
    moved_at: Mapped[datetime | None] = mapped_column(comment="when its body last did something with it")
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

    askings: Mapped[list["Asking"]] = relationship(back_populates="referral", order_by="Asking.id")

    def stood_before(self) -> ReferralState | None:
        return self.withdrawn_from

    __table_args__ = (
        CheckConstraint("state != 'handed_over' OR handed_over_at IS NOT NULL", name="handed_over_when_it_says_so"),
        CheckConstraint(
            "state NOT IN ('concluded', 'fed_back') OR finding IS NOT NULL", name="concluded_with_a_finding"
        ),
        Index("ix_referral_body", "to_id", "state", "due_on"),
        CheckConstraint("pending IS NULL OR pending_by_id IS NOT NULL", name="somebody_asked_what_is_pending"),
        Index("ix_referral_sender", "from_id", "state", "due_on"),
    )


class Errand(Labelled):
    """Which way a referral is asked to go."""

    RETURN = "return", "退回"
    RECALL = "recall", "撤回"


class Asking(Keyed, Model):
    """One return or recall as it was asked for, and what the other side answered."""

    id: Mapped[BigId]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    referral: Mapped[Referral] = relationship(back_populates="askings")
    errand: Mapped[Errand]
    body_id: Mapped[int] = mapped_column(ForeignKey("office.id"), comment="the body that had it then")
    body: Mapped[Office] = relationship()
    cause: Mapped[str | None] = mapped_column(String(40), comment="key in the notice's duties that a return rests on")
    reason_sealed: Mapped[Ciphertext]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    asked_by: Mapped[Officer] = relationship(foreign_keys=[asked_by_id])
    endorsed_at: Mapped[datetime | None] = mapped_column(comment="by the principal of the body")
    endorsed_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    endorsed_by: Mapped[Officer | None] = relationship(foreign_keys=[endorsed_by_id])
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    answered_by: Mapped[Officer | None] = relationship(foreign_keys=[answered_by_id])
    agreed: Mapped[bool | None]
    answer_sealed: Mapped[Ciphertext | None]

    reason = Sealed()
    answer = Sealed()

    __table_args__ = (
        CheckConstraint("(agreed IS NULL) = (answered_at IS NULL)", name="answered_one_way_or_the_other"),
    )
