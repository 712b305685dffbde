"""Eligibility reviews: a petition about dibao, what was looked at, and every opinion that was given on it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.eligibility.lifecycle import LIFE, ReviewState
from tipline.eligibility.rules import CheckKind, Outcome, Stand
from tipline.kit.dates import Month
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.kit.words import Labelled
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office.models import Edition, Office, Officer, Paper


class Stage(Labelled):
    """The three opinions that can be had on one petition."""

    FIRST = "first", "处理意见"
    SECOND = "second", "复查意见"
    LAST = "last", "复核意见"


class EligibilityReview(Paper, Model):
    """A petition on its way through the dibao side. The petitioner is the lead's reporter and nowhere else."""

    life = LIFE
    kind = "review"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    state: Mapped[ReviewState]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    lead: Mapped[Lead] = relationship()
    person_id: Mapped[int | None] = mapped_column(ForeignKey("implicated_person.id"))
    person: Mapped[ImplicatedPerson | None] = relationship()
    matter_sealed: Mapped[Ciphertext | None]
    whole: Mapped[bool] = mapped_column(default=True, comment="the lead is this petition and nothing else")
    handler_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    handler: Mapped[Office] = relationship(foreign_keys=[handler_id])
    from_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), index=True, comment="who forwarded it")
    from_office: Mapped[Office | None] = relationship(foreign_keys=[from_id])
    edition_digest: Mapped[str] = mapped_column(ForeignKey("edition.digest"))
    edition: Mapped[Edition] = relationship()
    rule: Mapped[str] = mapped_column(String(40))
    opened_at: Mapped[datetime]
    forwarded_at: Mapped[datetime | None]
    objected_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None] = mapped_column(comment="the petitioner was told what became of it")
    refusal: Mapped[str | None] = mapped_column(String(40), comment="key in the notice's reasons")
    reason_sealed: Mapped[Ciphertext | None]
    more_time_asked_at: Mapped[datetime | None] = mapped_column(comment="waits for the head of the office")
    more_time_reason_sealed: Mapped[Ciphertext | None]
    extended_at: Mapped[datetime | None]
    extension_told_at: Mapped[datetime | None]
    executed_at: Mapped[datetime | None]
    executed: Mapped[Outcome | None]
    doc_no: Mapped[str | None] = mapped_column(String(60))
    effective_from: Mapped[Month | None]
    change_fen: Mapped[int | None] = mapped_column(BigInteger, comment="of the monthly amount")
    second_asked_on: Mapped[date | None]
    last_asked_on: Mapped[date | None]
    hearing_days: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None]
    due_on: Mapped[date | None] = mapped_column(comment="of the clock that an office must stop first")
    due_clock: Mapped[str | None] = mapped_column(String(20))

    matter = Sealed()
    reason = Sealed()
    more_time_reason = Sealed()

    items: Mapped[list["PetitionItem"]] = relationship(back_populates="review", order_by="PetitionItem.position")
    checks: Mapped[list["ReviewCheck"]] = relationship(back_populates="review", order_by="ReviewCheck.id")
    opinions: Mapped[list["Opinion"]] = relationship(back_populates="review", order_by="Opinion.id")

    __table_args__ = (
        UniqueConstraint("lead_id", "person_id"),
        CheckConstraint("(executed IS NULL) = (doc_no IS NULL)", name="executed_under_a_number"),
        Index("ix_eligibility_review_handler", "handler_id", "state", "due_on"),
    )

    @property
    def last_opinion(self) -> "Opinion | None":
        """The opinion that stands."""
        return self.opinions[-1] if self.opinions else None


class PetitionItem(Keyed, Model):
    """One thing that is asked for; each gets an opinion of its own."""

    id: Mapped[BigId]
    review_id: Mapped[int] = mapped_column(ForeignKey("eligibility_review.id"), index=True)
    review: Mapped[EligibilityReview] = relationship(back_populates="items")
    position: Mapped[int]
    text_sealed: Mapped[Ciphertext]

    text = Sealed()


class ReviewCheck(Keyed, Model):
    """What was looked at: the registers, the home, the neighbours' word."""

    id: Mapped[BigId]
    review_id: Mapped[int] = mapped_column(ForeignKey("eligibility_review.id"), index=True)
    review: Mapped[EligibilityReview] = relationship(back_populates="checks")
    kind: Mapped[CheckKind]
    done_on: Mapped[date]
    report_no: Mapped[str | None] = mapped_column(String(60))
    visitors_sealed: Mapped[Ciphertext | None]
    found_sealed: Mapped[Ciphertext]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    recorded_by: Mapped[Officer] = relationship()

    visitors = Sealed()
    found = Sealed()


class Opinion(Keyed, Model):
    """An opinion in writing: facts, basis, and what follows; told to the petitioner on a day of its own."""

    id: Mapped[BigId]
    review_id: Mapped[int] = mapped_column(ForeignKey("eligibility_review.id"), index=True)
    review: Mapped[EligibilityReview] = relationship(back_populates="opinions")
    stage: Mapped[Stage]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    outcome: Mapped[Outcome]
    facts_sealed: Mapped[Ciphertext]
    basis_sealed: Mapped[Ciphertext]
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    decided_by: Mapped[Officer] = relationship()
    delivered_on: Mapped[date | None]

    facts = Sealed()
    basis = Sealed()

    on_items: Mapped[list["ItemOpinion"]] = relationship(back_populates="opinion", order_by="ItemOpinion.id")

    __table_args__ = (UniqueConstraint("review_id", "stage"),)


class ItemOpinion(Keyed, Model):
    """The opinion on one item."""

    id: Mapped[BigId]
    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id"), index=True)
    opinion: Mapped[Opinion] = relationship(back_populates="on_items")
    item_id: Mapped[int] = mapped_column(ForeignKey("petition_item.id"))
    item: Mapped[PetitionItem] = relationship()
    stand: Mapped[Stand]
    words_sealed: Mapped[Ciphertext]

    words = Sealed()
