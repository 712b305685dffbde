"""Inspections: visits, who goes where, what they find and what is put right; filled day lists."""

import sqlalchemy as sa
from alembic import op

revision = "0031_inspections"
down_revision = "0030_month_seals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("sort", sa.String(40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False, comment="a third party sees nothing after this day"),
        sa.Column("leader_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False, comment="why these towns, R-22"),
        sa.Column("contractor", sa.String(length=80), nullable=True),
        sa.Column("contract_no", sa.String(length=60), nullable=True),
        sa.Column(
            "outsiders_sealed", sa.LargeBinary(), nullable=True, comment="who comes with the team and has no account"
        ),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("by_lot", sa.Integer(), nullable=False, comment="how many villages are drawn besides those chosen"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("summary_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "sort != 'third_party' OR contract_no IS NOT NULL", name=op.f("ck_inspection_a_third_party_has_a_contract")
        ),
        sa.CheckConstraint("since <= until", name=op.f("ck_inspection_days_have_an_order")),
        sa.ForeignKeyConstraint(["leader_id"], ["officer.id"], name=op.f("fk_inspection_leader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
        sa.UniqueConstraint("key", name=op.f("uq_inspection_key")),
        sa.UniqueConstraint("number", name=op.f("uq_inspection_number")),
    )
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_leader_id"), ["leader_id"], unique=False)

    op.create_table(
        "day_return",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("inspection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rows_sealed", sa.LargeBinary(), nullable=True, comment="None once entered or forgotten"),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_day_return_inspection_id")),
        sa.ForeignKeyConstraint(["read_by_id"], ["officer.id"], name=op.f("fk_day_return_read_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_return")),
        sa.UniqueConstraint("key", name=op.f("uq_day_return_key")),
    )
    with op.batch_alter_table("day_return", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_day_return_inspection_id"), ["inspection_id"], unique=False)

    op.create_table(
        "inspection_member",
        sa.Column("inspection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("officer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_member_inspection_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_inspection_member_officer_id")),
        sa.PrimaryKeyConstraint("inspection_id", "officer_id", name=op.f("pk_inspection_member")),
    )
    with op.batch_alter_table("inspection_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_member_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "inspection_place",
        sa.Column("inspection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_code", sa.String(length=12), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_place_inspection_id")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_inspection_place_place_code")),
        sa.PrimaryKeyConstraint("inspection_id", "place_code", name=op.f("pk_inspection_place")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("inspection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "style", sa.Boolean(), nullable=False, comment="a problem of work style, R-5; otherwise of a household"
        ),
        sa.Column("term", sa.String(length=40), nullable=False, comment="key in the notice's list"),
        sa.Column(
            "office_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the town government that puts it right",
        ),
        sa.Column("place_code", sa.String(length=12), nullable=True, comment="the village"),
        sa.Column(
            "record_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="None when not on record",
        ),
        sa.Column(
            "source", sa.String(length=64), nullable=True, comment="digest of the line of a day list it came from"
        ),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("found_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("demand_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("returned_sealed", sa.LargeBinary(), nullable=True, comment="why it was sent back last"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["done_by_id"], ["officer.id"], name=op.f("fk_finding_done_by_id")),
        sa.ForeignKeyConstraint(["found_by_id"], ["officer.id"], name=op.f("fk_finding_found_by_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_finding_inspection_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_finding_office_id")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_finding_place_code")),
        sa.ForeignKeyConstraint(["record_id"], ["screening_record.id"], name=op.f("fk_finding_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("inspection_id", "source", name=op.f("uq_finding_inspection_id_source")),
        sa.UniqueConstraint("key", name=op.f("uq_finding_key")),
        sa.UniqueConstraint("number", name=op.f("uq_finding_number")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_found_by_id"), ["found_by_id"], unique=False)
        batch_op.create_index("ix_finding_owed", ["office_id", "state", "due_on"], unique=False)

    op.create_table(
        "finding_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("finding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(40), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("digest_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("filetype", sa.String(40), nullable=False),
        sa.Column("file", sa.String(length=32), nullable=False, comment="random name in the cabinet"),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["officer.id"], name=op.f("fk_finding_file_added_by_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_file_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_file")),
        sa.UniqueConstraint("file", name=op.f("uq_finding_file_file")),
        sa.UniqueConstraint("key", name=op.f("uq_finding_file_key")),
    )
    with op.batch_alter_table("finding_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_file_finding_id"), ["finding_id"], unique=False)

    op.create_table(
        "finding_lead",
        sa.Column("finding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_lead_finding_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_finding_lead_lead_id")),
        sa.PrimaryKeyConstraint("finding_id", "lead_id", name=op.f("pk_finding_lead")),
    )


def downgrade() -> None:
    op.drop_table("finding_lead")
    with op.batch_alter_table("finding_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_file_finding_id"))

    op.drop_table("finding_file")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index("ix_finding_owed")
        batch_op.drop_index(batch_op.f("ix_finding_found_by_id"))

    op.drop_table("finding")
    op.drop_table("inspection_place")
    with op.batch_alter_table("inspection_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_member_officer_id"))

    op.drop_table("inspection_member")
    with op.batch_alter_table("day_return", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_day_return_inspection_id"))

    op.drop_table("day_return")
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_leader_id"))

    op.drop_table("inspection")
