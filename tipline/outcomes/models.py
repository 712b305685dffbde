"""What came of a lead for one person: the sheet with its rows, and the three small papers beside it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.dates import Month
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.law.bodies import Body, Membership, SupervisionObject
from tipline.law.sanctions import Decider, Family
from tipline.office.models import Officer, Paper
from tipline.outcomes.lifecycle import (
    APPROVAL,
    CLARIFICATION,
    SHEET,
    TOLERANCE,
    ApprovalState,
    ClarificationState,
    SheetState,
    ToleranceState,
)
from tipline.outcomes.sheet import CorrectionSaid, MeasureSaid, MoneySaid, Said
from tipline.referrals.models import Referral


class OutcomeSheet(Paper, Model):
    """What was found of one person and what followed. A referral that is taken up again gets another sheet."""

    life = SHEET
    kind = "outcome"

    id: Mapped[BigId]
    state: Mapped[SheetState]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    referral: Mapped[Referral] = relationship()
    round: Mapped[int] = mapped_column(comment="how often the referral has been brought to an end")
    current: Mapped[bool] = mapped_column(default=True, comment="no later sheet of the referral is concluded")
    draft: Mapped[int] = mapped_column(default=0, comment="how often it was saved; the rows of earlier drafts stay")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    recorded_by: Mapped[Officer] = relationship()
    concluded_at: Mapped[datetime | None]
    finding: Mapped[str | None] = mapped_column(String(40), comment="key in the notice's list of findings")
    form: Mapped[int | None] = mapped_column(comment="1 to 4, of the four forms")
    form_reason_sealed: Mapped[Ciphertext | None]
    result_sealed: Mapped[Ciphertext | None]
    party_member: Mapped[Membership] = mapped_column(comment="as established, not as told")
    supervision_object: Mapped[SupervisionObject] = mapped_column(comment="as established, not as told")
    tolerance: Mapped[bool] = mapped_column(default=False, comment="concluded under error tolerance")
    established_fen: Mapped[int | None] = mapped_column(BigInteger)
    held_fen: Mapped[int | None] = mapped_column(BigInteger)
    shortfall_sealed: Mapped[Ciphertext | None]

    form_reason = Sealed()
    result = Sealed()
    shortfall = Sealed()

    ever_measures: Mapped[list["Measure"]] = relationship(back_populates="sheet", order_by="Measure.id")
    ever_money: Mapped[list["MoneyMoved"]] = relationship(back_populates="sheet", order_by="MoneyMoved.id")
    ever_corrections: Mapped[list["DibaoCorrection"]] = relationship(
        back_populates="sheet", order_by="DibaoCorrection.id"
    )

    __table_args__ = (
        UniqueConstraint("referral_id", "round"),
        Index("ix_outcome_sheet_concluded_at", "concluded_at"),
        CheckConstraint("state != 'concluded' OR finding IS NOT NULL", name="concluded_with_a_finding"),
        CheckConstraint("(state = 'concluded') = (concluded_at IS NOT NULL)", name="concluded_when_it_says_so"),
    )

    @property
    def number(self) -> str:
        return self.referral.number

    @property
    def measures(self) -> list["Measure"]:
        """The measures as they stand now: those of the latest draft."""
        return [row for row in self.ever_measures if row.draft == self.draft]

    @property
    def money(self) -> list["MoneyMoved"]:
        """The movements of money as they stand now."""
        return [row for row in self.ever_money if row.draft == self.draft]

    @property
    def corrections(self) -> list["DibaoCorrection"]:
        """The corrections of dibao as they stand now."""
        return [row for row in self.ever_corrections if row.draft == self.draft]

    def said(self) -> Said:
        """The sheet as plain values."""
        return Said(
            party_member=self.party_member,
            supervision_object=self.supervision_object,
            finding=self.finding,
            form=self.form,
            form_reason=self.form_reason,
            result=self.result,
            tolerance=self.tolerance,
            established_fen=self.established_fen,
            held_fen=self.held_fen,
            shortfall=self.shortfall,
            measures=tuple(row.said() for row in self.measures),
            money=tuple(row.said() for row in self.money),
            corrections=tuple(row.said() for row in self.corrections),
        )


class Measure(Keyed, Model):
    """One measure against the person: a sanction, something below it, a change of post, a transfer to prosecution."""

    id: Mapped[BigId]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("outcome_sheet.id"), index=True)
    sheet: Mapped[OutcomeSheet] = relationship(back_populates="ever_measures")
    draft: Mapped[int]
    family: Mapped[Family]
    kind: Mapped[str | None] = mapped_column(String(40), comment="key in the notice's list of the family")
    decided_by_sealed: Mapped[Ciphertext | None]
    decided_on: Mapped[date | None]
    document_sealed: Mapped[Ciphertext | None]
    decider: Mapped[Decider | None]
    breach: Mapped[int] = mapped_column(default=1)
    months: Mapped[int | None] = mapped_column(comment="of effect, by the rules of the day of the decision")

    decided_by = Sealed()
    document = Sealed()

    def said(self) -> MeasureSaid:
        """The row as plain values."""
        return MeasureSaid(
            family=self.family,
            kind=self.kind,
            decided_by=self.decided_by,
            decided_on=self.decided_on,
            document=self.document,
            decider=self.decider,
            breach=self.breach,
            months=self.months,
        )


class MoneyMoved(Keyed, Model):
    """One movement of money: recovered, given back by the person, paid to the treasury, returned to the victim."""

    id: Mapped[BigId]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("outcome_sheet.id"), index=True)
    sheet: Mapped[OutcomeSheet] = relationship(back_populates="ever_money")
    draft: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40), comment="key in the notice's list of money")
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    moved_on: Mapped[date | None]
    voucher_sealed: Mapped[Ciphertext | None]

    voucher = Sealed()

    __table_args__ = (CheckConstraint("amount_fen > 0", name="something_moved"),)

    def said(self) -> MoneySaid:
        """The row as plain values."""
        return MoneySaid(kind=self.kind, amount_fen=self.amount_fen, moved_on=self.moved_on, voucher=self.voucher)


class DibaoCorrection(Keyed, Model):
    """What was put right in one household's dibao."""

    id: Mapped[BigId]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("outcome_sheet.id"), index=True)
    sheet: Mapped[OutcomeSheet] = relationship(back_populates="ever_corrections")
    draft: Mapped[int]
    household_sealed: Mapped[Ciphertext]
    kind: Mapped[str] = mapped_column(String(40), comment="key in the notice's list of corrections")
    decided_on: Mapped[date | None]
    effective: Mapped[Month | None]
    document_sealed: Mapped[Ciphertext | None]
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)

    household = Sealed()
    document = Sealed()

    def said(self) -> CorrectionSaid:
        """The row as plain values."""
        return CorrectionSaid(
            household=self.household,
            kind=self.kind,
            decided_on=self.decided_on,
            effective=self.effective,
            document=self.document,
            amount_fen=self.amount_fen,
        )


