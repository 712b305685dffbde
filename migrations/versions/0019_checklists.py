"""Checklists: what was said of every item."""

import sqlalchemy as sa
from alembic import op

revision = "0019_checklists"
down_revision = "0018_interventions"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "checked_item",
        sa.Column("id", BIG, nullable=False),
        sa.Column("referral_id", BIG, nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False, comment="key in the notice's checklist"),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("remark_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "verdict = 'done' OR remark_sealed IS NOT NULL", name=op.f("ck_checked_item_passed_over_with_a_reason")
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_checked_item_referral_id")),
        sa.ForeignKeyConstraint(["by_id"], ["officer.id"], name=op.f("fk_checked_item_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checked_item")),
        sa.UniqueConstraint("key", name=op.f("uq_checked_item_key")),
    )
    op.create_index("ix_checked_item_referral", "checked_item", ["referral_id", "id"])


def downgrade() -> None:
    op.drop_table("checked_item")
