"""Who has which paper before them at this moment."""

import sqlalchemy as sa
from alembic import op

revision = "0041_glances"
down_revision = "0040_rings_and_phrases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "glance",
        sa.Column("paper", sa.String(60), nullable=False),
        sa.Column("officer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_glance_officer_id_officer")),
        sa.PrimaryKeyConstraint("paper", "officer_id", name=op.f("pk_glance")),
    )
    op.create_index("ix_glance_at", "glance", ["at"])


def downgrade() -> None:
    op.drop_table("glance")
