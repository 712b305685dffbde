"""Independent call-backs (抽查回访): closures drawn by lot under a published seed, asked after by somebody else."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Ciphertext, Model
from tipline.kit.vault import Sealed
from tipline.office.models import Office, Officer, Paper
from tipline.referrals.models import Referral
from tipline.sampling.lifecycle import CLOSURE, DRAW, ClosureState, DrawState


class SampleDraw(Paper, Model):
    """One draw over the closures of a period. The seed is kept, and in the trail, before anything is drawn."""

    life = DRAW
    kind = "draw"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[DrawState]
    since: Mapped[date]
    until: Mapped[date]
    size: Mapped[int] = mapped_column(comment="how many were asked for; never shown, see decision 0017")
    seed: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]
    cutoff: Mapped[str | None] = mapped_column(String(64))
    population: Mapped[list[str]] = mapped_column(comment="keys of the closures that could have been drawn")
    digest: Mapped[str | None] = mapped_column(String(64), comment="of the seed and the population; also in the trail")

    __table_args__ = (
        CheckConstraint("since <= until", name="a_period_has_an_order"),
        CheckConstraint("state != 'drawn' OR (digest IS NOT NULL AND cutoff IS NOT NULL)", name="drawn_with_a_proof"),
    )


class SampledClosure(Paper, Model):
    """One closure that was drawn: who asked after it, what was answered, what the file holds, a re-check."""

    life = CLOSURE
    kind = "closure"

    id: Mapped[BigId]
    draw_id: Mapped[int] = mapped_column(ForeignKey("sample_draw.id"), index=True)
    draw: Mapped[SampleDraw] = relationship()
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), unique=True)
    referral: Mapped[Referral] = relationship()
    state: Mapped[ClosureState]
    tries: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str | None] = mapped_column(String(40), comment="key in the notice's outcomes of a call-back")
    papers: Mapped[list[str]] = mapped_column(comment="keys of the papers of a closure that the file holds")
    answer_sealed: Mapped[Ciphertext | None]
    called_at: Mapped[datetime | None]
    called_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    called_by: Mapped[Officer | None] = relationship(foreign_keys=[called_by_id])
    recheck_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), index=True, comment="who looks again")
    recheck: Mapped[Office | None] = relationship()
    rechecked_at: Mapped[datetime | None]
    found_sealed: Mapped[Ciphertext | None]

    answer = Sealed()
    found = Sealed()

    __table_args__ = (
        CheckConstraint("state = 'to_call' OR outcome IS NOT NULL", name="called_with_an_outcome"),
        CheckConstraint("state IN ('to_call', 'called') OR recheck_id IS NOT NULL", name="rechecked_by_a_body"),
    )

    @property
    def number(self) -> str:
        """People call it by the number of its referral."""
        return self.referral.number
