"""Publicity: postings by place and period, every version of what hung there, pictures, and faults."""

import sqlalchemy as sa
from alembic import op

revision = "0027_publicity"
down_revision = "0026_screening"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "posting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(length=60), nullable=False, comment="key of the notice"),
        sa.Column("duty", sa.String(length=40), nullable=False, comment="key in the notice's duties"),
        sa.Column("period", sa.String(length=10), nullable=False, comment="a month or a quarter"),
        sa.Column("place_code", sa.String(length=12), nullable=False),
        sa.Column(
            "office_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the town that answers for it",
        ),
        sa.Column("first_on", sa.Date(), nullable=False, comment="the earliest day on which it hung there"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_posting_office_id")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_posting_place_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint("key", name=op.f("uq_posting_key")),
        sa.UniqueConstraint(
            "notice", "duty", "period", "place_code", name=op.f("uq_posting_notice_duty_period_place_code")
        ),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_place_code"), ["place_code"], unique=False)

    op.create_table(
        "posting_fault",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(length=60), nullable=False, comment="key of the notice"),
        sa.Column("duty", sa.String(length=40), nullable=False, comment="key in the notice's duties"),
        sa.Column("period", sa.String(length=10), nullable=False, comment="a month or a quarter"),
        sa.Column("place_code", sa.String(length=12), nullable=False),
        sa.Column(
            "office_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the town that corrects it",
        ),
        sa.Column("fault", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "words_sealed", sa.LargeBinary(), nullable=True, comment="what was seen beside what the house can tell"
        ),
        sa.Column("correction_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True, comment="why a correction was sent back"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["noted_by_id"], ["officer.id"], name=op.f("fk_posting_fault_noted_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_posting_fault_office_id")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_posting_fault_place_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_fault")),
        sa.UniqueConstraint("key", name=op.f("uq_posting_fault_key")),
    )
    with op.batch_alter_table("posting_fault", schema=None) as batch_op:
        batch_op.create_index("ix_posting_fault_case", ["notice", "duty", "period", "place_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_fault_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_fault_place_code"), ["place_code"], unique=False)

    op.create_table(
        "posting_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("posting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("spot_sealed", sa.LargeBinary(), nullable=False, comment="which board, which address"),
        sa.Column("wall_sealed", sa.LargeBinary(), nullable=False, comment="its lines as they hang there"),
        sa.Column("items", sa.Integer(), nullable=False, comment="households on it"),
        sa.Column("hits", sa.Integer(), nullable=False, comment="what may not hang there"),
        sa.Column("differences", sa.Integer(), nullable=False, comment="from the roster, as it was then"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_posting_version_posting_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["officer.id"], name=op.f("fk_posting_version_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_version")),
        sa.UniqueConstraint("key", name=op.f("uq_posting_version_key")),
        sa.UniqueConstraint("posting_id", "number", name=op.f("uq_posting_version_posting_id_number")),
    )
    op.create_table(
        "posting_photo",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fault_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("digest_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("filetype", sa.String(40), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.String(length=32), nullable=False, comment="random name in the cabinet"),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("copy_file", sa.String(length=32), nullable=True, comment="without device, place and author"),
        sa.Column("copy_size", sa.BigInteger(), nullable=True),
        sa.Column("copy_digest_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("copy_secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint("(version_id IS NULL) <> (fault_id IS NULL)", name=op.f("ck_posting_photo_of_one_thing")),
        sa.ForeignKeyConstraint(["added_by_id"], ["officer.id"], name=op.f("fk_posting_photo_added_by_id")),
        sa.ForeignKeyConstraint(["fault_id"], ["posting_fault.id"], name=op.f("fk_posting_photo_fault_id")),
        sa.ForeignKeyConstraint(["version_id"], ["posting_version.id"], name=op.f("fk_posting_photo_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_photo")),
        sa.UniqueConstraint("copy_file", name=op.f("uq_posting_photo_copy_file")),
        sa.UniqueConstraint("file", name=op.f("uq_posting_photo_file")),
        sa.UniqueConstraint("key", name=op.f("uq_posting_photo_key")),
    )
    with op.batch_alter_table("posting_photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_photo_fault_id"), ["fault_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_photo_version_id"), ["version_id"], unique=False)


def downgrade() -> None:
    op.drop_table("posting_photo")
    op.drop_table("posting_version")
    op.drop_table("posting_fault")
    op.drop_table("posting")
