"""Sealed months (封账): the figures as they were counted, under their hash, and what was corrected since."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.dates import Month
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.office.models import Officer, Paper
from tipline.reports.lifecycle import LIFE, SealState
from tipline.reports.rules import Span


class MonthSeal(Paper, Model):
    """The figures of one month as they were counted when somebody asked to seal it."""

    life = LIFE
    kind = "month-seal"

    id: Mapped[BigId]
    state: Mapped[SealState]
    notice: Mapped[str] = mapped_column(String(40), comment="key of the notice")
    edition_digest: Mapped[str] = mapped_column(ForeignKey("edition.digest"), comment="whose words the figures are")
    month: Mapped[Month]
    standing: Mapped[str | None] = mapped_column(
        String(60), unique=True, comment="notice and month while asked or sealed: one for each"
    )
    counted_on: Mapped[date]
    figures: Mapped[str] = mapped_column(comment="every number, in one canonical spelling")
    digest: Mapped[str] = mapped_column(String(64), comment="SHA-256 of the figures; the trail has it too")
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    proposed_by: Mapped[Officer] = relationship(foreign_keys=[proposed_by_id])
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    decided_by: Mapped[Officer | None] = relationship(foreign_keys=[decided_by_id])

    corrections: Mapped[list["SealCorrection"]] = relationship(back_populates="seal", order_by="SealCorrection.id")

    __table_args__ = (
        CheckConstraint("state != 'sealed' OR decided_by_id != proposed_by_id", name="sealed_by_two"),
        CheckConstraint("(state = 'declined') = (standing IS NULL)", name="declined_stands_no_more"),
    )

    @property
    def number(self) -> str:
        """How the office calls it."""
        return str(self.month)

    @property
    def is_sealed(self) -> bool:
        return self.state is SealState.SEALED


class SealCorrection(Keyed, Model):
    """One figure put right after the month was sealed; the sealed figure stays as it was."""

    id: Mapped[BigId]
    seal_id: Mapped[int] = mapped_column(ForeignKey("month_seal.id"), index=True)
    seal: Mapped[MonthSeal] = relationship(back_populates="corrections")
    figure: Mapped[str] = mapped_column(String(80), comment="key of the figure")
    span: Mapped[Span]
    town: Mapped[str] = mapped_column(String(12), comment="code of the town, or of the column")
    was: Mapped[int] = mapped_column(BigInteger, comment="as sealed, or as last corrected; money in fen")
    becomes: Mapped[int] = mapped_column(BigInteger)
    reason_sealed: Mapped[Ciphertext]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    entered_by: Mapped[Officer] = relationship()

    reason = Sealed()
