"""Inspections (调研督查): who goes where and why; what they find; what was put right, with its proof."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.evidence.rules import FileType
from tipline.inspections.lifecycle import FINDING_LIFE, LIFE, FindingState, InspectionState, Kind, Side
from tipline.kit.cabinet import Kept
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.leads.models import Lead
from tipline.office.models import Office, Officer, Paper, Place
from tipline.screening.models import ScreeningRecord


class Inspection(Paper, Model):
    """One visit to one or several towns, R-21; by a firm under contract, R-24."""

    life = LIFE
    kind = "inspection"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[InspectionState]
    notice: Mapped[str] = mapped_column(String(40), comment="key of the notice whose towns are inspected")
    sort: Mapped[Kind]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(comment="a third party sees nothing after this day")
    leader_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    leader: Mapped[Officer] = relationship(foreign_keys=[leader_id])
    reason_sealed: Mapped[Ciphertext] = mapped_column(comment="why these towns, R-22")
    contractor: Mapped[str | None] = mapped_column(String(80))
    contract_no: Mapped[str | None] = mapped_column(String(60))
    outsiders_sealed: Mapped[Ciphertext | None] = mapped_column(comment="who comes with the team and has no account")
    seed: Mapped[str] = mapped_column(String(64))
    by_lot: Mapped[int] = mapped_column(comment="how many villages are drawn besides those chosen")
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    summary_sealed: Mapped[Ciphertext | None]

    reason = Sealed()
    outsiders = Sealed()
    summary = Sealed()

    members: Mapped[list["InspectionMember"]] = relationship(order_by="InspectionMember.officer_id")
    places: Mapped[list["InspectionPlace"]] = relationship(order_by="InspectionPlace.place_code")

    __table_args__ = (
        CheckConstraint("since <= until", name="days_have_an_order"),
        CheckConstraint("sort != 'third_party' OR contract_no IS NOT NULL", name="a_third_party_has_a_contract"),
    )


class InspectionMember(Model):
    """An officer who goes along; of a third party, whoever has an account for it."""

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True, index=True)
    officer: Mapped[Officer] = relationship()


class InspectionPlace(Model):
    """A town that is visited, or a village in it, chosen or drawn."""

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), primary_key=True)
    place_code: Mapped[str] = mapped_column(ForeignKey("place.code"), primary_key=True)
    place: Mapped[Place] = relationship()
    drawn: Mapped[bool] = mapped_column(default=False)


class Finding(Paper, Model):
    """One thing that was found, and what its town did about it, R-23."""

    life = FINDING_LIFE
    kind = "finding"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[FindingState]
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    inspection: Mapped[Inspection] = relationship()
    style: Mapped[bool] = mapped_column(comment="a problem of work style, R-5; otherwise of a household")
    term: Mapped[str] = mapped_column(String(40), comment="key in the notice's list")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), comment="the town government that puts it right")
    office: Mapped[Office] = relationship()
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"), comment="the village")
    place: Mapped[Place | None] = relationship()
    record_id: Mapped[int | None] = mapped_column(ForeignKey("screening_record.id"), comment="None when not on record")
    record: Mapped[ScreeningRecord | None] = relationship()
    source: Mapped[str | None] = mapped_column(String(64), comment="digest of the line of a day list it came from")
    found_on: Mapped[date]
    found_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    found_by: Mapped[Officer] = relationship(foreign_keys=[found_by_id])
    recorded_at: Mapped[datetime]
    seen_sealed: Mapped[Ciphertext]
    demand_sealed: Mapped[Ciphertext | None]
    due_on: Mapped[date | None]
    done_sealed: Mapped[Ciphertext | None]
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    returned_sealed: Mapped[Ciphertext | None] = mapped_column(comment="why it was sent back last")

    seen = Sealed()
    demand = Sealed()
    done = Sealed()
    returned = Sealed()

    files: Mapped[list["FindingFile"]] = relationship(back_populates="finding", order_by="FindingFile.id")

    __table_args__ = (
        UniqueConstraint("inspection_id", "source"),
        Index("ix_finding_owed", "office_id", "state", "due_on"),
    )


class FindingFile(Keyed, Model):
    """A photo or a paper, of what was found or of what was put right."""

    id: Mapped[BigId]
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    finding: Mapped[Finding] = relationship(back_populates="files")
    side: Mapped[Side]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    added_by: Mapped[Officer] = relationship()
    name_sealed: Mapped[Ciphertext]
    digest_sealed: Mapped[Ciphertext]
    size: Mapped[int] = mapped_column(BigInteger)
    filetype: Mapped[FileType]
    file: Mapped[str] = mapped_column(String(32), unique=True, comment="random name in the cabinet")
    secret_sealed: Mapped[Ciphertext]

    name = Sealed()
    digest = Sealed()
    secret = Sealed()

    @property
    def ref(self) -> str:
        return f"finding-file/{self.key}"

    @property
    def original(self) -> Kept:
        """What the cabinet keeps, as it came."""
        return Kept(self.file, self.secret, self.size, self.digest)


class FindingLead(Model):
    """A lead that came of a finding. Only who may know of the lead is told so."""

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), primary_key=True)
    lead: Mapped[Lead] = relationship()


class DayReturn(Keyed, Model):
    """A day list that was filled by hand and read back; it waits until somebody says yes."""

    id: Mapped[BigId]
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    inspection: Mapped[Inspection] = relationship()
    read_at: Mapped[datetime]
    read_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    rows_sealed: Mapped[Ciphertext | None] = mapped_column(comment="None once entered or forgotten")
    entered_at: Mapped[datetime | None]

    rows = Sealed()

    @property
    def ref(self) -> str:
        return f"day-return/{self.key}"
