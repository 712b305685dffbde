"""Leave and substitutes, the hand-over of those who leave, and who works on a referral."""

import sqlalchemy as sa
from alembic import op

revision = "0017_leaving"
down_revision = "0016_letters"
branch_labels = None
depends_on = None


def big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "leave",
        sa.Column("id", big(), nullable=False),
        sa.Column("officer_id", big(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("substitute_id", big(), nullable=True, comment="None when there is nobody"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_leave_officer_id")),
        sa.ForeignKeyConstraint(["substitute_id"], ["officer.id"], name=op.f("fk_leave_substitute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
        sa.UniqueConstraint("key", name=op.f("uq_leave_key")),
    )
    op.create_index(op.f("ix_leave_officer_id"), "leave", ["officer_id"], unique=False)
    op.create_table(
        "leaving",
        sa.Column("id", big(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("officer_id", big(), nullable=False),
        sa.Column("office_id", big(), nullable=False, comment="the office that is left"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_leaving_office_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_leaving_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaving")),
        sa.UniqueConstraint("key", name=op.f("uq_leaving_key")),
    )
    op.create_index(op.f("ix_leaving_office_id"), "leaving", ["office_id"], unique=False)
    op.create_index(op.f("ix_leaving_officer_id"), "leaving", ["officer_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":  # a table that others refer to cannot be made anew
        op.execute("ALTER TABLE referral ADD COLUMN held_by_id INTEGER REFERENCES officer (id)")
    else:
        op.add_column("referral", sa.Column("held_by_id", big(), nullable=True, comment="who works on it there"))
        op.create_foreign_key(op.f("fk_referral_held_by_id"), "referral", "officer", ["held_by_id"], ["id"])
    op.execute("UPDATE referral SET held_by_id = signed_for_by_id")


def downgrade() -> None:
    with op.batch_alter_table("referral") as referral:
        referral.drop_column("held_by_id")
    op.drop_table("leaving")
    op.drop_table("leave")
