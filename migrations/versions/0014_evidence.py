"""Exhibits: files sealed outside of the database, and recordings by reference."""

import sqlalchemy as sa
from alembic import op

revision = "0014_evidence"
down_revision = "0013_replies"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "exhibit",
        sa.Column("id", BIG, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("lead_id", BIG, nullable=False),
        sa.Column("referral_id", BIG, nullable=True, comment="brought in by the handling body: nobody else sees it"),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by_id", BIG, nullable=False),
        sa.Column(
            "name_sealed",
            sa.LargeBinary(),
            nullable=False,
            comment="of the file; of a recording the recorder's own number",
        ),
        sa.Column(
            "digest_sealed",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256; in clear it would tell who holds the same file",
        ),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("filetype", sa.String(40), nullable=True),
        sa.Column("file", sa.String(32), nullable=True, comment="random name in the cabinet"),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("copy_file", sa.String(32), nullable=True, comment="without device, place and author"),
        sa.Column("copy_size", sa.BigInteger(), nullable=True),
        sa.Column("copy_digest_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("copy_secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True, comment="of a recording"),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("kept_at_sealed", sa.LargeBinary(), nullable=True, comment="where a recording is kept"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint("(filetype IS NULL) = (file IS NULL)", name=op.f("ck_exhibit_a_file_has_a_type")),
        sa.CheckConstraint("(file IS NULL) = (seconds IS NOT NULL)", name=op.f("ck_exhibit_a_file_or_a_recording")),
        sa.CheckConstraint("copy_file IS NULL OR file IS NOT NULL", name=op.f("ck_exhibit_a_copy_of_something")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_exhibit_lead_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_exhibit_referral_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_exhibit_office_id")),
        sa.ForeignKeyConstraint(["received_by_id"], ["officer.id"], name=op.f("fk_exhibit_received_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibit")),
        sa.UniqueConstraint("file", name=op.f("uq_exhibit_file")),
        sa.UniqueConstraint("copy_file", name=op.f("uq_exhibit_copy_file")),
        sa.UniqueConstraint("key", name=op.f("uq_exhibit_key")),
    )
    with op.batch_alter_table("exhibit", schema=None) as batch_op:
        batch_op.create_index("ix_exhibit_lead", ["lead_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exhibit_referral_id"), ["referral_id"], unique=False)
    op.create_table(
        "exhibit_part",
        sa.Column("exhibit_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["exhibit_id"], ["exhibit.id"], name=op.f("fk_exhibit_part_exhibit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["implicated_person.id"], name=op.f("fk_exhibit_part_person_id")),
        sa.PrimaryKeyConstraint("exhibit_id", "person_id", name=op.f("pk_exhibit_part")),
    )
    with op.batch_alter_table("exhibit_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exhibit_part_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("exhibit_part")
    op.drop_table("exhibit")
