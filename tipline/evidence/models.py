"""Exhibits: the files that came with a lead, and the recordings that are kept elsewhere."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.evidence.lifecycle import LIFE, ExhibitState
from tipline.evidence.rules import FileType
from tipline.kit.cabinet import Kept
from tipline.kit.db import BigId, Ciphertext, Model
from tipline.kit.vault import Sealed
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office.models import Office, Officer, Paper
from tipline.referrals.models import Referral

SHOWN = 12
"""So many signs of a hash are enough to tell two exhibits apart on a screen; on paper it stands whole."""


class Exhibit(Paper, Model):
    """One file, sealed in the cabinet, or one recording by reference. What it is called is sealed as well."""

    life = LIFE
    kind = "exhibit"

    id: Mapped[BigId]
    state: Mapped[ExhibitState]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    lead: Mapped[Lead] = relationship()
    referral_id: Mapped[int | None] = mapped_column(
        ForeignKey("referral.id"), index=True, comment="brought in by the handling body: nobody else sees it"
    )
    referral: Mapped[Referral | None] = relationship()
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    received_at: Mapped[datetime]
    received_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    received_by: Mapped[Officer] = relationship()
    name_sealed: Mapped[Ciphertext] = mapped_column(comment="of the file; of a recording the recorder's own number")
    digest_sealed: Mapped[Ciphertext] = mapped_column(comment="SHA-256; in clear it would tell who holds the same file")
    size: Mapped[int | None] = mapped_column(BigInteger)
    filetype: Mapped[FileType | None]
    file: Mapped[str | None] = mapped_column(String(32), unique=True, comment="random name in the cabinet")
    secret_sealed: Mapped[Ciphertext | None]
    copy_file: Mapped[str | None] = mapped_column(String(32), unique=True, comment="without device, place and author")
    copy_size: Mapped[int | None] = mapped_column(BigInteger)
    copy_digest_sealed: Mapped[Ciphertext | None]
    copy_secret_sealed: Mapped[Ciphertext | None]
    started_at: Mapped[datetime | None] = mapped_column(comment="of a recording")
    seconds: Mapped[int | None]
    kept_at_sealed: Mapped[Ciphertext | None] = mapped_column(comment="where a recording is kept")

    name = Sealed()
    digest = Sealed()
    secret = Sealed()
    copy_digest = Sealed()
    copy_secret = Sealed()
    kept_at = Sealed()

    parts: Mapped[list["ExhibitPart"]] = relationship(back_populates="exhibit", cascade="all, delete-orphan")

    __table_args__ = (
        CheckConstraint("(filetype IS NULL) = (file IS NULL)", name="a_file_has_a_type"),
        CheckConstraint("(file IS NULL) = (seconds IS NOT NULL)", name="a_file_or_a_recording"),
        CheckConstraint("copy_file IS NULL OR file IS NOT NULL", name="a_copy_of_something"),
        Index("ix_exhibit_lead", "lead_id", "id"),
    )

    @property
    def number(self) -> str:
        """How the office calls it: by the beginning of its hash, which tells nothing of how many there are."""
        return f"#{self.short}"

    @property
    def short(self) -> str:
        return str(self.digest)[:SHOWN].upper()

    @property
    def original(self) -> Kept | None:
        """What the cabinet keeps as it came."""
        if self.file is None or self.size is None:
            return None
        return Kept(self.file, self.secret, self.size, self.digest)

    @property
    def clean_copy(self) -> Kept | None:
        """What the cabinet keeps without device, place and author."""
        if self.copy_file is None or self.copy_size is None:
            return None
        return Kept(self.copy_file, self.copy_secret, self.copy_size, self.copy_digest)


class ExhibitPart(Model):
    """A person to whose part an exhibit belongs: the body that gets only this part gets the exhibit too."""

    exhibit_id: Mapped[int] = mapped_column(ForeignKey("exhibit.id"), primary_key=True)
    exhibit: Mapped[Exhibit] = relationship(back_populates="parts")
    person_id: Mapped[int] = mapped_column(ForeignKey("implicated_person.id"), primary_key=True, index=True)
    person: Mapped[ImplicatedPerson] = relationship()
