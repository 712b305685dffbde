"""Typical cases (典型案例): one report per town and month, with cases or signed as nil."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.dates import Month
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.office.models import Office, Officer, Paper
from tipline.typical_cases.lifecycle import LIFE, ReportState


class TypicalCaseReport(Paper, Model):
    """What one town answers for one month, 津南民字〔2018〕17号 四（四）."""

    life = LIFE
    kind = "typical-case-report"

    id: Mapped[BigId]
    state: Mapped[ReportState]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    month: Mapped[Month]
    nil: Mapped[bool]
    filed_at: Mapped[datetime]
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    filed_by: Mapped[Officer] = relationship()
    signatory: Mapped[str] = mapped_column(String(40), comment="who signed for the town")
    first_filed_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    return_reason_sealed: Mapped[Ciphertext | None]

    return_reason = Sealed()

    cases: Mapped[list["TypicalCase"]] = relationship(
        back_populates="report", order_by="TypicalCase.position", cascade="all, delete-orphan"
    )

    __table_args__ = (UniqueConstraint("office_id", "month"),)


class TypicalCase(Keyed, Model):
    """One investigated case, for learning: who, what, how it was found, what it teaches."""

    id: Mapped[BigId]
    report_id: Mapped[int] = mapped_column(ForeignKey("typical_case_report.id"), index=True)
    report: Mapped[TypicalCaseReport] = relationship(back_populates="cases")
    position: Mapped[int]
    title_sealed: Mapped[Ciphertext]
    person_sealed: Mapped[Ciphertext | None]
    facts_sealed: Mapped[Ciphertext]
    origin: Mapped[str] = mapped_column(String(40), comment="key in the notice's list of origins")
    problem: Mapped[str] = mapped_column(String(40), comment="key in the notice's problem types")
    rank_class: Mapped[str] = mapped_column(String(40))
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(String(60))
    sanction: Mapped[str | None] = mapped_column(String(80))
    recovered_fen: Mapped[int | None]
    analysis_sealed: Mapped[Ciphertext | None]

    title = Sealed()
    person = Sealed()
    facts = Sealed()
    analysis = Sealed()
