"""Standing aside: recusals, lifts, who decides; relatives vouched for; principals; raises."""

import sqlalchemy as sa
from alembic import op

revision = "0009_duty"
down_revision = "0008_notes"
branch_labels = None
depends_on = None


def big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _recusals()
    _lifts()
    with op.batch_alter_table("kin") as kin:
        kin.add_column(sa.Column("state", sa.String(40), nullable=False, server_default="confirmed"))
        kin.add_column(sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True))
        kin.add_column(sa.Column("decided_by_id", big(), nullable=True, comment="the second person"))
        kin.create_foreign_key(op.f("fk_kin_decided_by_id"), "officer", ["decided_by_id"], ["id"])
    with op.batch_alter_table("kin") as kin:
        kin.alter_column("state", server_default=None)
    op.add_column(
        "officer",
        sa.Column(
            "heads", sa.Boolean(), nullable=False, server_default=sa.false(), comment="is the principal of the office"
        ),
    )
    op.add_column(
        "referral",
        sa.Column(
            "raised_from",
            sa.JSON(),
            nullable=False,
            server_default="[]",
            comment="bodies that were passed over, in order",
        ),
    )
    op.add_column(
        "referral",
        sa.Column(
            "raised_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when it was last raised after registration",
        ),
    )


def _recusals() -> None:
    op.create_table(
        "recusal",
        sa.Column("id", big(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("lead_id", big(), nullable=False),
        sa.Column("officer_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("officer_blind", sa.String(length=32), nullable=False),
        sa.Column("ground_sealed", sa.LargeBinary(), nullable=False, comment="key in the notice's grounds of recusal"),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("for_reporter", sa.Boolean(), nullable=False, comment="asked on behalf of the reporter"),
        sa.Column("asked_by_id", big(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["officer.id"], name=op.f("fk_recusal_asked_by_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_recusal_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
        sa.UniqueConstraint("key", name=op.f("uq_recusal_key")),
    )
    op.create_index(op.f("ix_recusal_lead_id"), "recusal", ["lead_id"], unique=False)
    op.create_index(op.f("ix_recusal_officer_blind"), "recusal", ["officer_blind"], unique=False)
    op.create_table(
        "recusal_hand",
        sa.Column("recusal_id", big(), nullable=False),
        sa.Column("officer_id", big(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_recusal_hand_officer_id")),
        sa.ForeignKeyConstraint(["recusal_id"], ["recusal.id"], name=op.f("fk_recusal_hand_recusal_id")),
        sa.PrimaryKeyConstraint("recusal_id", "officer_id", name=op.f("pk_recusal_hand")),
    )
    op.create_index(op.f("ix_recusal_hand_officer_id"), "recusal_hand", ["officer_id"], unique=False)


def _lifts() -> None:
    op.create_table(
        "lift",
        sa.Column("id", big(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("lead_id", big(), nullable=False),
        sa.Column("officer_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("officer_blind", sa.String(length=32), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("office_id", big(), nullable=False, comment="of the two who decide"),
        sa.Column("asked_by_id", big(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["officer.id"], name=op.f("fk_lift_asked_by_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lift_lead_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_lift_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lift")),
        sa.UniqueConstraint("key", name=op.f("uq_lift_key")),
    )
    op.create_index(op.f("ix_lift_lead_id"), "lift", ["lead_id"], unique=False)
    op.create_index(op.f("ix_lift_officer_blind"), "lift", ["officer_blind"], unique=False)


def downgrade() -> None:
    op.drop_column("referral", "raised_at")
    op.drop_column("referral", "raised_from")
    op.drop_column("officer", "heads")
    with op.batch_alter_table("kin") as kin:
        kin.drop_constraint(op.f("fk_kin_decided_by_id"), type_="foreignkey")
        kin.drop_column("decided_by_id")
        kin.drop_column("declared_at")
        kin.drop_column("state")
    op.drop_table("lift")
    op.drop_table("recusal_hand")
    op.drop_table("recusal")
