"""Screening tables as towns submit them, and exports in full that two persons make."""

import sqlalchemy as sa
from alembic import op

revision = "0034_screening_submitted"
down_revision = "0033_learning"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "table_submission",
        sa.Column("id", BIG, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(60), nullable=False, comment="key of the notice"),
        sa.Column("population", sa.String(40), nullable=False, comment="key in the notice's populations"),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="how often it was submitted"),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the rows; the trail has it too"),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False, comment="when it came for the first time"),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", BIG, nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_table_submission_office_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["officer.id"], name=op.f("fk_table_submission_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_submission")),
        sa.UniqueConstraint("key", name=op.f("uq_table_submission_key")),
        sa.UniqueConstraint(
            "notice", "population", "office_id", name=op.f("uq_table_submission_notice_population_office_id")
        ),
    )
    op.create_table(
        "full_export",
        sa.Column("id", BIG, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(60), nullable=False, comment="key of the notice"),
        sa.Column("population", sa.String(40), nullable=False, comment="key in the notice's populations"),
        sa.Column("office_id", BIG, nullable=False, comment="whose table"),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", BIG, nullable=False),
        sa.Column("asked_from_id", BIG, nullable=False, comment="where it is allowed"),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column(
            "until",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="until when it may be allowed, then until when taken away",
        ),
        sa.Column("digest", sa.String(64), nullable=True, comment="SHA-256 of the file; the trail has it too"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(26), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('allowed', 'fetched') OR decided_by_id != asked_by_id",
            name=op.f("ck_full_export_allowed_by_two"),
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["officer.id"], name=op.f("fk_full_export_asked_by_id")),
        sa.ForeignKeyConstraint(["asked_from_id"], ["office.id"], name=op.f("fk_full_export_asked_from_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["officer.id"], name=op.f("fk_full_export_decided_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_full_export_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_full_export")),
        sa.UniqueConstraint("key", name=op.f("uq_full_export_key")),
    )
    with op.batch_alter_table("full_export", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_full_export_asked_from_id"), ["asked_from_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("full_export", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_full_export_asked_from_id"))
    op.drop_table("full_export")
    op.drop_table("table_submission")
