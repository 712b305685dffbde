"""Published numbers, the proofs that they are published, test calls, faults of lines, and calls nobody answered."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.evidence.rules import FileType
from tipline.hotline.lifecycle import (
    CALL,
    FAULT,
    LINE,
    ROUND,
    TEST,
    CallState,
    FaultState,
    LineState,
    RoundState,
    TestState,
)
from tipline.hotline.rules import Hours, Missed
from tipline.kit.cabinet import Kept
from tipline.kit.db import BigId, Blind, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.office.models import Office, Officer, Paper

IN_FORCE = text("state = 'in-force'")
DUE = text("state = 'test-due'")


class HotlineLine(Paper, Model):
    """A number under which people are told to report, and whose it is (R-6). What it was before is in its trail."""

    life = LINE
    kind = "hotline-line"

    id: Mapped[BigId]
    state: Mapped[LineState]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    office: Mapped[Office] = relationship()
    number: Mapped[str] = mapped_column(String(40), comment="as it is published")
    digits: Mapped[str] = mapped_column(String(20), comment="as it is dialled")
    owner: Mapped[str] = mapped_column(String(40), comment="who answers for it, as published")
    hours: Mapped[Hours]
    where_sealed: Mapped[Ciphertext]
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(comment="its last day")
    published_on: Mapped[date | None] = mapped_column(comment="day of the latest proof")

    where = Sealed()

    proofs: Mapped[list["LineProof"]] = relationship(back_populates="line", order_by="LineProof.id.desc()")

    __table_args__ = (
        Index("uq_hotline_line_in_force", "digits", unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE),
        CheckConstraint("until IS NULL OR since <= until", name="a_time_has_an_order"),
    )


class LineProof(Keyed, Model):
    """That a number stood where people can read it, on a day: a picture, or where to look it up. All are kept."""

    id: Mapped[BigId]
    line_id: Mapped[int] = mapped_column(ForeignKey("hotline_line.id"), index=True)
    line: Mapped[HotlineLine] = relationship(back_populates="proofs")
    published_on: Mapped[date]
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    noted_by: Mapped[Officer] = relationship()
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

    __table_args__ = (CheckConstraint("file IS NOT NULL OR words_sealed IS NOT NULL", name="a_file_or_words"),)

    @property
    def ref(self) -> str:
        return f"line-proof/{self.key}"

    @property
    def original(self) -> Kept | None:
        """What the cabinet keeps, as it came."""
        if self.file is None or self.size is None:
            return None
        return Kept(self.file, self.secret, self.size, self.digest)


class TestRound(Paper, Model):
    """One round of test calls: which numbers could be drawn and the seed are kept before anything is drawn."""

    __test__ = False  # no test of ours

    life = ROUND
    kind = "test-round"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[RoundState]
    proposed_at: Mapped[datetime]
    seed: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    population: Mapped[list[str]] = mapped_column(comment="keys of the numbers that could be drawn")
    digest: Mapped[str] = mapped_column(String(64), comment="of the seed and the population; also in the trail")
    drawn_at: Mapped[datetime | None]


class DialTest(Paper, Model):
    """One test call (拨测): ordered for a day, made, and what came of it."""

    life = TEST
    kind = "dial-test"

    id: Mapped[BigId]
    state: Mapped[TestState]
    line_id: Mapped[int] = mapped_column(ForeignKey("hotline_line.id"), index=True)
    line: Mapped[HotlineLine] = relationship()
    round_id: Mapped[int | None] = mapped_column(ForeignKey("test_round.id"), index=True)
    round: Mapped[TestRound | None] = relationship()
    again_for_id: Mapped[int | None] = mapped_column(ForeignKey("dial_test.id"), comment="the failed test it repeats")
    due_on: Mapped[date]
    hour: Mapped[int | None] = mapped_column(comment="at which the lot wants it dialled")
    result: Mapped[str | None] = mapped_column(String(40), comment="key of the notice")
    passed: Mapped[bool | None]
    dialled_at: Mapped[datetime | None]
    dialled_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    dialled_by: Mapped[Officer | None] = relationship()
    seconds: Mapped[int | None] = mapped_column(comment="until somebody answered")
    words_sealed: Mapped[Ciphertext | None]

    words = Sealed()

    __table_args__ = (
        Index("uq_dial_test_one_at_a_time", "line_id", unique=True, sqlite_where=DUE, postgresql_where=DUE),
        CheckConstraint("state != 'tested' OR result IS NOT NULL", name="tested_with_a_result"),
    )

    @property
    def number(self) -> str:
        """People call it by the number that is dialled."""
        return self.line.number


class LineFault(Paper, Model):
    """未公开, 开而不通 or 开而不用: noted, corrected by the office of the number, confirmed by somebody else."""

    life = FAULT
    kind = "line-fault"

    id: Mapped[BigId]
    state: Mapped[FaultState]
    line_id: Mapped[int] = mapped_column(ForeignKey("hotline_line.id"), index=True)
    line: Mapped[HotlineLine] = relationship()
    problem: Mapped[str] = mapped_column(String(40), comment="key of the notice's problem types")
    test_id: Mapped[int | None] = mapped_column(ForeignKey("dial_test.id"), comment="the test that showed it")
    noted_at: Mapped[datetime]
    due_on: Mapped[date]
    returns: Mapped[int] = mapped_column(default=0)
    corrected_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    found_sealed: Mapped[Ciphertext | None]
    correction_sealed: Mapped[Ciphertext | None]
    reason_sealed: Mapped[Ciphertext | None]
    confirmation_sealed: Mapped[Ciphertext | None]

    found = Sealed()
    correction = Sealed()
    reason = Sealed()
    confirmation = Sealed()

    @property
    def number(self) -> str:
        """People call it by the telephone number."""
        return self.line.number


class MissedCall(Paper, Model):
    """A call to a published number that nobody answered. Who called is sealed; whoever rings back sees it."""

    life = CALL
    kind = "missed-call"

    id: Mapped[BigId]
    state: Mapped[CallState]
    line_id: Mapped[int] = mapped_column(ForeignKey("hotline_line.id"), index=True)
    line: Mapped[HotlineLine] = relationship()
    rang_at: Mapped[datetime] = mapped_column(index=True)
    missed: Mapped[Missed]
    caller_sealed: Mapped[Ciphertext | None]
    caller_blind: Mapped[Blind | None]
    row_blind: Mapped[str] = mapped_column(String(32), comment="of number, minute and caller: one call, one row")
    due_on: Mapped[date]
    tries: Mapped[int] = mapped_column(default=0)
    in_time: Mapped[bool | None] = mapped_column(comment="whether the first try came in time")
    result: Mapped[str | None] = mapped_column(String(40), comment="key of the notice")
    rung_back_at: Mapped[datetime | None]

    caller = Sealed()

    __table_args__ = (UniqueConstraint("row_blind"),)

    @property
    def number(self) -> str:
        """People call it by the number that rang."""
        return self.line.number
