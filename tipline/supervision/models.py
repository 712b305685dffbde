"""Supervised cases (专案督办): leads watched jointly until their result is known and accepted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.leads.models import Lead
from tipline.office.models import Office, Officer, Paper
from tipline.supervision.lifecycle import LIFE, CaseState, Stage


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
    lead_office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, comment="who handles it")
    lead_office: Mapped[Office] = relationship()
    requirement_sealed: Mapped[Ciphertext | None]
    result_sealed: Mapped[Ciphertext | None]
    proposed_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    opened_by: Mapped[Officer | None] = relationship()
    result_reported_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    last_urged_at: Mapped[datetime | None]
    overdue_urged_at: Mapped[datetime | None] = mapped_column(comment="when the clock asked for the result")

    requirement = Sealed()
    result = Sealed()

    milestones: Mapped[list["CaseMilestone"]] = relationship(back_populates="case", order_by="CaseMilestone.due_on")
    follow_ups: Mapped[list["FollowUp"]] = relationship(back_populates="case", order_by="FollowUp.id")

    __table_args__ = (
        CheckConstraint(
            "state NOT IN ('result_reported', 'result_accepted', 'released') OR result_sealed IS NOT NULL",
            name="no_release_without_a_result",
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

    found = Sealed()
    next_step = Sealed()
