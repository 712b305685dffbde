"""Outcomes per person: the sheet with its rows, approvals, clarifications, error tolerance.

The finding, the result and the sum stay with the referral as its summary; what was concluded before has no sheet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_outcomes"
down_revision = "0014_evidence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accusation_approval",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body", sa.String(40), nullable=False, comment="of what level it is"),
        sa.Column("body_name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "state != 'checked' OR checked_by_id IS NOT NULL", name=op.f("ck_accusation_approval_checked_by_somebody")
        ),
        sa.CheckConstraint(
            "checked_by_id IS NULL OR checked_by_id != entered_by_id",
            name=op.f("ck_accusation_approval_checked_by_another"),
        ),
        sa.ForeignKeyConstraint(["checked_by_id"], ["officer.id"], name=op.f("fk_accusation_approval_checked_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["officer.id"], name=op.f("fk_accusation_approval_entered_by_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_accusation_approval_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accusation_approval")),
        sa.UniqueConstraint("key", name=op.f("uq_accusation_approval_key")),
    )
    with op.batch_alter_table("accusation_approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accusation_approval_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "clarification",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "requested_on", sa.Date(), nullable=True, comment="day of the person's own written request, if they asked"
        ),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "manner", sa.String(length=40), nullable=False, comment="key in the notice's manners of clarification"
        ),
        sa.Column("audience_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("principal_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "(state = 'done') = (done_on IS NOT NULL)", name=op.f("ck_clarification_done_when_it_says_so")
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'done') OR principal_sealed IS NOT NULL",
            name=op.f("ck_clarification_approved_by_one"),
        ),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["officer.id"], name=op.f("fk_clarification_proposed_by_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_clarification_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clarification")),
        sa.UniqueConstraint("key", name=op.f("uq_clarification_key")),
    )
    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clarification_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "outcome_sheet",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False, comment="how often the referral has been brought to an end"),
        sa.Column("current", sa.Boolean(), nullable=False, comment="no later sheet of the referral is concluded"),
        sa.Column(
            "draft", sa.Integer(), nullable=False, comment="how often it was saved; the rows of earlier drafts stay"
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding", sa.String(length=40), nullable=True, comment="key in the notice's list of findings"),
        sa.Column("form", sa.Integer(), nullable=True, comment="1 to 4, of the four forms"),
        sa.Column("form_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("party_member", sa.String(40), nullable=False, comment="as established, not as told"),
        sa.Column("supervision_object", sa.String(40), nullable=False, comment="as established, not as told"),
        sa.Column("tolerance", sa.Boolean(), nullable=False, comment="concluded under error tolerance"),
        sa.Column("established_fen", sa.BigInteger(), nullable=True),
        sa.Column("held_fen", sa.BigInteger(), nullable=True),
        sa.Column("shortfall_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "(state = 'concluded') = (concluded_at IS NOT NULL)",
            name=op.f("ck_outcome_sheet_concluded_when_it_says_so"),
        ),
        sa.CheckConstraint(
            "state != 'concluded' OR finding IS NOT NULL", name=op.f("ck_outcome_sheet_concluded_with_a_finding")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["officer.id"], name=op.f("fk_outcome_sheet_recorded_by_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_outcome_sheet_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_sheet")),
        sa.UniqueConstraint("key", name=op.f("uq_outcome_sheet_key")),
        sa.UniqueConstraint("referral_id", "round", name=op.f("uq_outcome_sheet_referral_id_round")),
    )
    with op.batch_alter_table("outcome_sheet", schema=None) as batch_op:
        batch_op.create_index("ix_outcome_sheet_concluded_at", ["concluded_at"], unique=False)

    op.create_table(
        "tolerance_review",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=True, comment="key in the notice's list of decisions"),
        sa.Column("ground_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("correction_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("correction_due_on", sa.Date(), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "(state = 'corrected') = (corrected_on IS NOT NULL)",
            name=op.f("ck_tolerance_review_corrected_when_it_says_so"),
        ),
        sa.CheckConstraint(
            "state = 'proposed' OR decision IS NOT NULL", name=op.f("ck_tolerance_review_decided_when_it_says_so")
        ),
        sa.CheckConstraint(
            "(correction_sealed IS NULL) = (correction_due_on IS NULL)",
            name=op.f("ck_tolerance_review_a_correction_has_a_day"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id != proposed_by_id",
            name=op.f("ck_tolerance_review_decided_by_another"),
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["officer.id"], name=op.f("fk_tolerance_review_decided_by_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["officer.id"], name=op.f("fk_tolerance_review_proposed_by_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_tolerance_review_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tolerance_review")),
        sa.UniqueConstraint("key", name=op.f("uq_tolerance_review_key")),
        sa.UniqueConstraint("referral_id", "round", name=op.f("uq_tolerance_review_referral_id_round")),
    )
    with op.batch_alter_table("tolerance_review", schema=None) as batch_op:
        batch_op.create_index("ix_tolerance_review_due", ["state", "correction_due_on"], unique=False)

    op.create_table(
        "dibao_correction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("household_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="key in the notice's list of corrections"),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("effective", sa.String(length=7), nullable=True),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["outcome_sheet.id"], name=op.f("fk_dibao_correction_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dibao_correction")),
        sa.UniqueConstraint("key", name=op.f("uq_dibao_correction_key")),
    )
    with op.batch_alter_table("dibao_correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dibao_correction_sheet_id"), ["sheet_id"], unique=False)

    op.create_table(
        "measure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True, comment="key in the notice's list of the family"),
        sa.Column("decided_by_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decider", sa.String(40), nullable=True),
        sa.Column("breach", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True, comment="of effect, by the rules of the day of the decision"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["outcome_sheet.id"], name=op.f("fk_measure_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("key", name=op.f("uq_measure_key")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_sheet_id"), ["sheet_id"], unique=False)

    op.create_table(
        "money_moved",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="key in the notice's list of money"),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=True),
        sa.Column("voucher_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_money_moved_something_moved")),
        sa.ForeignKeyConstraint(["sheet_id"], ["outcome_sheet.id"], name=op.f("fk_money_moved_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_moved")),
        sa.UniqueConstraint("key", name=op.f("uq_money_moved_key")),
    )
    with op.batch_alter_table("money_moved", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_money_moved_sheet_id"), ["sheet_id"], unique=False)

    op.create_table(
        "tolerance_answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("test", sa.String(length=40), nullable=False, comment="key in the notice's tests of error tolerance"),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["tolerance_review.id"], name=op.f("fk_tolerance_answer_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tolerance_answer")),
        sa.UniqueConstraint("key", name=op.f("uq_tolerance_answer_key")),
    )
    with op.batch_alter_table("tolerance_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tolerance_answer_review_id"), ["review_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("tolerance_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tolerance_answer_review_id"))

    op.drop_table("tolerance_answer")
    with op.batch_alter_table("money_moved", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_money_moved_sheet_id"))

    op.drop_table("money_moved")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_sheet_id"))

    op.drop_table("measure")
    with op.batch_alter_table("dibao_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dibao_correction_sheet_id"))

    op.drop_table("dibao_correction")
    with op.batch_alter_table("tolerance_review", schema=None) as batch_op:
        batch_op.drop_index("ix_tolerance_review_due")

    op.drop_table("tolerance_review")
    with op.batch_alter_table("outcome_sheet", schema=None) as batch_op:
        batch_op.drop_index("ix_outcome_sheet_concluded_at")

    op.drop_table("outcome_sheet")
    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clarification_referral_id"))

    op.drop_table("clarification")
    with op.batch_alter_table("accusation_approval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accusation_approval_referral_id"))

    op.drop_table("accusation_approval")
