"""Official letters, their versions, files and copies; the codes of document numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0016_letters"
down_revision = "0015_outcomes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "official_letter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("sort", sa.String(40), nullable=False),
        sa.Column(
            "lead_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="whose walls it stands behind",
        ),
        sa.Column("referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="which issues it"
        ),
        sa.Column(
            "to_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="none: the reporter, or others",
        ),
        sa.Column("drafted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "reviewed",
            sa.Integer(),
            nullable=False,
            comment="the version that the last review saw; changes count from it",
        ),
        sa.Column("approved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("names_reporter", sa.Boolean(), nullable=False, comment="the issued files carry who reported"),
        sa.Column("reporter_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("doc_no", sa.String(length=30), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "state != 'issued' OR doc_no IS NOT NULL", name=op.f("ck_official_letter_issued_under_a_number")
        ),
        sa.CheckConstraint(
            "(doc_no IS NULL) = (issued_at IS NULL)", name=op.f("ck_official_letter_a_number_is_drawn_when_issued")
        ),
        sa.CheckConstraint("referral_id IS NULL OR case_id IS NULL", name=op.f("ck_official_letter_about_one_paper")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["officer.id"], name=op.f("fk_official_letter_approved_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["supervised_case.id"], name=op.f("fk_official_letter_case_id")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["officer.id"], name=op.f("fk_official_letter_drafted_by_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["officer.id"], name=op.f("fk_official_letter_issued_by_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_official_letter_lead_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_official_letter_office_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_official_letter_referral_id")),
        sa.ForeignKeyConstraint(["to_id"], ["office.id"], name=op.f("fk_official_letter_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_letter")),
        sa.UniqueConstraint("doc_no", name=op.f("uq_official_letter_doc_no")),
        sa.UniqueConstraint("key", name=op.f("uq_official_letter_key")),
    )
    with op.batch_alter_table("official_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_official_letter_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_official_letter_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index("ix_official_letter_office", ["office_id", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_official_letter_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_official_letter_to_id"), ["to_id"], unique=False)
    op.create_table(
        "letter_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["official_letter.id"], name=op.f("fk_letter_file_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_file")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_file_key")),
        sa.UniqueConstraint("letter_id", "form", name=op.f("uq_letter_file_letter_id_form")),
    )
    op.create_table(
        "letter_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["officer.id"], name=op.f("fk_letter_version_by_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["official_letter.id"], name=op.f("fk_letter_version_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_version")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_version_key")),
        sa.UniqueConstraint("letter_id", "n", name=op.f("uq_letter_version_letter_id_n")),
    )
    with op.batch_alter_table("letter_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_version_by_id"), ["by_id"], unique=False)
    op.create_table(
        "printing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, comment="which version"),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["officer.id"], name=op.f("fk_printing_by_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["official_letter.id"], name=op.f("fk_printing_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printing")),
        sa.UniqueConstraint("key", name=op.f("uq_printing_key")),
    )
    with op.batch_alter_table("printing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_printing_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_printing_letter_id"), ["letter_id"], unique=False)
    comment = "before the year of its document numbers (发文字号)"
    op.add_column("office", sa.Column("doc_code", sa.String(length=12), nullable=True, comment=comment))
    op.create_index(op.f("ix_office_doc_code"), "office", ["doc_code"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_office_doc_code"), table_name="office")
    op.execute("ALTER TABLE office DROP COLUMN doc_code")
    with op.batch_alter_table("printing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_printing_letter_id"))
        batch_op.drop_index(batch_op.f("ix_printing_by_id"))
    op.drop_table("printing")
    with op.batch_alter_table("letter_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_version_by_id"))
    op.drop_table("letter_version")
    op.drop_table("letter_file")
    with op.batch_alter_table("official_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_official_letter_to_id"))
        batch_op.drop_index(batch_op.f("ix_official_letter_referral_id"))
        batch_op.drop_index("ix_official_letter_office")
        batch_op.drop_index(batch_op.f("ix_official_letter_lead_id"))
        batch_op.drop_index(batch_op.f("ix_official_letter_case_id"))
    op.drop_table("official_letter")
