"""What is handed in for the duties of the notice, rulings on its contradictions, and calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0025_duties"
down_revision = "0024_letters_held"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "submission",
        sa.Column("id", BIG, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(40), nullable=False, comment="key of the notice"),
        sa.Column("duty", sa.String(40), nullable=False, comment="key in the notice's duties"),
        sa.Column("period", sa.String(10), nullable=False, comment="once, a month or a quarter"),
        sa.Column("place_code", sa.String(12), nullable=False),
        sa.Column("office_id", BIG, nullable=False, comment="who hands in for the place"),
        sa.Column("first_filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True, comment="of the return or of the excuse"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_submission_office_id")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_submission_place_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("key", name=op.f("uq_submission_key")),
        sa.UniqueConstraint(
            "notice", "duty", "period", "place_code", name=op.f("uq_submission_notice_duty_period_place_code")
        ),
    )
    op.create_index(op.f("ix_submission_office_id"), "submission", ["office_id"])
    op.create_index(op.f("ix_submission_place_code"), "submission", ["place_code"])
    op.create_table(
        "submission_version",
        sa.Column("id", BIG, nullable=False),
        sa.Column("submission_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_by_id", BIG, nullable=False),
        sa.Column("principal", sa.String(40), nullable=True, comment="the leader who is responsible"),
        sa.Column("deputy", sa.String(40), nullable=True, comment="the leader in charge"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("digest_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("filetype", sa.String(40), nullable=True),
        sa.Column("file", sa.String(32), nullable=True, comment="random name in the cabinet"),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(26), nullable=False),
        sa.CheckConstraint(
            "file IS NOT NULL OR words_sealed IS NOT NULL", name=op.f("ck_submission_version_a_file_or_words")
        ),
        sa.ForeignKeyConstraint(["filed_by_id"], ["officer.id"], name=op.f("fk_submission_version_filed_by_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_submission_version_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_version")),
        sa.UniqueConstraint("file", name=op.f("uq_submission_version_file")),
        sa.UniqueConstraint("key", name=op.f("uq_submission_version_key")),
        sa.UniqueConstraint("submission_id", "number", name=op.f("uq_submission_version_submission_id_number")),
    )
    op.create_table(
        "duty_ruling",
        sa.Column("id", BIG, nullable=False),
        sa.Column("notice", sa.String(40), nullable=False, comment="key of the notice"),
        sa.Column("duty", sa.String(40), nullable=False, comment="key in the notice's duties"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ruled_by_id", BIG, nullable=False),
        sa.Column("key", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["ruled_by_id"], ["officer.id"], name=op.f("fk_duty_ruling_ruled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_ruling")),
        sa.UniqueConstraint("key", name=op.f("uq_duty_ruling_key")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("officer_id", BIG, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_calendar_feed_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )


def downgrade() -> None:
    op.drop_table("calendar_feed")
    op.drop_table("duty_ruling")
    op.drop_table("submission_version")
    op.drop_table("submission")
