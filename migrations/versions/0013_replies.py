"""Word to and from reporters: notices, waiting words, additions, objections, check-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0013_replies"
down_revision = "0012_supervision_in_full"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _id() -> sa.Column[int]:
    return sa.Column("id", BIG, nullable=False)


def _key() -> sa.Column[str]:
    return sa.Column("key", sa.String(length=26), nullable=False)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.add_column(
        "lead",
        sa.Column(
            "away_from",
            sa.JSON(),
            nullable=False,
            server_default="[]",
            comment="bodies that shall not handle it: the one whose case brought it about",
        ),
    )
    op.create_table(
        "reporter_notice",
        _id(),
        sa.Column("referral_id", BIG, nullable=False),
        sa.Column("of", sa.String(40), nullable=False),
        sa.Column("manner", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        _key(),
        _to("reporter_notice", "referral_id", "referral"),
        _to("reporter_notice", "by_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporter_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_reporter_notice_key")),
        sa.UniqueConstraint("referral_id", "of", name=op.f("uq_reporter_notice_referral_id_of")),
    )
    op.create_table(
        "word",
        _id(),
        sa.Column("lead_id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("passed_on_at", MOMENT, nullable=True),
        sa.Column("passed_on_by_id", BIG, nullable=True),
        _key(),
        _to("word", "lead_id", "lead"),
        _to("word", "office_id", "office"),
        _to("word", "by_id", "officer"),
        _to("word", "passed_on_by_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word")),
        sa.UniqueConstraint("key", name=op.f("uq_word_key")),
    )
    op.create_index(op.f("ix_word_lead_id"), "word", ["lead_id"])
    op.create_table(
        "addition",
        _id(),
        sa.Column("lead_id", BIG, nullable=False),
        sa.Column("taken_by_id", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("seen_by_id", BIG, nullable=True),
        _key(),
        _to("addition", "lead_id", "lead"),
        _to("addition", "taken_by_id", "officer"),
        _to("addition", "seen_by_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addition")),
        sa.UniqueConstraint("key", name=op.f("uq_addition_key")),
    )
    op.create_index(op.f("ix_addition_lead_id"), "addition", ["lead_id"])
    op.create_table(
        "objection",
        _id(),
        sa.Column("number", sa.String(length=50), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("referral_id", BIG, nullable=False),
        sa.Column(
            "new_evidence", sa.Boolean(), nullable=False, comment="not only dissatisfied: something new is offered"
        ),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        _key(),
        sa.CheckConstraint(
            "(state = 'noted') = (answer_sealed IS NULL)", name=op.f("ck_objection_decided_with_an_answer")
        ),
        _to("objection", "referral_id", "referral"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("key", name=op.f("uq_objection_key")),
        sa.UniqueConstraint("number", name=op.f("uq_objection_number")),
    )
    op.create_index(op.f("ix_objection_referral_id"), "objection", ["referral_id"])
    op.create_index("ix_objection_state", "objection", ["state", "due_on"])
    op.create_table(
        "check_in",
        _id(),
        sa.Column("referral_id", BIG, nullable=False),
        sa.Column("round", sa.String(length=20), nullable=False, comment="id of the clock that asked for it"),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("lead_id", BIG, nullable=True, comment="registered for the retaliation"),
        _key(),
        sa.CheckConstraint(
            "outcome != 'trouble' OR words_sealed IS NOT NULL", name=op.f("ck_check_in_trouble_with_its_words")
        ),
        _to("check_in", "referral_id", "referral"),
        _to("check_in", "by_id", "officer"),
        _to("check_in", "lead_id", "lead"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("key", name=op.f("uq_check_in_key")),
        sa.UniqueConstraint("referral_id", "round", name=op.f("uq_check_in_referral_id_round")),
    )


def downgrade() -> None:
    for table in ("check_in", "objection", "addition", "word", "reporter_notice"):
        op.drop_table(table)
    op.drop_column("lead", "away_from")
