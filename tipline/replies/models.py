"""Word to the reporter and word from the reporter: each sealed, none of it loaded with the lead."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.kit.words import Labelled
from tipline.leads.models import Lead
from tipline.office.models import Office, Officer, Paper
from tipline.referrals.models import Referral
from tipline.replies.lifecycle import LIFE, ObjectionState


class Told(Labelled):
    """What a named reporter has been told of, once each (检举控告工作规则 第二十六、二十七条)."""

    ACCEPTANCE = "acceptance", "受理情况"
    RESULT = "result", "处理结果"


class Manner(Labelled):
    """How word reached the reporter."""

    PHONE = "phone", "电话"
    IN_PERSON = "in_person", "当面"
    LETTER = "letter", "书面"


class ReporterNotice(Keyed, Model):
    """That a named reporter was told, how, and in which words."""

    id: Mapped[BigId]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    referral: Mapped[Referral] = relationship()
    of: Mapped[Told]
    manner: Mapped[Manner]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    by: Mapped[Officer] = relationship()
    words_sealed: Mapped[Ciphertext]

    words = Sealed()

    __table_args__ = (UniqueConstraint("referral_id", "of"),)


class Word(Keyed, Model):
    """A few words that wait for an anonymous reporter: any operator reads them out to whoever says the code."""

    id: Mapped[BigId]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    lead: Mapped[Lead] = relationship()
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    by: Mapped[Officer] = relationship(foreign_keys=[by_id])
    at: Mapped[datetime]
    text_sealed: Mapped[Ciphertext]
    passed_on_at: Mapped[datetime | None]
    passed_on_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    passed_on_by: Mapped[Officer | None] = relationship(foreign_keys=[passed_on_by_id])

    text = Sealed()


class Addition(Keyed, Model):
    """What a reporter added later, taken down by whoever answered the phone, for the handling body."""

    id: Mapped[BigId]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    lead: Mapped[Lead] = relationship()
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    taken_by: Mapped[Officer] = relationship(foreign_keys=[taken_by_id])
    at: Mapped[datetime]
    text_sealed: Mapped[Ciphertext]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    seen_by: Mapped[Officer | None] = relationship(foreign_keys=[seen_by_id])

    text = Sealed()


class Objection(Paper, Model):
    """What a reporter holds against the result of one referral, and the answer of somebody who did not conclude it."""

    life = LIFE
    kind = "objection"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(50), unique=True)
    state: Mapped[ObjectionState]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    referral: Mapped[Referral] = relationship()
    new_evidence: Mapped[bool] = mapped_column(comment="not only dissatisfied: something new is offered")
    noted_at: Mapped[datetime]
    due_on: Mapped[date]
    text_sealed: Mapped[Ciphertext]
    answer_sealed: Mapped[Ciphertext | None]
    decided_at: Mapped[datetime | None]

    text = Sealed()
    answer = Sealed()

    __table_args__ = (
        CheckConstraint("(state = 'noted') = (answer_sealed IS NULL)", name="decided_with_an_answer"),
        Index("ix_objection_state", "state", "due_on"),
    )


class Outcome(Labelled):
    """What a check-in with a named reporter found."""

    CALM = "calm", "未遇打击报复"
    NOT_REACHED = "not_reached", "未联系上"
    TROUBLE = "trouble", "反映遭到打击报复"


class CheckIn(Keyed, Model):
    """One call to a named reporter after the case: does anybody make them pay for it? Never by who handled it."""

    id: Mapped[BigId]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    referral: Mapped[Referral] = relationship()
    round: Mapped[str] = mapped_column(String(20), comment="id of the clock that asked for it")
    outcome: Mapped[Outcome]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    by: Mapped[Officer] = relationship()
    words_sealed: Mapped[Ciphertext | None]
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"), comment="registered for the retaliation")
    lead: Mapped[Lead | None] = relationship()

    words = Sealed()

    __table_args__ = (
        UniqueConstraint("referral_id", "round"),
        CheckConstraint("outcome != 'trouble' OR words_sealed IS NOT NULL", name="trouble_with_its_words"),
    )
