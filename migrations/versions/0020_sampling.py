"""Closures drawn by lot, and the call-backs on them."""

import sqlalchemy as sa
from alembic import op

revision = "0020_sampling"
down_revision = "0019_checklists"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sample_draw",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column(
            "size", sa.Integer(), nullable=False, comment="how many were asked for; never shown, see decision 0017"
        ),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cutoff", sa.String(length=64), nullable=True),
        sa.Column("population", sa.JSON(), nullable=False, comment="keys of the closures that could have been drawn"),
        sa.Column(
            "digest",
            sa.String(length=64),
            nullable=True,
            comment="of the seed and the population; also in the trail",
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint("since <= until", name=op.f("ck_sample_draw_a_period_has_an_order")),
        sa.CheckConstraint(
            "state != 'drawn' OR (digest IS NOT NULL AND cutoff IS NOT NULL)",
            name=op.f("ck_sample_draw_drawn_with_a_proof"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_draw")),
        sa.UniqueConstraint("key", name=op.f("uq_sample_draw_key")),
        sa.UniqueConstraint("number", name=op.f("uq_sample_draw_number")),
    )
    op.create_table(
        "sampled_closure",
        sa.Column("id", BIG, nullable=False),
        sa.Column("draw_id", BIG, nullable=False),
        sa.Column("referral_id", BIG, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column(
            "outcome", sa.String(length=40), nullable=True, comment="key in the notice's outcomes of a call-back"
        ),
        sa.Column("papers", sa.JSON(), nullable=False, comment="keys of the papers of a closure that the file holds"),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_by_id", BIG, nullable=True),
        sa.Column("recheck_id", BIG, nullable=True, comment="who looks again"),
        sa.Column("rechecked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "state = 'to_call' OR outcome IS NOT NULL", name=op.f("ck_sampled_closure_called_with_an_outcome")
        ),
        sa.CheckConstraint(
            "state IN ('to_call', 'called') OR recheck_id IS NOT NULL",
            name=op.f("ck_sampled_closure_rechecked_by_a_body"),
        ),
        sa.ForeignKeyConstraint(["called_by_id"], ["officer.id"], name=op.f("fk_sampled_closure_called_by_id")),
        sa.ForeignKeyConstraint(["draw_id"], ["sample_draw.id"], name=op.f("fk_sampled_closure_draw_id")),
        sa.ForeignKeyConstraint(["recheck_id"], ["office.id"], name=op.f("fk_sampled_closure_recheck_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_sampled_closure_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sampled_closure")),
        sa.UniqueConstraint("key", name=op.f("uq_sampled_closure_key")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_sampled_closure_referral_id")),
    )
    op.create_index(op.f("ix_sampled_closure_draw_id"), "sampled_closure", ["draw_id"], unique=False)
    op.create_index(op.f("ix_sampled_closure_recheck_id"), "sampled_closure", ["recheck_id"], unique=False)


def downgrade() -> None:
    op.drop_table("sampled_closure")
    op.drop_table("sample_draw")
