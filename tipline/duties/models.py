"""What places hand in for the duties of the notice, with every version; rulings on its contradictions; feeds."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.duties.lifecycle import LIFE, SubmissionState
from tipline.evidence.rules import FileType
from tipline.kit.cabinet import Kept
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.office.models import Office, Officer, Paper, Place


class Submission(Paper, Model):
    """What one place answers for one duty and period, or that it need not."""

    life = LIFE
    kind = "submission"

    id: Mapped[BigId]
    state: Mapped[SubmissionState]
    notice: Mapped[str] = mapped_column(String(40), comment="key of the notice")
    duty: Mapped[str] = mapped_column(String(40), comment="key in the notice's duties")
    period: Mapped[str] = mapped_column(String(10), comment="once, a month or a quarter")
    place_code: Mapped[str] = mapped_column(ForeignKey("place.code"), index=True)
    place: Mapped[Place] = relationship()
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, comment="who hands in for the place")
    office: Mapped[Office] = relationship()
    first_filed_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    reason_sealed: Mapped[Ciphertext | None] = mapped_column(comment="of the return or of the excuse")

    reason = Sealed()

    versions: Mapped[list["SubmissionVersion"]] = relationship(
        back_populates="submission", order_by="SubmissionVersion.number.desc()"
    )

    __table_args__ = (UniqueConstraint("notice", "duty", "period", "place_code"),)


class SubmissionVersion(Keyed, Model):
    """One version as it was handed in; a later one replaces it and takes nothing away."""

    id: Mapped[BigId]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    submission: Mapped[Submission] = relationship(back_populates="versions")
    number: Mapped[int]
    filed_at: Mapped[datetime]
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    filed_by: Mapped[Officer] = relationship()
    principal: Mapped[str | None] = mapped_column(String(40), comment="the leader who is responsible")
    deputy: Mapped[str | None] = mapped_column(String(40), comment="the leader in charge")
    words_sealed: Mapped[Ciphertext | None]
    name_sealed: Mapped[Ciphertext | None]
    digest_sealed: Mapped[Ciphertext | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    filetype: Mapped[FileType | None]
    file: Mapped[str | None] = mapped_column(String(32), unique=True, comment="random name in the cabinet")
    secret_sealed: Mapped[Ciphertext | None]

    words = Sealed()
    name = Sealed()
    digest = Sealed()
    secret = Sealed()

    __table_args__ = (
        UniqueConstraint("submission_id", "number"),
        CheckConstraint("file IS NOT NULL OR words_sealed IS NOT NULL", name="a_file_or_words"),
    )

    @property
    def ref(self) -> str:
        return f"version/{self.key}"

    @property
    def original(self) -> Kept | None:
        """What the cabinet keeps, as it came."""
        if self.file is None or self.size is None:
            return None
        return Kept(self.file, self.secret, self.size, self.digest)


class DutyRuling(Keyed, Model):
    """What a leader decided where the notice contradicts itself; the latest stands."""

    id: Mapped[BigId]
    notice: Mapped[str] = mapped_column(String(40), comment="key of the notice")
    duty: Mapped[str] = mapped_column(String(40), comment="key in the notice's duties")
    words_sealed: Mapped[Ciphertext]
    ruled_at: Mapped[datetime]
    ruled_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    ruled_by: Mapped[Officer] = relationship()

    words = Sealed()

    @property
    def ref(self) -> str:
        return f"ruling/{self.key}"


class CalendarFeed(Model):
    """An officer's calendar under a secret address, of which only the hash is kept."""

    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    officer: Mapped[Officer] = relationship()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
