"""Supervised cases."""

import sqlalchemy as sa
from alembic import op

revision = "0004_supervision"
down_revision = "0003_referrals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supervised_case",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("triggers", sa.JSON(), nullable=False, comment="major, media, leader_instruction"),
        sa.Column(
            "lead_office_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="who handles it",
        ),
        sa.Column("requirement_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("result_reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("last_urged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "overdue_urged_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the clock asked for the result",
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('result_reported', 'result_accepted', 'released') OR result_sealed IS NOT NULL",
            name=op.f("ck_supervised_case_no_release_without_a_result"),
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_supervised_case_lead_id")),
        sa.ForeignKeyConstraint(["lead_office_id"], ["office.id"], name=op.f("fk_supervised_case_lead_office_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["officer.id"], name=op.f("fk_supervised_case_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervised_case")),
        sa.UniqueConstraint("key", name=op.f("uq_supervised_case_key")),
        sa.UniqueConstraint("lead_id", name=op.f("uq_supervised_case_lead_id")),
        sa.UniqueConstraint("number", name=op.f("uq_supervised_case_number")),
    )
    with op.batch_alter_table("supervised_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervised_case_lead_office_id"), ["lead_office_id"], unique=False)

    op.create_table(
        "case_milestone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column(
            "urged_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the clock asked for it",
        ),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["supervised_case.id"], name=op.f("fk_case_milestone_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_milestone")),
        sa.UniqueConstraint("key", name=op.f("uq_case_milestone_key")),
    )
    with op.batch_alter_table("case_milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_milestone_case_id"), ["case_id"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("manner", sa.String(length=40), nullable=False, comment="key in the notice's manners of supervision"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("found_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("next_step_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["officer.id"], name=op.f("fk_follow_up_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["supervised_case.id"], name=op.f("fk_follow_up_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("key", name=op.f("uq_follow_up_key")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_case_id"))

    op.drop_table("follow_up")
    with op.batch_alter_table("case_milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_milestone_case_id"))

    op.drop_table("case_milestone")
    with op.batch_alter_table("supervised_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supervised_case_lead_office_id"))

    op.drop_table("supervised_case")
