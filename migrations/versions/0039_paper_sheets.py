"""Pre-numbered sheets of paper for calls without power or network."""

import sqlalchemy as sa
from alembic import op

revision = "0039_paper_sheets"
down_revision = "0038_ledger_views"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("batch", sa.String(26), nullable=False, comment="a random mark of those printed together"),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_to_id", BIG, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True, comment="when the call really came"),
        sa.Column("taken_by_id", BIG, nullable=True, comment="who took the call"),
        sa.Column("lead_id", BIG, nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", BIG, nullable=True),
        sa.Column(
            "reason_sealed", sa.LargeBinary(), nullable=True, comment="why it is void, or why it was entered late"
        ),
        sa.Column("key", sa.String(26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.CheckConstraint(
            "(state = 'sheet-entered') = (lead_id IS NOT NULL)", name=op.f("ck_paper_sheet_entered_as_a_lead")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_paper_sheet_office_id_office")),
        sa.ForeignKeyConstraint(["handed_to_id"], ["officer.id"], name=op.f("fk_paper_sheet_handed_to_id_officer")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["officer.id"], name=op.f("fk_paper_sheet_taken_by_id_officer")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["officer.id"], name=op.f("fk_paper_sheet_settled_by_id_officer")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_paper_sheet_lead_id_lead")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.UniqueConstraint("key", name=op.f("uq_paper_sheet_key")),
        sa.UniqueConstraint("number", name=op.f("uq_paper_sheet_number")),
        sa.UniqueConstraint("lead_id", name=op.f("uq_paper_sheet_lead_id")),
    )
    op.create_index("ix_paper_sheet_batch", "paper_sheet", ["batch"])
    op.create_index("ix_paper_sheet_handed_to_id", "paper_sheet", ["handed_to_id"])
    op.create_index("ix_paper_sheet_office_id", "paper_sheet", ["office_id", "id"])


def downgrade() -> None:
    op.drop_table("paper_sheet")
