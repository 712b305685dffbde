"""A call that is not yet a lead: begun on a call sheet, or written on paper."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.intake.lifecycle import PHRASE, SHEET, PhraseState, SheetState
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.kit.words import Labelled
from tipline.leads.models import Lead
from tipline.office.models import Office, Officer, Paper


class UnfinishedCall(Keyed, Model):
    """What stands on a call sheet while it is being written: its writer's alone, and gone once it is a lead."""

    kind = "unfinished-call"

    id: Mapped[BigId]
    notice: Mapped[str] = mapped_column(String(40), comment="key of the notice by which it is written")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    by: Mapped[Officer] = relationship()
    mark: Mapped[str] = mapped_column(String(64), unique=True, comment="the sheet's; the lead it becomes bears it too")
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    saves: Mapped[int] = mapped_column(comment="how often it was kept: two windows on one sheet notice each other")
    window: Mapped[str] = mapped_column(String(32), comment="a random mark of the page that kept it last")
    content_sealed: Mapped[Ciphertext]

    content = Sealed()

    __table_args__ = (Index("ix_unfinished_call_by_id", "by_id"),)

    @property
    def ref(self) -> str:
        return f"{self.kind}/{self.key}"


class PaperSheet(Paper, Model):
    """A sheet of paper with a number of its own, handed to somebody to write a call on without power or network."""

    life = SHEET
    kind = "paper-sheet"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[SheetState]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    batch: Mapped[str] = mapped_column(String(26), index=True, comment="a random mark of those printed together")
    printed_at: Mapped[datetime]
    handed_to_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    handed_to: Mapped[Officer] = relationship(foreign_keys=[handed_to_id])
    taken_at: Mapped[datetime | None] = mapped_column(comment="when the call really came")
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), comment="who took the call")
    taken_by: Mapped[Officer | None] = relationship(foreign_keys=[taken_by_id])
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"), unique=True)
    lead: Mapped[Lead | None] = relationship()
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    settled_by: Mapped[Officer | None] = relationship(foreign_keys=[settled_by_id])
    reason_sealed: Mapped[Ciphertext | None] = mapped_column(comment="why it is void, or why it was entered late")

    reason = Sealed()

    __table_args__ = (
        Index("ix_paper_sheet_office_id", "office_id", "id"),
        CheckConstraint("(state = 'sheet-entered') = (lead_id IS NOT NULL)", name="entered_as_a_lead"),
    )


class PhraseKind(Labelled):
    """What a phrase is for."""

    WORDING = "wording", "常用语"
    KNOWLEDGE = "knowledge", "知识"


class Phrase(Paper, Model):
    """An approved sentence to say or to write (常用语), or a short answer to look up, good until a day (知识)."""

    life = PHRASE
    kind = "phrase"

    id: Mapped[BigId]
    state: Mapped[PhraseState]
    sort: Mapped[PhraseKind]
    problems: Mapped[list[str]] = mapped_column(comment="keys of the notice's problem types; none: for every call")
    valid_until: Mapped[date | None]
    title_sealed: Mapped[Ciphertext]
    words_sealed: Mapped[Ciphertext]

    title = Sealed()
    words = Sealed()

    __table_args__ = (
        CheckConstraint("sort != 'knowledge' OR valid_until IS NOT NULL", name="knowledge_is_good_until_a_day"),
    )
