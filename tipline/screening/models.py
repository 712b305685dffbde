"""Screening (全面排查): one record per household, population and town, what it was before; tables as submitted."""

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.cabinet import Kept
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.law.screening import Fact, ScreeningColumn
from tipline.office.models import Office, Officer, Paper
from tipline.screening.lifecycle import EXPORT_LIFE, LIFE, LOCKED, TABLE_LIFE, ExportState, TableState, UploadState


class Workbook:
    """A workbook between being handed in and being entered; the file lies sealed in the cabinet meanwhile."""

    if TYPE_CHECKING:
        office: Mapped[Office]
        name: Any
        secret: Any  # each kind seals its own

    id: Mapped[BigId]
    state: Mapped[UploadState]
    notice: Mapped[str] = mapped_column(String(60), comment="key of the notice")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    name_sealed: Mapped[Ciphertext]
    file: Mapped[str | None] = mapped_column(String(32), comment="its name in the cabinet; None once forgotten")
    secret_sealed: Mapped[Ciphertext | None]
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    entered_at: Mapped[datetime | None]
    created: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    wrong: Mapped[int] = mapped_column(default=0)

    @property
    def original(self) -> Kept | None:
        """The file in the cabinet, while it is kept."""
        return None if self.file is None else Kept(self.file, self.secret or "", self.size, self.digest)

    def count(self, tally: dict[str, int]) -> None:
        """Note what became of its rows."""
        self.wrong, self.created = tally["wrong"], tally["new"]
        self.changed, self.unchanged = tally["changed"], tally["same"]

    def forget(self) -> None:
        """Let go of the file; the cabinet's sweep removes what no row knows."""
        self.file = self.secret = None


class ScreeningUpload(Workbook, Paper, Model):
    """A town's workbook of one population."""

    life = LIFE
    kind = "screening-upload"

    population: Mapped[str] = mapped_column(String(40), comment="key in the notice's populations")
    office: Mapped[Office] = relationship()

    name = Sealed()
    secret = Sealed()

    __table_args__ = (Index("ix_screening_upload_file", "file"),)


class Valued(Keyed):
    """A row of values: plain where they are numbers, days and keys; sealed where they are words about people."""

    facts: Mapped[dict[str, Any]] = mapped_column(JSON, comment="numbers, months, days and keys of the notice")
    words_sealed: Mapped[Ciphertext]
    if TYPE_CHECKING:
        words: Any  # each row seals its own

    @property
    def values(self) -> dict[str, Fact]:
        """All values by the keys of their columns."""
        said: dict[str, Fact] = json.loads(self.words)
        return said | self.facts

    def keep(self, values: dict[str, Fact], columns: tuple[ScreeningColumn, ...]) -> None:
        """Hold these values."""
        sealed = {column.key for column in columns if column.sealed}
        self.words = json.dumps({key: value for key, value in values.items() if key in sealed}, ensure_ascii=False)
        self.facts = {key: value for key, value in values.items() if key not in sealed}


class ScreeningRecord(Valued, Model):
    """One household as its town screened it, R-8 to R-12."""

    id: Mapped[BigId]
    notice: Mapped[str] = mapped_column(String(60), comment="key of the notice")
    population: Mapped[str] = mapped_column(String(40), comment="key in the notice's populations")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"), index=True)
    position: Mapped[int] = mapped_column(comment="in the order in which the households came")
    identity_blind: Mapped[str] = mapped_column(String(32))
    conclusion: Mapped[str | None] = mapped_column(String(40), comment="key in the population's conclusions")
    gaps: Mapped[str] = mapped_column(String(200), comment="keys of the gates at which it stops, each between bars")
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    changed_by: Mapped[Officer] = relationship()
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("screening_upload.id"), comment="None when typed")

    words = Sealed()

    earlier: Mapped[list["ScreeningVersion"]] = relationship(order_by="ScreeningVersion.version.desc()")
    steps: Mapped[list["ScreeningStep"]] = relationship(order_by="ScreeningStep.id.desc()")

    __table_args__ = (
        UniqueConstraint("notice", "population", "office_id", "identity_blind"),
        Index("ix_screening_record_table", "notice", "population", "office_id", "id"),
        Index("ix_screening_record_identity", "identity_blind"),
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def ref(self) -> str:
        return f"screening-record/{self.key}"

    @property
    def number(self) -> str:
        return f"№{self.position}"


class ScreeningVersion(Valued, Model):
    """What a record said before a change."""

    id: Mapped[BigId]
    record_id: Mapped[int] = mapped_column(ForeignKey("screening_record.id"), index=True)
    version: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(comment="when these values were written")
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    changed_by: Mapped[Officer] = relationship()

    words = Sealed()

    __table_args__ = (UniqueConstraint("record_id", "version"),)


class ScreeningStep(Keyed, Model):
    """The paper that one step left for one household, R-14; a later entry stands, the earlier ones stay."""

    id: Mapped[BigId]
    record_id: Mapped[int] = mapped_column(ForeignKey("screening_record.id"), index=True)
    step: Mapped[str] = mapped_column(String(40), comment="key in the notice's steps")
    done_on: Mapped[date]
    handler_sealed: Mapped[Ciphertext]
    reference_sealed: Mapped[Ciphertext]
    checked_at: Mapped[datetime]
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))

    handler = Sealed()
    reference = Sealed()


class TableSubmission(Paper, Model):
    """One town's table of one population as it was submitted; it answers the duty, and locks the rows."""

    life = TABLE_LIFE
    kind = "screening-submission"

    id: Mapped[BigId]
    state: Mapped[TableState]
    notice: Mapped[str] = mapped_column(String(60), comment="key of the notice")
    population: Mapped[str] = mapped_column(String(40), comment="key in the notice's populations")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    number: Mapped[int] = mapped_column(default=0, comment="how often it was submitted")
    households: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(String(64), comment="SHA-256 of the rows; the trail has it too")
    first_at: Mapped[datetime] = mapped_column(comment="when it came for the first time")
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    returned_at: Mapped[datetime | None]
    reason_sealed: Mapped[Ciphertext | None]

    reason = Sealed()

    __table_args__ = (UniqueConstraint("notice", "population", "office_id"),)

    @property
    def is_locked(self) -> bool:
        return self.state in LOCKED


class FullExport(Paper, Model):
    """A table with its numbers: asked for by one, allowed by another, taken away once."""

    life = EXPORT_LIFE
    kind = "screening-export"

    id: Mapped[BigId]
    state: Mapped[ExportState]
    notice: Mapped[str] = mapped_column(String(60), comment="key of the notice")
    population: Mapped[str] = mapped_column(String(40), comment="key in the notice's populations")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), comment="whose table")
    office: Mapped[Office] = relationship(foreign_keys=[office_id])
    reason_sealed: Mapped[Ciphertext]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    asked_by: Mapped[Officer] = relationship(foreign_keys=[asked_by_id])
    asked_from_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, comment="where it is allowed")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    decided_by: Mapped[Officer | None] = relationship(foreign_keys=[decided_by_id])
    until: Mapped[datetime] = mapped_column(comment="until when it may be allowed, then until when taken away")
    digest: Mapped[str | None] = mapped_column(String(64), comment="SHA-256 of the file; the trail has it too")

    reason = Sealed()

    __table_args__ = (
        CheckConstraint("state NOT IN ('allowed', 'fetched') OR decided_by_id != asked_by_id", name="allowed_by_two"),
    )

    @property
    def number(self) -> str:
        """How the office calls it."""
        return f"{self.office.name}"
