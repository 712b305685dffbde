"""Supervised cases (专案督办): leads watched jointly until their result is known and accepted."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.leads.models import Lead
from tipline.office.models import Office, Officer, Paper
from tipline.supervision.lifecycle import LIFE, CaseState, InterimState, Stage


class SupervisedCase(Paper, Model):
    """One lead under joint supervision, with the triggers of the notice that it met."""

    life = LIFE
    kind = "case"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[CaseState]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), unique=True)
    lead: Mapped[Lead] = relationship()
    triggers: Mapped[list[str]] = mapped_column(comment="major, media, leader_instruction")
    reason_sealed: Mapped[Ciphertext | None] = mapped_column(comment="why it was proposed by hand")
    lead_office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, comment="who handles it")
    lead_office: Mapped[Office] = relationship()
    letter_no: Mapped[str | None] = mapped_column(
        String(40), unique=True, comment="督办通知书; none before it is opened"
    )
    requirement_sealed: Mapped[Ciphertext | None]
    result_sealed: Mapped[Ciphertext | None]
    persons_dealt: Mapped[int | None] = mapped_column(comment="how many people were dealt with")
    dealt_with_sealed: Mapped[Ciphertext | None]
    recovered_fen: Mapped[int | None] = mapped_column(BigInteger)
    replied_on: Mapped[date | None] = mapped_column(comment="when the public was answered")
    reply_sealed: Mapped[Ciphertext | None]
    evidence_sealed: Mapped[Ciphertext | None] = mapped_column(comment="number of the paper that proves the result")
    discussed_on: Mapped[date | None]
    discussion_sealed: Mapped[Ciphertext | None]
    approved_on: Mapped[date | None]
    principal_sealed: Mapped[Ciphertext | None]
    missing: Mapped[list[str]] = mapped_column(comment="what the result that came back lacked")
    proposed_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    opened_by: Mapped[Officer | None] = relationship(foreign_keys=[opened_by_id])
    result_reported_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    before_on: Mapped[date | None] = mapped_column(comment="the day of the result before it was put off, once")
    extended_at: Mapped[datetime | None]
    extended_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    extended_by: Mapped[Officer | None] = relationship(foreign_keys=[extended_by_id])
    extension_reason_sealed: Mapped[Ciphertext | None]
    last_urged_at: Mapped[datetime | None]
    overdue_urged_at: Mapped[datetime | None] = mapped_column(comment="when the clock asked for the result")

    reason = Sealed()
    requirement = Sealed()
    extension_reason = Sealed()
    result = Sealed()
    dealt_with = Sealed()
    reply = Sealed()
    evidence = Sealed()
    discussion = Sealed()
    principal = Sealed()

    milestones: Mapped[list["CaseMilestone"]] = relationship(back_populates="case", order_by="CaseMilestone.due_on")
    follow_ups: Mapped[list["FollowUp"]] = relationship(back_populates="case", order_by="FollowUp.id")
    interims: Mapped[list["InterimReport"]] = relationship(back_populates="case", order_by="InterimReport.due_on")
    instructions: Mapped[list["Instruction"]] = relationship(back_populates="case", order_by="Instruction.id")
    bodies: Mapped[list["JointBody"]] = relationship(back_populates="case", order_by="JointBody.id")
    officers: Mapped[list["CaseOfficer"]] = relationship(back_populates="case", order_by="CaseOfficer.id")

    __table_args__ = (
        CheckConstraint(
            "before_on IS NULL OR (due_on > before_on AND extended_by_id IS NOT NULL"
            " AND extension_reason_sealed IS NOT NULL)",
            name="put_off_by_somebody_with_a_reason",
        ),
        CheckConstraint(
            "state NOT IN ('result_reported', 'result_accepted', 'released') OR result_sealed IS NOT NULL",
            name="no_release_without_a_result",
        ),
        CheckConstraint(
            "letter_no IS NULL OR state NOT IN ('result_reported', 'result_accepted', 'released') OR (evidence_sealed"
            " IS NOT NULL AND discussed_on IS NOT NULL AND approved_on IS NOT NULL AND principal_sealed IS NOT NULL)",
            name="no_result_without_evidence_and_approval",
        ),
    )


class CaseMilestone(Keyed, Model):
    """A dated step that the handling body owes."""

    id: Mapped[BigId]
    case_id: Mapped[int] = mapped_column(ForeignKey("supervised_case.id"), index=True)
    case: Mapped[SupervisedCase] = relationship(back_populates="milestones")
    what: Mapped[Stage]
    due_on: Mapped[date]
    met_on: Mapped[date | None]
    urged_at: Mapped[datetime | None] = mapped_column(comment="when the clock asked for it")


class FollowUp(Keyed, Model):
    """One look at a supervised case: how, what was found, what comes next."""

    id: Mapped[BigId]
    case_id: Mapped[int] = mapped_column(ForeignKey("supervised_case.id"), index=True)
    case: Mapped[SupervisedCase] = relationship(back_populates="follow_ups")
    manner: Mapped[str] = mapped_column(String(40), comment="key in the notice's manners of supervision")
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    by: Mapped[Officer] = relationship()
    found_sealed: Mapped[Ciphertext]
    next_step_sealed: Mapped[Ciphertext | None]
    next_on: Mapped[date | None] = mapped_column(comment="when whoever supervises looks again")

    found = Sealed()
    next_step = Sealed()


class InterimReport(Keyed, Model):
    """How far the handling body has come, owed by a working day, acknowledged or sent back."""

    id: Mapped[BigId]
    case_id: Mapped[int] = mapped_column(ForeignKey("supervised_case.id"), index=True)
    case: Mapped[SupervisedCase] = relationship(back_populates="interims")
    due_on: Mapped[date]
    state: Mapped[InterimState] = mapped_column(default=InterimState.OWED)
    text_sealed: Mapped[Ciphertext | None]
    filed_at: Mapped[datetime | None]
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    filed_by: Mapped[Officer | None] = relationship(foreign_keys=[filed_by_id])
    reason_sealed: Mapped[Ciphertext | None] = mapped_column(comment="why it was sent back")
    urged_at: Mapped[datetime | None] = mapped_column(comment="when the clock asked for it")

    text = Sealed()
    reason = Sealed()

    __table_args__ = (
        CheckConstraint("state IN ('owed', 'waived') OR text_sealed IS NOT NULL", name="filed_with_words"),
    )


class Instruction(Keyed, Model):
    """A leader's written instruction (批示): whose, of which day, its words, and where its paper is kept."""

    id: Mapped[BigId]
    case_id: Mapped[int] = mapped_column(ForeignKey("supervised_case.id"), index=True)
    case: Mapped[SupervisedCase] = relationship(back_populates="instructions")
    given_on: Mapped[date]
    who_sealed: Mapped[Ciphertext]
    text_sealed: Mapped[Ciphertext]
    document_sealed: Mapped[Ciphertext | None] = mapped_column(comment="number or evidence reference of the paper")

    who = Sealed()
    text = Sealed()
    document = Sealed()


class JointBody(Model):
    """A body that supervises the case together with the bureau."""

    id: Mapped[BigId]
    case_id: Mapped[int] = mapped_column(ForeignKey("supervised_case.id"), index=True)
    case: Mapped[SupervisedCase] = relationship(back_populates="bodies")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    office: Mapped[Office] = relationship()
    since: Mapped[datetime]

    __table_args__ = (UniqueConstraint("case_id", "office_id"),)


class CaseOfficer(Keyed, Model):
    """Who answers for the case in one of its bodies, from when until when."""

    id: Mapped[BigId]
    case_id: Mapped[int] = mapped_column(ForeignKey("supervised_case.id"), index=True)
    case: Mapped[SupervisedCase] = relationship(back_populates="officers")
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    officer: Mapped[Officer] = relationship()
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), comment="where they sat when they were named")
    office: Mapped[Office] = relationship()
    since: Mapped[datetime]
    until: Mapped[datetime | None]
