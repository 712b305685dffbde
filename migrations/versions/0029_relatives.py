"""Relatives: registers and their rows, workbooks of them, verifications, hits of the comparison, visits."""

import sqlalchemy as sa
from alembic import op

revision = "0029_relatives"
down_revision = "0028_hotline"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "register_upload",
        sa.Column("register", sa.String(length=40), nullable=False, comment="key in the notice's registers"),
        sa.Column("source_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False, comment="the day of the list"),
        sa.Column("id", ID, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(length=60), nullable=False, comment="key of the notice"),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("file", sa.String(length=32), nullable=True, comment="its name in the cabinet; None once forgotten"),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_register_upload_office_id")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["officer.id"], name=op.f("fk_register_upload_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_upload")),
        sa.UniqueConstraint("key", name=op.f("uq_register_upload_key")),
    )
    with op.batch_alter_table("register_upload", schema=None) as batch_op:
        batch_op.create_index("ix_register_upload_file", ["file"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_upload_office_id"), ["office_id"], unique=False)

    op.create_table(
        "register_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("notice", sa.String(length=60), nullable=False, comment="key of the notice"),
        sa.Column("register", sa.String(length=40), nullable=False, comment="key in the notice's registers"),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("place_code", sa.String(length=12), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False, comment="in the order in which the rows came"),
        sa.Column(
            "row_blind",
            sa.String(length=32),
            nullable=False,
            comment="of the columns by which the row is known again",
        ),
        sa.Column("name_blind", sa.String(length=32), nullable=False),
        sa.Column("cadre_blind", sa.String(length=32), nullable=True),
        sa.Column("identity_blind", sa.String(length=32), nullable=True),
        sa.Column("lengthened", sa.Boolean(), nullable=False, comment="the number was an old one of 15 digits"),
        sa.Column("head_identity_blind", sa.String(length=32), nullable=True, comment="of the head of the household"),
        sa.Column(
            "namesake_blind", sa.String(length=32), nullable=True, comment="of name and village, without a number"
        ),
        sa.Column(
            "household_blind", sa.String(length=32), nullable=True, comment="of another's household and its village"
        ),
        sa.Column("seen_on", sa.Date(), nullable=True, comment="when it was filed or last verified"),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", ID, nullable=False),
        sa.Column("upload_id", ID, nullable=True, comment="None when typed"),
        sa.Column("facts", sa.JSON(), nullable=False, comment="numbers, months, days and keys of the notice"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["officer.id"], name=op.f("fk_register_entry_changed_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_register_entry_office_id")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_register_entry_place_code")),
        sa.ForeignKeyConstraint(["upload_id"], ["register_upload.id"], name=op.f("fk_register_entry_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_register_entry_key")),
        sa.UniqueConstraint(
            "notice",
            "register",
            "office_id",
            "row_blind",
            name=op.f("uq_register_entry_notice_register_office_id_row_blind"),
        ),
    )
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.create_index("ix_register_entry_table", ["notice", "register", "office_id", "id"], unique=False)
        for column in ("cadre_blind", "identity_blind", "name_blind", "place_code"):
            batch_op.create_index(batch_op.f(f"ix_register_entry_{column}"), [column], unique=False)

    op.create_table(
        "filing_check",
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=True, comment="a key of the notice"),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by_id", ID, nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["checked_by_id"], ["officer.id"], name=op.f("fk_filing_check_checked_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["register_entry.id"], name=op.f("fk_filing_check_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing_check")),
        sa.UniqueConstraint("key", name=op.f("uq_filing_check_key")),
    )
    with op.batch_alter_table("filing_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_filing_check_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "register_hit",
        sa.Column("id", ID, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(length=60), nullable=False, comment="key of the notice"),
        sa.Column(
            "pair_blind",
            sa.String(length=32),
            nullable=False,
            comment="of the person's marks and the household's number",
        ),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("record_id", ID, nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("lead_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["register_entry.id"], name=op.f("fk_register_hit_entry_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_register_hit_lead_id")),
        sa.ForeignKeyConstraint(["record_id"], ["screening_record.id"], name=op.f("fk_register_hit_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_hit")),
        sa.UniqueConstraint("key", name=op.f("uq_register_hit_key")),
        sa.UniqueConstraint("notice", "pair_blind", name=op.f("uq_register_hit_notice_pair_blind")),
    )
    with op.batch_alter_table("register_hit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_hit_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_hit_record_id"), ["record_id"], unique=False)

    op.create_table(
        "help_visit",
        sa.Column("id", ID, nullable=False),
        sa.Column("notice", sa.String(length=60), nullable=False, comment="key of the notice"),
        sa.Column("identity_blind", sa.String(length=32), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False, comment="a key of the notice"),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visited_by_id", ID, nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["visited_by_id"], ["officer.id"], name=op.f("fk_help_visit_visited_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_visit")),
        sa.UniqueConstraint("key", name=op.f("uq_help_visit_key")),
    )
    with op.batch_alter_table("help_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_visit_identity_blind"), ["identity_blind"], unique=False)


def downgrade() -> None:
    for table in ("help_visit", "register_hit", "filing_check", "register_entry", "register_upload"):
        op.drop_table(table)
