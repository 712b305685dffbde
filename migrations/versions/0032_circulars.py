"""Circulars of typical cases: their versions and cases, which town has read them; the log of warning education."""

import sqlalchemy as sa
from alembic import op

revision = "0032_circulars"
down_revision = "0031_inspections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "circular",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(length=40), nullable=False, comment="key of the notice"),
        sa.Column(
            "office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="which issues it"
        ),
        sa.Column("naming", sa.String(40), nullable=False, comment="as the notice said when it was drafted"),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "looked_over", sa.Boolean(), nullable=False, comment="whoever submitted it wants to keep what was noted"
        ),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("doc_no", sa.String(length=30), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True, comment="the day by which every town confirms that it has read"),
        sa.Column(
            "reason_sealed", sa.LargeBinary(), nullable=True, comment="why it was sent back, dropped or withdrawn"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint("(doc_no IS NULL) = (issued_on IS NULL)", name=op.f("ck_circular_numbered_when_issued")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["officer.id"], name=op.f("fk_circular_approved_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_circular_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular")),
        sa.UniqueConstraint("doc_no", name=op.f("uq_circular_doc_no")),
        sa.UniqueConstraint("key", name=op.f("uq_circular_key")),
    )
    with op.batch_alter_table("circular", schema=None) as batch_op:
        batch_op.create_index("ix_circular_listed", ["notice", "state", "id"], unique=False)

    op.create_table(
        "circular_reading",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("circular_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("officer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["circular_id"], ["circular.id"], name=op.f("fk_circular_reading_circular_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_circular_reading_office_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_circular_reading_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular_reading")),
        sa.UniqueConstraint("circular_id", "officer_id", name=op.f("uq_circular_reading_circular_id_officer_id")),
        sa.UniqueConstraint("key", name=op.f("uq_circular_reading_key")),
    )
    with op.batch_alter_table("circular_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_circular_reading_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_circular_reading_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "circular_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("circular_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["officer.id"], name=op.f("fk_circular_version_by_id")),
        sa.ForeignKeyConstraint(["circular_id"], ["circular.id"], name=op.f("fk_circular_version_circular_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular_version")),
        sa.UniqueConstraint("circular_id", "n", name=op.f("uq_circular_version_circular_id_n")),
        sa.UniqueConstraint("key", name=op.f("uq_circular_version_key")),
    )
    with op.batch_alter_table("circular_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_circular_version_by_id"), ["by_id"], unique=False)

    op.create_table(
        "education",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(length=40), nullable=False, comment="key of the notice"),
        sa.Column(
            "office_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the town government",
        ),
        sa.Column("circular_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False, comment="key in the notice's audiences"),
        sa.Column("form", sa.String(length=40), nullable=False, comment="key in the notice's forms"),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("exhibit_sealed", sa.LargeBinary(), nullable=True, comment="where photos, sign-in sheets are kept"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True, comment="why the entry does not count"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint("persons > 0", name=op.f("ck_education_somebody_came")),
        sa.ForeignKeyConstraint(["circular_id"], ["circular.id"], name=op.f("fk_education_circular_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_education_office_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["officer.id"], name=op.f("fk_education_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_education")),
        sa.UniqueConstraint("key", name=op.f("uq_education_key")),
    )
    with op.batch_alter_table("education", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_education_circular_id"), ["circular_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_education_office_id"), ["office_id"], unique=False)

    op.create_table(
        "circular_case",
        sa.Column("circular_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["typical_case.id"], name=op.f("fk_circular_case_case_id")),
        sa.ForeignKeyConstraint(["circular_id"], ["circular.id"], name=op.f("fk_circular_case_circular_id")),
        sa.PrimaryKeyConstraint("circular_id", "case_id", name=op.f("pk_circular_case")),
    )
    with op.batch_alter_table("circular_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_circular_case_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("circular_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_circular_case_case_id"))

    op.drop_table("circular_case")
    with op.batch_alter_table("education", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_education_office_id"))
        batch_op.drop_index(batch_op.f("ix_education_circular_id"))

    op.drop_table("education")
    with op.batch_alter_table("circular_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_circular_version_by_id"))

    op.drop_table("circular_version")
    with op.batch_alter_table("circular_reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_circular_reading_officer_id"))
        batch_op.drop_index(batch_op.f("ix_circular_reading_office_id"))

    op.drop_table("circular_reading")
    with op.batch_alter_table("circular", schema=None) as batch_op:
        batch_op.drop_index("ix_circular_listed")

    op.drop_table("circular")
