"""Registers of relatives, paid persons and vulnerable persons; what the comparison found; visits to the missed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Blind, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.leads.models import Lead
from tipline.office.models import Office, Officer, Paper
from tipline.relatives.lifecycle import LIFE, UPLOAD_LIFE, HitState
from tipline.relatives.rules import Level
from tipline.screening.models import ScreeningRecord, Valued, Workbook


class RegisterUpload(Workbook, Paper, Model):
    """A workbook of one register, and whom the list is from."""

    life = UPLOAD_LIFE
    kind = "register-upload"

    register: Mapped[str] = mapped_column(String(40), comment="key in the notice's registers")
    office: Mapped[Office] = relationship()
    source_sealed: Mapped[Ciphertext]
    dated: Mapped[date] = mapped_column(comment="the day of the list")

    name = Sealed()
    secret = Sealed()
    source = Sealed()

    __table_args__ = (Index("ix_register_upload_file", "file"),)


class RegisterEntry(Valued, Model):
    """One row of a register: a relative who is filed, a person on a list. Its words are sealed, its marks keyed."""

    id: Mapped[BigId]
    notice: Mapped[str] = mapped_column(String(60), comment="key of the notice")
    register: Mapped[str] = mapped_column(String(40), comment="key in the notice's registers")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"), index=True)
    position: Mapped[int] = mapped_column(comment="in the order in which the rows came")
    row_blind: Mapped[str] = mapped_column(String(32), comment="of the columns by which the row is known again")
    name_blind: Mapped[Blind]
    cadre_blind: Mapped[str | None] = mapped_column(String(32), index=True)
    identity_blind: Mapped[str | None] = mapped_column(String(32), index=True)
    lengthened: Mapped[bool] = mapped_column(comment="the number was an old one of 15 digits")
    head_identity_blind: Mapped[str | None] = mapped_column(String(32), comment="of the head of the household")
    namesake_blind: Mapped[str | None] = mapped_column(String(32), comment="of name and village, without a number")
    household_blind: Mapped[str | None] = mapped_column(String(32), comment="of another's household and its village")
    seen_on: Mapped[date | None] = mapped_column(comment="when it was filed or last verified")
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    changed_by: Mapped[Officer] = relationship()
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("register_upload.id"), comment="None when typed")
    upload: Mapped[RegisterUpload | None] = relationship()

    words = Sealed()

    checks: Mapped[list["FilingCheck"]] = relationship(order_by="FilingCheck.id.desc()")

    __table_args__ = (
        UniqueConstraint("notice", "register", "office_id", "row_blind"),
        Index("ix_register_entry_table", "notice", "register", "office_id", "id"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def ref(self) -> str:
        return f"register-entry/{self.key}"

    @property
    def number(self) -> str:
        return f"№{self.position}"


class FilingCheck(Keyed, Model):
    """A filing was verified again; a later entry stands, the earlier ones stay."""

    id: Mapped[BigId]
    entry_id: Mapped[int] = mapped_column(ForeignKey("register_entry.id"), index=True)
    checked_on: Mapped[date]
    result: Mapped[str | None] = mapped_column(String(40), comment="a key of the notice")
    note_sealed: Mapped[Ciphertext]
    checked_at: Mapped[datetime]
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    checked_by: Mapped[Officer] = relationship()

    note = Sealed()


class RegisterHit(Paper, Model):
    """A person of a list and a household on the roll who may belong together. A pair is found once and never again."""

    life = LIFE
    kind = "register-hit"

    id: Mapped[BigId]
    state: Mapped[HitState]
    notice: Mapped[str] = mapped_column(String(60), comment="key of the notice")
    pair_blind: Mapped[str] = mapped_column(String(32), comment="of the person's marks and the household's number")
    level: Mapped[Level]
    entry_id: Mapped[int] = mapped_column(ForeignKey("register_entry.id"), index=True)
    entry: Mapped[RegisterEntry] = relationship()
    record_id: Mapped[int] = mapped_column(ForeignKey("screening_record.id"), index=True)
    record: Mapped[ScreeningRecord] = relationship()
    found_at: Mapped[datetime]
    reason_sealed: Mapped[Ciphertext | None]
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"))
    lead: Mapped[Lead | None] = relationship()

    reason = Sealed()

    __table_args__ = (UniqueConstraint("notice", "pair_blind"),)

    @property
    def number(self) -> str:
        return f"№{self.id}"


class HelpVisit(Keyed, Model):
    """Somebody went to see a household that may have been missed (漏保); a later visit stands, the earlier stay."""

    id: Mapped[BigId]
    notice: Mapped[str] = mapped_column(String(60), comment="key of the notice")
    identity_blind: Mapped[Blind]
    visited_on: Mapped[date]
    outcome: Mapped[str] = mapped_column(String(40), comment="a key of the notice")
    note_sealed: Mapped[Ciphertext]
    visited_at: Mapped[datetime]
    visited_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    visited_by: Mapped[Officer] = relationship()

    note = Sealed()
