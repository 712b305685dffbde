"""Official letters (公函): their versions, the files that were issued, and every copy that was printed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.kit.words import Labelled
from tipline.leads.models import Lead
from tipline.letters.kinds import About, LetterKind
from tipline.letters.lifecycle import LIFE, LetterStage
from tipline.office.models import Office, Officer, Paper
from tipline.referrals.models import Referral
from tipline.supervision.models import SupervisedCase


class FileKind(Labelled):
    """In what shape a letter is served."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"


class OfficialLetter(Paper, Model):
    """A letter of one office about one paper, from the first draft to the number it was issued under."""

    life = LIFE
    kind = "official-letter"

    id: Mapped[BigId]
    state: Mapped[LetterStage]
    sort: Mapped[LetterKind]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True, comment="whose walls it stands behind")
    lead: Mapped[Lead] = relationship()
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    referral: Mapped[Referral | None] = relationship()
    case_id: Mapped[int | None] = mapped_column(ForeignKey("supervised_case.id"), index=True)
    case: Mapped[SupervisedCase | None] = relationship()
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), comment="which issues it")
    office: Mapped[Office] = relationship(foreign_keys=[office_id])
    to_id: Mapped[int | None] = mapped_column(
        ForeignKey("office.id"), index=True, comment="none: the reporter, or others"
    )
    to: Mapped[Office | None] = relationship(foreign_keys=[to_id])
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    drafted_by: Mapped[Officer] = relationship(foreign_keys=[drafted_by_id])
    drafted_at: Mapped[datetime]
    held_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("officer.id"), index=True, comment="who is to finish the draft; none: anybody of the office"
    )
    held_by: Mapped[Officer | None] = relationship(foreign_keys=[held_by_id])
    submitted_at: Mapped[datetime | None]
    reviewed: Mapped[int] = mapped_column(
        default=1, comment="the version that the last review saw; changes count from it"
    )
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    approved_by: Mapped[Officer | None] = relationship(foreign_keys=[approved_by_id])
    approved_at: Mapped[datetime | None]
    names_reporter: Mapped[bool] = mapped_column(default=False, comment="the issued files carry who reported")
    reporter_reason_sealed: Mapped[Ciphertext | None]
    reason_sealed: Mapped[Ciphertext | None]
    doc_no: Mapped[str | None] = mapped_column(String(30), unique=True)
    issued_at: Mapped[datetime | None]
    issued_on: Mapped[date | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    issued_by: Mapped[Officer | None] = relationship(foreign_keys=[issued_by_id])

    reporter_reason = Sealed()
    reason = Sealed()

    versions: Mapped[list["LetterVersion"]] = relationship(back_populates="letter", order_by="LetterVersion.n")
    files: Mapped[list["LetterFile"]] = relationship(back_populates="letter", order_by="LetterFile.id")

    __table_args__ = (
        CheckConstraint("state != 'issued' OR doc_no IS NOT NULL", name="issued_under_a_number"),
        CheckConstraint("(doc_no IS NULL) = (issued_at IS NULL)", name="a_number_is_drawn_when_issued"),
        CheckConstraint("referral_id IS NULL OR case_id IS NULL", name="about_one_paper"),
        Index("ix_official_letter_office", "office_id", "state", "id"),
    )

    @property
    def about(self) -> About:
        """The kind of paper it is about."""
        return About.REFERRAL if self.referral_id else About.CASE if self.case_id else About.LEAD

    @property
    def subject(self) -> Referral | SupervisedCase | Lead:
        """The paper it is about."""
        return self.referral or self.case or self.lead

    @property
    def number(self) -> str:
        """What people call it: its document number, or the number of its paper while it has none."""
        return self.doc_no or self.subject.number

    @property
    def latest(self) -> "LetterVersion":
        """The words as they stand."""
        return self.versions[-1]


class LetterVersion(Keyed, Model):
    """The words of a letter as one hand left them; none is ever overwritten."""

    id: Mapped[BigId]
    letter_id: Mapped[int] = mapped_column(ForeignKey("official_letter.id"))
    letter: Mapped[OfficialLetter] = relationship(back_populates="versions")
    n: Mapped[int]
    text_sealed: Mapped[Ciphertext]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    by: Mapped[Officer] = relationship()

    text = Sealed()

    __table_args__ = (UniqueConstraint("letter_id", "n"),)


class LetterFile(Keyed, Model):
    """One file of an issued letter, as it was issued: its hash in the open, its bytes sealed."""

    id: Mapped[BigId]
    letter_id: Mapped[int] = mapped_column(ForeignKey("official_letter.id"))
    letter: Mapped[OfficialLetter] = relationship(back_populates="files")
    form: Mapped[FileKind]
    sha256: Mapped[str] = mapped_column(String(64))
    content_sealed: Mapped[Ciphertext] = mapped_column(deferred=True)

    content = Sealed()

    __table_args__ = (UniqueConstraint("letter_id", "form"),)


class Printing(Keyed, Model):
    """One copy: its key is the trace code in the margin, and leads back to the letter, the version and the hand."""

    id: Mapped[BigId]
    letter_id: Mapped[int] = mapped_column(ForeignKey("official_letter.id"), index=True)
    letter: Mapped[OfficialLetter] = relationship()
    n: Mapped[int] = mapped_column(comment="which version")
    form: Mapped[FileKind]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    by: Mapped[Officer] = relationship()
