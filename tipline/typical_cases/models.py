"""Typical cases (典型案例): one report per town and month, with cases or signed as nil."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.dates import Month
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.law.bodies import RankClass
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
    notice: Mapped[str] = mapped_column(String(40), comment="key of the notice under which it is owed")
    month: Mapped[Month]
    nil: Mapped[bool]
    filed_at: Mapped[datetime]
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    filed_by: Mapped[Officer] = relationship()
    signatory: Mapped[str] = mapped_column(String(40), comment="who signed for the town")
    first_filed_at: Mapped[datetime]
    filing: Mapped[int] = mapped_column(comment="how often it was filed; the cases of earlier filings stay")
    accepted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    return_reason_sealed: Mapped[Ciphertext | None]

    return_reason = Sealed()

    ever_filed: Mapped[list["TypicalCase"]] = relationship(
        back_populates="report", order_by="TypicalCase.filing, TypicalCase.position"
    )

    __table_args__ = (
        UniqueConstraint("notice", "office_id", "month"),
        Index("ix_typical_case_report_filed", "first_filed_at"),
    )

    @property
    def cases(self) -> list["TypicalCase"]:
        """The cases as they stand now: those of the latest filing."""
        return [case for case in self.ever_filed if case.filing == self.filing]

    @property
    def replaced(self) -> list["TypicalCase"]:
        """The cases of filings that were returned."""
        return [case for case in self.ever_filed if case.filing != self.filing]


class TypicalCase(Keyed, Model):
    """One investigated case, for learning: who, what, how it was found, what it teaches."""

    id: Mapped[BigId]
    report_id: Mapped[int] = mapped_column(ForeignKey("typical_case_report.id"), index=True)
    report: Mapped[TypicalCaseReport] = relationship(back_populates="ever_filed")
    filing: Mapped[int] = mapped_column(comment="with which filing of the report it came")
    position: Mapped[int]
    title_sealed: Mapped[Ciphertext]
    person_sealed: Mapped[Ciphertext | None]
    facts_sealed: Mapped[Ciphertext]
    origin: Mapped[str] = mapped_column(String(40), comment="key in the notice's list of origins")
    problem: Mapped[str] = mapped_column(String(40), comment="key in the notice's problem types")
    rank_class: Mapped[RankClass]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(String(60))
    sanction: Mapped[str | None] = mapped_column(String(80))
    recovered_fen: Mapped[int | None]
    analysis_sealed: Mapped[Ciphertext | None]

    title = Sealed()
    person = Sealed()
    facts = Sealed()
    analysis = Sealed()
