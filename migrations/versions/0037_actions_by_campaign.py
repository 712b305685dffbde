"""By which notice a town is held to account; those that were are the first notice's."""

import tomllib

import sqlalchemy as sa
from alembic import op

revision = "0037_actions_by_campaign"
down_revision = "0036_unfinished_calls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "key of the notice whose grounds these are"
    op.add_column("town_action", sa.Column("notice", sa.String(40), nullable=False, server_default="", comment=comment))
    text = op.get_bind().scalar(sa.text("SELECT text FROM edition ORDER BY published_at LIMIT 1"))
    if text is not None:
        key = tomllib.loads(text)["notice"]["key"]
        op.execute(sa.table("town_action", sa.column("notice", sa.String)).update().values(notice=key))


def downgrade() -> None:
    op.drop_column("town_action", "notice")
