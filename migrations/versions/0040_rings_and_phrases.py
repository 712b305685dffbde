"""Calls that a telephone system tells of, for minutes; what operators may say and look up."""

import sqlalchemy as sa
from alembic import op

revision = "0040_rings_and_phrases"
down_revision = "0039_paper_sheets"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ring",
        sa.Column("id", BIG, nullable=False),
        sa.Column("call_blind", sa.String(32), nullable=False, comment="of the telephone system's name for it"),
        sa.Column("line", sa.String(20), nullable=False, comment="the number that was called, as it is dialled"),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("rang_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False, comment="it rings no more, and nobody here took it"),
        sa.Column("taken_by_id", BIG, nullable=True),
        sa.Column("caller_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_ring_office_id_office")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["officer.id"], name=op.f("fk_ring_taken_by_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ring")),
        sa.UniqueConstraint("key", name=op.f("uq_ring_key")),
        sa.UniqueConstraint("call_blind", name=op.f("uq_ring_call_blind")),
    )
    op.create_index("ix_ring_heard_at", "ring", ["heard_at"])
    op.create_table(
        "heard_nonce",
        sa.Column("nonce_hash", sa.String(64), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nonce_hash", name=op.f("pk_heard_nonce")),
    )
    op.create_table(
        "phrase",
        sa.Column("id", BIG, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("sort", sa.String(40), nullable=False),
        sa.Column(
            "problems", sa.JSON(), nullable=False, comment="keys of the notice's problem types; none: for every call"
        ),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("title_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.CheckConstraint(
            "sort != 'knowledge' OR valid_until IS NOT NULL", name=op.f("ck_phrase_knowledge_is_good_until_a_day")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
        sa.UniqueConstraint("key", name=op.f("uq_phrase_key")),
    )


def downgrade() -> None:
    op.drop_table("phrase")
    op.drop_table("heard_nonce")
    op.drop_table("ring")
