"""Published numbers: the register with its proofs, test calls drawn by lot, faults of lines, calls nobody answered."""

import sqlalchemy as sa
from alembic import op

revision = "0028_hotline"
down_revision = "0027_publicity"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "test_round",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("population", sa.JSON(), nullable=False, comment="keys of the numbers that could be drawn"),
        sa.Column(
            "digest", sa.String(length=64), nullable=False, comment="of the seed and the population; also in the trail"
        ),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_round")),
        sa.UniqueConstraint("key", name=op.f("uq_test_round_key")),
        sa.UniqueConstraint("number", name=op.f("uq_test_round_number")),
    )
    op.create_table(
        "hotline_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False, comment="as it is published"),
        sa.Column("digits", sa.String(length=20), nullable=False, comment="as it is dialled"),
        sa.Column("owner", sa.String(length=40), nullable=False, comment="who answers for it, as published"),
        sa.Column("hours", sa.String(40), nullable=False),
        sa.Column("where_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True, comment="its last day"),
        sa.Column("published_on", sa.Date(), nullable=True, comment="day of the latest proof"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint("until IS NULL OR since <= until", name=op.f("ck_hotline_line_a_time_has_an_order")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_hotline_line_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotline_line")),
        sa.UniqueConstraint("key", name=op.f("uq_hotline_line_key")),
    )
    with op.batch_alter_table("hotline_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hotline_line_office_id"), ["office_id"], unique=False)
        batch_op.create_index(
            "uq_hotline_line_in_force",
            ["digits"],
            unique=True,
            sqlite_where=sa.text("state = 'in-force'"),
            postgresql_where=sa.text("state = 'in-force'"),
        )

    op.create_table(
        "dial_test",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "again_for_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the failed test it repeats",
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=True, comment="at which the lot wants it dialled"),
        sa.Column("result", sa.String(length=40), nullable=True, comment="key of the notice"),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("dialled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dialled_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True, comment="until somebody answered"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint("state != 'tested' OR result IS NOT NULL", name=op.f("ck_dial_test_tested_with_a_result")),
        sa.ForeignKeyConstraint(["again_for_id"], ["dial_test.id"], name=op.f("fk_dial_test_again_for_id")),
        sa.ForeignKeyConstraint(["dialled_by_id"], ["officer.id"], name=op.f("fk_dial_test_dialled_by_id")),
        sa.ForeignKeyConstraint(["line_id"], ["hotline_line.id"], name=op.f("fk_dial_test_line_id")),
        sa.ForeignKeyConstraint(["round_id"], ["test_round.id"], name=op.f("fk_dial_test_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dial_test")),
        sa.UniqueConstraint("key", name=op.f("uq_dial_test_key")),
    )
    with op.batch_alter_table("dial_test", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dial_test_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dial_test_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "uq_dial_test_one_at_a_time",
            ["line_id"],
            unique=True,
            sqlite_where=sa.text("state = 'test-due'"),
            postgresql_where=sa.text("state = 'test-due'"),
        )

    op.create_table(
        "line_proof",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("digest_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("filetype", sa.String(40), nullable=True),
        sa.Column("file", sa.String(length=32), nullable=True, comment="random name in the cabinet"),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint("file IS NOT NULL OR words_sealed IS NOT NULL", name=op.f("ck_line_proof_a_file_or_words")),
        sa.ForeignKeyConstraint(["line_id"], ["hotline_line.id"], name=op.f("fk_line_proof_line_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["officer.id"], name=op.f("fk_line_proof_noted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_proof")),
        sa.UniqueConstraint("file", name=op.f("uq_line_proof_file")),
        sa.UniqueConstraint("key", name=op.f("uq_line_proof_key")),
    )
    with op.batch_alter_table("line_proof", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_line_proof_line_id"), ["line_id"], unique=False)

    op.create_table(
        "missed_call",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rang_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missed", sa.String(40), nullable=False),
        sa.Column("caller_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("caller_blind", sa.String(length=32), nullable=True),
        sa.Column(
            "row_blind", sa.String(length=32), nullable=False, comment="of number, minute and caller: one call, one row"
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=True, comment="whether the first try came in time"),
        sa.Column("result", sa.String(length=40), nullable=True, comment="key of the notice"),
        sa.Column("rung_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["hotline_line.id"], name=op.f("fk_missed_call_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_call")),
        sa.UniqueConstraint("key", name=op.f("uq_missed_call_key")),
        sa.UniqueConstraint("row_blind", name=op.f("uq_missed_call_row_blind")),
    )
    with op.batch_alter_table("missed_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_missed_call_caller_blind"), ["caller_blind"], unique=False)
        batch_op.create_index(batch_op.f("ix_missed_call_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_missed_call_rang_at"), ["rang_at"], unique=False)

    op.create_table(
        "line_fault",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=False, comment="key of the notice's problem types"),
        sa.Column(
            "test_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the test that showed it",
        ),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("correction_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("confirmation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["hotline_line.id"], name=op.f("fk_line_fault_line_id")),
        sa.ForeignKeyConstraint(["test_id"], ["dial_test.id"], name=op.f("fk_line_fault_test_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_fault")),
        sa.UniqueConstraint("key", name=op.f("uq_line_fault_key")),
    )
    with op.batch_alter_table("line_fault", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_line_fault_line_id"), ["line_id"], unique=False)


def downgrade() -> None:
    op.drop_table("line_fault")
    op.drop_table("missed_call")
    op.drop_table("line_proof")
    op.drop_table("dial_test")
    op.drop_table("hotline_line")
    op.drop_table("test_round")
