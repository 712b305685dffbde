"""Views of the ledger, saved under a name."""

import sqlalchemy as sa
from alembic import op

revision = "0038_ledger_views"
down_revision = "0037_actions_by_campaign"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ledger_view",
        sa.Column("id", BIG, nullable=False),
        sa.Column("owner_id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=True, comment="shared with it"),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("address", sa.JSON(), nullable=False, comment="filters, order and columns: words of fixed lists"),
        sa.Column("key", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_ledger_view_office_id_office")),
        sa.ForeignKeyConstraint(["owner_id"], ["officer.id"], name=op.f("fk_ledger_view_owner_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_view")),
        sa.UniqueConstraint("key", name=op.f("uq_ledger_view_key")),
    )
    op.create_index("ix_ledger_view_owner_id", "ledger_view", ["owner_id"])
    op.create_index("ix_ledger_view_office_id", "ledger_view", ["office_id"])


def downgrade() -> None:
    op.drop_table("ledger_view")
