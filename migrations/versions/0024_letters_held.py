"""Who is to finish the draft of a letter."""

import sqlalchemy as sa
from alembic import op

revision = "0024_letters_held"
down_revision = "0023_supervision_extended"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("official_letter", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "held_by_id", BIG, nullable=True, comment="who is to finish the draft; none: anybody of the office"
            )
        )
        batch_op.create_foreign_key(batch_op.f("fk_official_letter_held_by_id"), "officer", ["held_by_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_official_letter_held_by_id"), ["held_by_id"], unique=False)
    op.execute("UPDATE official_letter SET held_by_id = drafted_by_id")


def downgrade() -> None:
    with op.batch_alter_table("official_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_official_letter_held_by_id"))
        batch_op.drop_constraint(batch_op.f("fk_official_letter_held_by_id"), type_="foreignkey")
        batch_op.drop_column("held_by_id")
