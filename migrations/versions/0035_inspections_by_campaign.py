"""Of which campaign an inspection is; those that are there are the first notice's."""

import tomllib

import sqlalchemy as sa
from alembic import op

revision = "0035_inspections_by_campaign"
down_revision = "0034_screening_submitted"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "key of the notice whose towns are inspected"
    op.add_column("inspection", sa.Column("notice", sa.String(40), nullable=False, server_default="", comment=comment))
    text = op.get_bind().scalar(sa.text("SELECT text FROM edition ORDER BY published_at LIMIT 1"))
    if text is not None:
        key = tomllib.loads(text)["notice"]["key"]
        op.execute(sa.table("inspection", sa.column("notice", sa.String)).update().values(notice=key))


def downgrade() -> None:
    op.drop_column("inspection", "notice")
