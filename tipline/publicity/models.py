"""Postings by place and period, every version of what hung there, its pictures, and what was wrong with it."""

import json
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.evidence.rules import FileType
from tipline.kit.cabinet import Kept
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.office.models import Office, Officer, Paper, Place
from tipline.publicity.lifecycle import FAULT_LIFE, POSTING_LIFE, FaultState, PostingState
from tipline.publicity.lists import Raw
from tipline.publicity.rules import Channel, FaultKind


class Posting(Paper, Model):
    """What hung in one place for one period, R-17 to R-20."""

    life = POSTING_LIFE
    kind = "posting"

    id: Mapped[BigId]
    state: Mapped[PostingState]
    notice: Mapped[str] = mapped_column(String(60), comment="key of the notice")
    duty: Mapped[str] = mapped_column(String(40), comment="key in the notice's duties")
    period: Mapped[str] = mapped_column(String(10), comment="a month or a quarter")
    place_code: Mapped[str] = mapped_column(ForeignKey("place.code"), index=True)
    place: Mapped[Place] = relationship()
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, comment="the town that answers for it")
    office: Mapped[Office] = relationship()
    first_on: Mapped[date] = mapped_column(comment="the earliest day on which it hung there")

    versions: Mapped[list["PostingVersion"]] = relationship(
        back_populates="posting", order_by="PostingVersion.number.desc()"
    )

    __table_args__ = (UniqueConstraint("notice", "duty", "period", "place_code"),)

    @property
    def latest(self) -> "PostingVersion":
        return self.versions[0]


class PostingVersion(Keyed, Model):
    """What hung there from a day on; a corrected list replaces it and takes nothing away."""

    id: Mapped[BigId]
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"))
    posting: Mapped[Posting] = relationship(back_populates="versions")
    number: Mapped[int]
    posted_on: Mapped[date]
    channel: Mapped[Channel]
    spot_sealed: Mapped[Ciphertext] = mapped_column(comment="which board, which address")
    wall_sealed: Mapped[Ciphertext] = mapped_column(comment="its lines as they hang there")
    items: Mapped[int] = mapped_column(comment="households on it")
    hits: Mapped[int] = mapped_column(comment="what may not hang there")
    differences: Mapped[int] = mapped_column(comment="from the roster, as it was then")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    recorded_by: Mapped[Officer] = relationship()

    spot = Sealed()
    wall = Sealed()

    photos: Mapped[list["PostingPhoto"]] = relationship(order_by="PostingPhoto.id")

    __table_args__ = (UniqueConstraint("posting_id", "number"),)

    @property
    def raw(self) -> Raw:
        """The list line by line."""
        return [(number, cells) for number, cells in json.loads(self.wall)]


class PostingFault(Paper, Model):
    """Something wrong with a posting: noted, corrected, and confirmed by another person, R-7, R-23."""

    life = FAULT_LIFE
    kind = "posting-fault"

    id: Mapped[BigId]
    state: Mapped[FaultState]
    notice: Mapped[str] = mapped_column(String(60), comment="key of the notice")
    duty: Mapped[str] = mapped_column(String(40), comment="key in the notice's duties")
    period: Mapped[str] = mapped_column(String(10), comment="a month or a quarter")
    place_code: Mapped[str] = mapped_column(ForeignKey("place.code"), index=True)
    place: Mapped[Place] = relationship()
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, comment="the town that corrects it")
    office: Mapped[Office] = relationship()
    fault: Mapped[FaultKind]
    due_on: Mapped[date]
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    noted_by: Mapped[Officer] = relationship()
    corrected_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    words_sealed: Mapped[Ciphertext | None] = mapped_column(comment="what was seen beside what the house can tell")
    correction_sealed: Mapped[Ciphertext | None]
    reason_sealed: Mapped[Ciphertext | None] = mapped_column(comment="why a correction was sent back")

    words = Sealed()
    correction = Sealed()
    reason = Sealed()

    photos: Mapped[list["PostingPhoto"]] = relationship(order_by="PostingPhoto.id")

    __table_args__ = (Index("ix_posting_fault_case", "notice", "duty", "period", "place_code"),)

    @property
    def number(self) -> str:
        """How the office calls it."""
        return f"{self.place.name} {self.period}"


class PostingPhoto(Keyed, Model):
    """A picture of a version as it hangs, or of a fault put right; sealed in the cabinet."""

    id: Mapped[BigId]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("posting_version.id"), index=True)
    fault_id: Mapped[int | None] = mapped_column(ForeignKey("posting_fault.id"), index=True)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    added_by: Mapped[Officer] = relationship()
    name_sealed: Mapped[Ciphertext]
    digest_sealed: Mapped[Ciphertext]
    filetype: Mapped[FileType]
    size: Mapped[int] = mapped_column(BigInteger)
    file: Mapped[str] = mapped_column(String(32), unique=True, comment="random name in the cabinet")
    secret_sealed: Mapped[Ciphertext]
    copy_file: Mapped[str | None] = mapped_column(String(32), unique=True, comment="without device, place and author")
    copy_size: Mapped[int | None] = mapped_column(BigInteger)
    copy_digest_sealed: Mapped[Ciphertext | None]
    copy_secret_sealed: Mapped[Ciphertext | None]

    name = Sealed()
    digest = Sealed()
    secret = Sealed()
    copy_digest = Sealed()
    copy_secret = Sealed()

    __table_args__ = (CheckConstraint("(version_id IS NULL) <> (fault_id IS NULL)", name="of_one_thing"),)

    @property
    def ref(self) -> str:
        return f"posting-photo/{self.key}"

    @property
    def original(self) -> Kept:
        """What the cabinet keeps as it came."""
        return Kept(self.file, self.secret, self.size, self.digest)

    @property
    def clean_copy(self) -> Kept | None:
        """What the cabinet keeps without device, place and author."""
        if self.copy_file is None or self.copy_size is None:
            return None
        return Kept(self.copy_file, self.copy_secret, self.copy_size, self.copy_digest)
