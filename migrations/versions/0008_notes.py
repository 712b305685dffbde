"""Notes beside papers, and who keeps an eye on them."""

import sqlalchemy as sa
from alembic import op

revision = "0008_notes"
down_revision = "0007_lead_search"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("id", BIG, nullable=False),
        sa.Column("lead_id", BIG, nullable=False),
        sa.Column("referral_id", BIG, nullable=True, comment="none: on the lead itself"),
        sa.Column("ring", sa.String(40), nullable=False),
        sa.Column("office_id", BIG, nullable=False, comment="of the writer, then"),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_note_lead_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_note_referral_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_note_office_id")),
        sa.ForeignKeyConstraint(["by_id"], ["officer.id"], name=op.f("fk_note_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("key", name=op.f("uq_note_key")),
    )
    op.create_index("ix_note_paper", "note", ["lead_id", "referral_id", "id"])
    op.create_table(
        "watch",
        sa.Column("officer_id", BIG, nullable=False),
        sa.Column("paper", sa.String(60), nullable=False, comment="kind/key, as in the trail"),
        sa.Column(
            "seen_seq",
            sa.Integer(),
            nullable=False,
            comment="the paper's latest line when the officer last said 'seen'",
        ),
        sa.Column("asked_by_id", BIG, nullable=True, comment="the colleague who asked for it"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_watch_officer_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["officer.id"], name=op.f("fk_watch_asked_by_id")),
        sa.PrimaryKeyConstraint("officer_id", "paper", name=op.f("pk_watch")),
    )


def downgrade() -> None:
    op.drop_table("watch")
    op.drop_table("note")
