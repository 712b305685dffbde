"""Summaries of problems (问题小结), improvements, and what towns answer for (问责)."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.evidence.rules import FileType
from tipline.kit.cabinet import Kept
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.law.notice import Notice
from tipline.learning.lifecycle import (
    ACTION_LIFE,
    IMPROVEMENT_LIFE,
    SUMMARY_LIFE,
    ActionState,
    ImprovementState,
    Sort,
    SummaryState,
)
from tipline.office import editions
from tipline.office.models import Office, Officer, Paper, Place


class IssueSummary(Paper, Model):
    """The problems of one period as they were counted when somebody wrote about them, R-25."""

    life = SUMMARY_LIFE
    kind = "issue-summary"

    id: Mapped[BigId]
    state: Mapped[SummaryState]
    notice: Mapped[str] = mapped_column(String(40), comment="key of the notice")
    edition_digest: Mapped[str] = mapped_column(ForeignKey("edition.digest"), comment="whose words the figures are")
    period: Mapped[str] = mapped_column(String(10), comment="a month or a quarter")
    counted_on: Mapped[date]
    figures: Mapped[str] = mapped_column(comment="every number, in the spelling of sealed months")
    digest: Mapped[str] = mapped_column(String(64), comment="SHA-256 of the figures; the trail has it too")
    behind_sealed: Mapped[Ciphertext] = mapped_column(comment="what lies behind the numbers")
    proposals_sealed: Mapped[Ciphertext]
    returned_sealed: Mapped[Ciphertext | None]
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    written_by: Mapped[Officer] = relationship(foreign_keys=[written_by_id])
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    confirmed_by: Mapped[Officer | None] = relationship(foreign_keys=[confirmed_by_id])

    behind = Sealed()
    proposals = Sealed()
    returned = Sealed()

    __table_args__ = (
        UniqueConstraint("notice", "period"),
        CheckConstraint(
            "state != 'confirmed' OR (confirmed_by_id IS NOT NULL AND confirmed_by_id != written_by_id)",
            name="confirmed_by_two",
        ),
    )

    @property
    def number(self) -> str:
        """How the office calls it."""
        return self.period


class Improvement(Paper, Model):
    """What should be done better: a policy completed, a practice spread, a gap closed."""

    life = IMPROVEMENT_LIFE
    kind = "improvement"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[ImprovementState]
    sort: Mapped[Sort]
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"), comment="the town it is about")
    place: Mapped[Place | None] = relationship()
    found_sealed: Mapped[Ciphertext] = mapped_column(comment="what design misses, what was done, what is wanting")
    proposal_sealed: Mapped[Ciphertext] = mapped_column(comment="what is proposed, why it works, how it is met")
    spread_to: Mapped[list[str]] = mapped_column(comment="codes of the towns to which a practice is spread")
    due_on: Mapped[date | None]
    summary_id: Mapped[int | None] = mapped_column(ForeignKey("issue_summary.id"), index=True)
    summary: Mapped[IssueSummary | None] = relationship()
    proposed_at: Mapped[datetime]
    decision_sealed: Mapped[Ciphertext | None] = mapped_column(comment="why it was declined")
    done_sealed: Mapped[Ciphertext | None]
    contract_no: Mapped[str | None] = mapped_column(String(60), comment="of the service that was bought")
    since: Mapped[date | None]
    until: Mapped[date | None]

    found = Sealed()
    proposal = Sealed()
    decision = Sealed()
    done = Sealed()

    __table_args__ = (
        CheckConstraint("sort = 'policy' OR place_code IS NOT NULL", name="a_town_where_it_is_about_one"),
        CheckConstraint("since IS NULL OR until IS NULL OR since <= until", name="days_have_an_order"),
    )


class TownAction(Paper, Model):
    """A town is held to account, R-38: on which ground, in which way, and what it did about it."""

    life = ACTION_LIFE
    kind = "town-action"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[ActionState]
    notice: Mapped[str] = mapped_column(String(40), comment="key of the notice whose grounds these are")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, comment="the town government")
    office: Mapped[Office] = relationship()
    ground: Mapped[str] = mapped_column(String(40), comment="a key of the notice")
    measure: Mapped[str] = mapped_column(String(40), comment="a key of the notice")
    since: Mapped[date] = mapped_column(comment="first day of the facts")
    until: Mapped[date]
    facts: Mapped[dict[str, str]] = mapped_column(comment="what the signals counted when it was proposed")
    words_sealed: Mapped[Ciphertext]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    proposed_by: Mapped[Officer] = relationship(foreign_keys=[proposed_by_id])
    doc_no: Mapped[str | None] = mapped_column(String(60))
    demand_sealed: Mapped[Ciphertext | None]
    due_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    answer_sealed: Mapped[Ciphertext | None]
    answered_on: Mapped[date | None]
    returned_sealed: Mapped[Ciphertext | None] = mapped_column(comment="why it was dropped, or sent back last")
    closing_sealed: Mapped[Ciphertext | None] = mapped_column(comment="what was seen before it was closed")

    words = Sealed()
    demand = Sealed()
    answer = Sealed()
    returned = Sealed()
    closing = Sealed()

    files: Mapped[list["ActionFile"]] = relationship(back_populates="action", order_by="ActionFile.id")

    __table_args__ = (
        CheckConstraint("state NOT IN ('decided', 'answered', 'closed') OR doc_no IS NOT NULL", name="under_a_number"),
    )

    @property
    def rules(self) -> Notice:
        """The notice on whose grounds it stands."""
        return editions.of(self.notice)


class ActionFile(Keyed, Model):
    """A paper by which a town proves that it put things right."""

    id: Mapped[BigId]
    action_id: Mapped[int] = mapped_column(ForeignKey("town_action.id"), index=True)
    action: Mapped[TownAction] = relationship(back_populates="files")
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
        return f"action-file/{self.key}"

    @property
    def original(self) -> Kept:
        """What the cabinet keeps, as it came."""
        return Kept(self.file, self.secret, self.size, self.digest)
