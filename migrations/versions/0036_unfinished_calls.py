"""Calls that were begun and are not yet leads."""

import sqlalchemy as sa
from alembic import op

revision = "0036_unfinished_calls"
down_revision = "0035_inspections_by_campaign"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "unfinished_call",
        sa.Column("id", BIG, nullable=False),
        sa.Column("notice", sa.String(40), nullable=False, comment="key of the notice by which it is written"),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False, comment="the sheet's; the lead it becomes bears it too"),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "saves",
            sa.Integer(),
            nullable=False,
            comment="how often it was kept: two windows on one sheet notice each other",
        ),
        sa.Column("window", sa.String(32), nullable=False, comment="a random mark of the page that kept it last"),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_unfinished_call_office_id_office")),
        sa.ForeignKeyConstraint(["by_id"], ["officer.id"], name=op.f("fk_unfinished_call_by_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unfinished_call")),
        sa.UniqueConstraint("key", name=op.f("uq_unfinished_call_key")),
        sa.UniqueConstraint("mark", name=op.f("uq_unfinished_call_mark")),
    )
    op.create_index("ix_unfinished_call_by_id", "unfinished_call", ["by_id"])


def downgrade() -> None:
    op.drop_table("unfinished_call")
