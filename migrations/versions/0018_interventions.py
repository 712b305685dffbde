"""Who asked about a case or pleaded in it."""

import sqlalchemy as sa
from alembic import op

revision = "0018_interventions"
down_revision = "0017_leaving"
branch_labels = None
depends_on = None


def big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "intervention",
        sa.Column("id", big(), nullable=False),
        sa.Column("lead_id", big(), nullable=False),
        sa.Column("referral_id", big(), nullable=True, comment="None: of the lead"),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_blind", sa.String(length=32), nullable=False),
        sa.Column("sound_blind", sa.String(length=32), nullable=False),
        sa.Column("post_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "manner", sa.String(length=40), nullable=False, comment="key in the notice's manners of intervention"
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", big(), nullable=False),
        sa.Column("office_id", big(), nullable=False, comment="where it was recorded"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_intervention_lead_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_intervention_office_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["officer.id"], name=op.f("fk_intervention_recorded_by_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_intervention_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
        sa.UniqueConstraint("key", name=op.f("uq_intervention_key")),
    )
    for column in ("lead_id", "name_blind", "referral_id", "sound_blind"):
        op.create_index(op.f(f"ix_intervention_{column}"), "intervention", [column], unique=False)


def downgrade() -> None:
    op.drop_table("intervention")
