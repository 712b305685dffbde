"""Screening: workbooks that towns hand in, one record per household, what it said before, the papers of its steps."""

import sqlalchemy as sa
from alembic import op

revision = "0026_screening"
down_revision = "0025_duties"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "screening_upload",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(length=60), nullable=False, comment="key of the notice"),
        sa.Column("population", sa.String(length=40), nullable=False, comment="key in the notice's populations"),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("file", sa.String(length=32), nullable=True, comment="its name in the cabinet; None once forgotten"),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_screening_upload_office_id")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["officer.id"], name=op.f("fk_screening_upload_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_upload")),
        sa.UniqueConstraint("key", name=op.f("uq_screening_upload_key")),
    )
    with op.batch_alter_table("screening_upload", schema=None) as batch_op:
        batch_op.create_index("ix_screening_upload_file", ["file"], unique=False)
        batch_op.create_index(batch_op.f("ix_screening_upload_office_id"), ["office_id"], unique=False)

    op.create_table(
        "screening_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("notice", sa.String(length=60), nullable=False, comment="key of the notice"),
        sa.Column("population", sa.String(length=40), nullable=False, comment="key in the notice's populations"),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_code", sa.String(length=12), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False, comment="in the order in which the households came"),
        sa.Column("identity_blind", sa.String(length=32), nullable=False),
        sa.Column("conclusion", sa.String(length=40), nullable=True, comment="key in the population's conclusions"),
        sa.Column(
            "gaps",
            sa.String(length=200),
            nullable=False,
            comment="keys of the gates at which it stops, each between bars",
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "upload_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True, comment="None when typed"
        ),
        sa.Column("facts", sa.JSON(), nullable=False, comment="numbers, months, days and keys of the notice"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["officer.id"], name=op.f("fk_screening_record_changed_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_screening_record_office_id")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_screening_record_place_code")),
        sa.ForeignKeyConstraint(["upload_id"], ["screening_upload.id"], name=op.f("fk_screening_record_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_record")),
        sa.UniqueConstraint("key", name=op.f("uq_screening_record_key")),
        sa.UniqueConstraint(
            "notice",
            "population",
            "office_id",
            "identity_blind",
            name=op.f("uq_screening_record_notice_population_office_id_identity_blind"),
        ),
    )
    with op.batch_alter_table("screening_record", schema=None) as batch_op:
        batch_op.create_index("ix_screening_record_identity", ["identity_blind"], unique=False)
        batch_op.create_index(batch_op.f("ix_screening_record_place_code"), ["place_code"], unique=False)
        batch_op.create_index("ix_screening_record_table", ["notice", "population", "office_id", "id"], unique=False)

    op.create_table(
        "screening_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False, comment="key in the notice's steps"),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("handler_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reference_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["checked_by_id"], ["officer.id"], name=op.f("fk_screening_step_checked_by_id")),
        sa.ForeignKeyConstraint(["record_id"], ["screening_record.id"], name=op.f("fk_screening_step_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_step")),
        sa.UniqueConstraint("key", name=op.f("uq_screening_step_key")),
    )
    with op.batch_alter_table("screening_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_screening_step_record_id"), ["record_id"], unique=False)

    op.create_table(
        "screening_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, comment="when these values were written"),
        sa.Column("changed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False, comment="numbers, months, days and keys of the notice"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["officer.id"], name=op.f("fk_screening_version_changed_by_id")),
        sa.ForeignKeyConstraint(["record_id"], ["screening_record.id"], name=op.f("fk_screening_version_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_version")),
        sa.UniqueConstraint("key", name=op.f("uq_screening_version_key")),
        sa.UniqueConstraint("record_id", "version", name=op.f("uq_screening_version_record_id_version")),
    )
    with op.batch_alter_table("screening_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_screening_version_record_id"), ["record_id"], unique=False)


def downgrade() -> None:
    op.drop_table("screening_version")
    op.drop_table("screening_step")
    op.drop_table("screening_record")
    op.drop_table("screening_upload")