class AccusationApproval(Paper, Model):
    """The approval of a competent body to find a false accusation (诬告陷害), 检举控告工作规则 第三十九条."""

    life = APPROVAL
    kind = "accusation-approval"

    id: Mapped[BigId]
    state: Mapped[ApprovalState]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    referral: Mapped[Referral] = relationship()
    body: Mapped[Body] = mapped_column(comment="of what level it is")
    body_name_sealed: Mapped[Ciphertext]
    document_sealed: Mapped[Ciphertext]
    approved_on: Mapped[date]
    note_sealed: Mapped[Ciphertext | None]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    entered_by: Mapped[Officer] = relationship(foreign_keys=[entered_by_id])
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    checked_by: Mapped[Officer | None] = relationship(foreign_keys=[checked_by_id])

    body_name = Sealed()
    document = Sealed()
    note = Sealed()

    __table_args__ = (
        CheckConstraint("checked_by_id IS NULL OR checked_by_id != entered_by_id", name="checked_by_another"),
        CheckConstraint("state != 'checked' OR checked_by_id IS NOT NULL", name="checked_by_somebody"),
    )

    @property
    def number(self) -> str:
        return self.referral.number


class Clarification(Paper, Model):
    """Clearing a name (澄清正名), 检举控告工作规则 第五十条."""

    life = CLARIFICATION
    kind = "clarification"

    id: Mapped[BigId]
    state: Mapped[ClarificationState]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    referral: Mapped[Referral] = relationship()
    requested_on: Mapped[date | None] = mapped_column(comment="day of the person's own written request, if they asked")
    reason_sealed: Mapped[Ciphertext]
    manner: Mapped[str] = mapped_column(String(40), comment="key in the notice's manners of clarification")
    audience_sealed: Mapped[Ciphertext]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    proposed_by: Mapped[Officer] = relationship(foreign_keys=[proposed_by_id])
    principal_sealed: Mapped[Ciphertext | None]
    approved_at: Mapped[datetime | None]
    done_on: Mapped[date | None]

    reason = Sealed()
    audience = Sealed()
    principal = Sealed()

    __table_args__ = (
        CheckConstraint("state NOT IN ('approved', 'done') OR principal_sealed IS NOT NULL", name="approved_by_one"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_when_it_says_so"),
    )

    @property
    def number(self) -> str:
        return self.referral.number


class ToleranceReview(Paper, Model):
    """Error tolerance (容错纠错): the three distinctions answered, who decided, and what must be put right."""

    life = TOLERANCE
    kind = "tolerance"

    id: Mapped[BigId]
    state: Mapped[ToleranceState]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    referral: Mapped[Referral] = relationship()
    round: Mapped[int]
    facts_sealed: Mapped[Ciphertext]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    proposed_by: Mapped[Officer] = relationship(foreign_keys=[proposed_by_id])
    decision: Mapped[str | None] = mapped_column(String(40), comment="key in the notice's list of decisions")
    ground_sealed: Mapped[Ciphertext | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    decided_by: Mapped[Officer | None] = relationship(foreign_keys=[decided_by_id])
    correction_sealed: Mapped[Ciphertext | None]
    correction_due_on: Mapped[date | None]
    corrected_on: Mapped[date | None]

    facts = Sealed()
    ground = Sealed()
    correction = Sealed()

    answers: Mapped[list["ToleranceAnswer"]] = relationship(back_populates="review", order_by="ToleranceAnswer.id")

    __table_args__ = (
        UniqueConstraint("referral_id", "round"),
        Index("ix_tolerance_review_due", "state", "correction_due_on"),
        CheckConstraint("state = 'proposed' OR decision IS NOT NULL", name="decided_when_it_says_so"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id != proposed_by_id", name="decided_by_another"),
        CheckConstraint("(correction_sealed IS NULL) = (correction_due_on IS NULL)", name="a_correction_has_a_day"),
        CheckConstraint("(state = 'corrected') = (corrected_on IS NOT NULL)", name="corrected_when_it_says_so"),
    )

    @property
    def number(self) -> str:
        return self.referral.number

    @property
    def owes_correction(self) -> bool:
        return self.state is ToleranceState.DECIDED and self.correction_due_on is not None


class ToleranceAnswer(Keyed, Model):
    """One of the three distinctions (三个区分开来), answered with its reason."""

    id: Mapped[BigId]
    review_id: Mapped[int] = mapped_column(ForeignKey("tolerance_review.id"), index=True)
    review: Mapped[ToleranceReview] = relationship(back_populates="answers")
    test: Mapped[str] = mapped_column(String(40), comment="key in the notice's tests of error tolerance")
    holds: Mapped[bool]
    reason_sealed: Mapped[Ciphertext]

    reason = Sealed()
