"""The day of the result of a supervised case is put off once: the day before, who approved it, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0023_supervision_extended"
down_revision = "0022_handling"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("supervised_case", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "before_on", sa.Date(), nullable=True, comment="the day of the result before it was put off, once"
            )
        )
        batch_op.add_column(sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("extended_by_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("extension_reason_sealed", sa.LargeBinary(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_supervised_case_extended_by_id"), "officer", ["extended_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_supervised_case_put_off_by_somebody_with_a_reason"),
            "before_on IS NULL OR (due_on > before_on AND extended_by_id IS NOT NULL"
            " AND extension_reason_sealed IS NOT NULL)",
        )


def downgrade() -> None:
    with op.batch_alter_table("supervised_case", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_supervised_case_put_off_by_somebody_with_a_reason"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_supervised_case_extended_by_id"), type_="foreignkey")
        batch_op.drop_column("extension_reason_sealed")
        batch_op.drop_column("extended_by_id")
        batch_op.drop_column("extended_at")
        batch_op.drop_column("before_on")
