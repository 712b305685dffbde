"""Leads taken as one matter, and leads that hang together."""

import sqlalchemy as sa
from alembic import op

revision = "0021_bundles"
down_revision = "0020_sampling"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("undone_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "bundle",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("primary_id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("bundled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bundled_by_id", BIG, nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", BIG, nullable=True),
        sa.Column("undo_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "(state = 'undone') = (undone_at IS NOT NULL)", name=op.f("ck_bundle_undone_when_it_says_so")
        ),
        sa.ForeignKeyConstraint(["bundled_by_id"], ["officer.id"], name=op.f("fk_bundle_bundled_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_bundle_office_id")),
        sa.ForeignKeyConstraint(["primary_id"], ["lead.id"], name=op.f("fk_bundle_primary_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["officer.id"], name=op.f("fk_bundle_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
        sa.UniqueConstraint("key", name=op.f("uq_bundle_key")),
        sa.UniqueConstraint("number", name=op.f("uq_bundle_number")),
    )
    op.create_index(op.f("ix_bundle_primary_id"), "bundle", ["primary_id"], unique=False)
    op.create_index(
        "uq_bundle_one_at_a_time", "bundle", ["primary_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_table(
        "lead_link",
        sa.Column("id", BIG, nullable=False),
        sa.Column("one_id", BIG, nullable=False),
        sa.Column("other_id", BIG, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False, comment="of `one`, seen from it"),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by_id", BIG, nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", BIG, nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint("one_id != other_id", name=op.f("ck_lead_link_not_with_itself")),
        sa.ForeignKeyConstraint(["linked_by_id"], ["officer.id"], name=op.f("fk_lead_link_linked_by_id")),
        sa.ForeignKeyConstraint(["one_id"], ["lead.id"], name=op.f("fk_lead_link_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["lead.id"], name=op.f("fk_lead_link_other_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["officer.id"], name=op.f("fk_lead_link_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_link")),
        sa.UniqueConstraint("key", name=op.f("uq_lead_link_key")),
    )
    op.create_index(op.f("ix_lead_link_one_id"), "lead_link", ["one_id"], unique=False)
    op.create_index(op.f("ix_lead_link_other_id"), "lead_link", ["other_id"], unique=False)
    op.create_table(
        "bundle_member",
        sa.Column("id", BIG, nullable=False),
        sa.Column("bundle_id", BIG, nullable=False),
        sa.Column("lead_id", BIG, nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_by_id", BIG, nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False, comment="what it had in common with the first report"),
        sa.Column("withdrawn", sa.JSON(), nullable=False, comment="keys of the referrals that were taken back"),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bundle_id"], ["bundle.id"], name=op.f("fk_bundle_member_bundle_id")),
        sa.ForeignKeyConstraint(["joined_by_id"], ["officer.id"], name=op.f("fk_bundle_member_joined_by_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_bundle_member_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_member")),
    )
    op.create_index(op.f("ix_bundle_member_bundle_id"), "bundle_member", ["bundle_id"], unique=False)
    op.create_index(
        "uq_bundle_member_one_at_a_time",
        "bundle_member",
        ["lead_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    for table in ("bundle_member", "lead_link", "bundle"):
        op.drop_table(table)
