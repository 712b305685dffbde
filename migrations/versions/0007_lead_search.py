"""The blind search index over leads: keyed hashes of characters and pairs, no positions."""

from alembic import op

revision = "0007_lead_search"
down_revision = "0006_clock"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE lead_search USING fts5(grams, content='', detail='none', tokenize='unicode61')"
        )
        return
    op.execute("CREATE TABLE lead_search (lead_id bigint PRIMARY KEY REFERENCES lead (id), grams tsvector NOT NULL)")
    op.execute("CREATE INDEX ix_lead_search_grams ON lead_search USING gin (grams)")


def downgrade() -> None:
    op.execute("DROP TABLE lead_search")
