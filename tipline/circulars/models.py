"""Circulars (通报): their versions, the cases they are about, which town has read them; warning education."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.circulars.lifecycle import EDUCATION_LIFE, LIFE, CircularState, EducationState
from tipline.circulars.wording import Draft
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.law.circulars import Naming
from tipline.office.models import Office, Officer, Paper
from tipline.typical_cases.models import TypicalCase


class Circular(Paper, Model):
    """Typical cases told to all towns, 津南民字〔2018〕17号 四（四）; from the first draft to the number it has."""

    life = LIFE
    kind = "circular"

    id: Mapped[BigId]
    state: Mapped[CircularState]
    notice: Mapped[str] = mapped_column(String(40), comment="key of the notice")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), comment="which issues it")
    office: Mapped[Office] = relationship()
    naming: Mapped[Naming] = mapped_column(comment="as the notice said when it was drafted")
    drafted_at: Mapped[datetime]
    looked_over: Mapped[bool] = mapped_column(
        default=False, comment="whoever submitted it wants to keep what was noted"
    )
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    approved_by: Mapped[Officer | None] = relationship(foreign_keys=[approved_by_id])
    doc_no: Mapped[str | None] = mapped_column(String(30), unique=True)
    issued_at: Mapped[datetime | None]
    issued_on: Mapped[date | None]
    due_on: Mapped[date | None] = mapped_column(comment="the day by which every town confirms that it has read")
    reason_sealed: Mapped[Ciphertext | None] = mapped_column(comment="why it was sent back, dropped or withdrawn")

    reason = Sealed()

    versions: Mapped[list["CircularVersion"]] = relationship(back_populates="circular", order_by="CircularVersion.n")
    about: Mapped[list["CircularCase"]] = relationship(order_by="CircularCase.position")

    __table_args__ = (
        CheckConstraint("(doc_no IS NULL) = (issued_on IS NULL)", name="numbered_when_issued"),
        Index("ix_circular_listed", "notice", "state", "id"),
    )

    @property
    def latest(self) -> "CircularVersion":
        """The words as they stand."""
        return self.versions[-1]

    @property
    def draft(self) -> Draft:
        return Draft.parse(self.latest.text)

    @property
    def number(self) -> str:
        """What people call it."""
        return self.doc_no or self.draft.title


class CircularVersion(Keyed, Model):
    """The words as one hand left them; none is ever overwritten."""

    id: Mapped[BigId]
    circular_id: Mapped[int] = mapped_column(ForeignKey("circular.id"))
    circular: Mapped[Circular] = relationship(back_populates="versions")
    n: Mapped[int]
    text_sealed: Mapped[Ciphertext]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    by: Mapped[Officer] = relationship()

    text = Sealed()

    __table_args__ = (UniqueConstraint("circular_id", "n"),)


class CircularCase(Model):
    """A typical case that a circular is about."""

    circular_id: Mapped[int] = mapped_column(ForeignKey("circular.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("typical_case.id"), primary_key=True, index=True)
    case: Mapped[TypicalCase] = relationship()
    position: Mapped[int]


class CircularReading(Keyed, Model):
    """Somebody has read it; the first of a town's government answers for the town."""

    id: Mapped[BigId]
    circular_id: Mapped[int] = mapped_column(ForeignKey("circular.id"))
    circular: Mapped[Circular] = relationship()
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    office: Mapped[Office] = relationship()
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    officer: Mapped[Officer] = relationship()
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("circular_id", "officer_id"),)


class Education(Paper, Model):
    """One time of warning education (警示教育), after a circular or without one."""

    life = EDUCATION_LIFE
    kind = "education"

    id: Mapped[BigId]
    state: Mapped[EducationState]
    notice: Mapped[str] = mapped_column(String(40), comment="key of the notice")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, comment="the town government")
    office: Mapped[Office] = relationship()
    circular_id: Mapped[int | None] = mapped_column(ForeignKey("circular.id"), index=True)
    circular: Mapped[Circular | None] = relationship()
    held_on: Mapped[date]
    audience: Mapped[str] = mapped_column(String(40), comment="key in the notice's audiences")
    form: Mapped[str] = mapped_column(String(40), comment="key in the notice's forms")
    persons: Mapped[int]
    place_sealed: Mapped[Ciphertext]
    exhibit_sealed: Mapped[Ciphertext | None] = mapped_column(comment="where photos, sign-in sheets are kept")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    recorded_by: Mapped[Officer] = relationship()
    reason_sealed: Mapped[Ciphertext | None] = mapped_column(comment="why the entry does not count")

    place = Sealed()
    exhibit = Sealed()
    reason = Sealed()

    __table_args__ = (CheckConstraint("persons > 0", name="somebody_came"),)

    @property
    def number(self) -> str:
        return self.held_on.isoformat()
