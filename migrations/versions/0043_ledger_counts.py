"""What the ready-made views of the ledger ask for is found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0043_ledger_counts"
down_revision = "0042_learning_by_doing"
branch_labels = None
depends_on = None

MARKED = "leader_instruction IS {0} OR major IS {0} OR media IS {0}"


def upgrade() -> None:
    op.create_index("ix_lead_state", "lead", ["state", "handed_over", "primary_id"])
    sqlite, postgres = (sa.text(MARKED.format(true)) for true in ("1", "true"))
    op.create_index("ix_lead_marked", "lead", ["id"], sqlite_where=sqlite, postgresql_where=postgres)


def downgrade() -> None:
    op.drop_index("ix_lead_marked", "lead")
    op.drop_index("ix_lead_state", "lead")
