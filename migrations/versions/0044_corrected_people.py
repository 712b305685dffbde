"""People of a lead as they stood before their facts were corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0044_corrected_people"
down_revision = "0043_ledger_counts"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FACTS = ("kind", "managed_by", "supervision_object", "party_member", "rank_class", "unit", "organisation_level")
MARKS = ("crime_signs", "former", "deputy", "entrusted", "collusion", "namesake_cleared")


def upgrade() -> None:
    op.create_table(
        "person_version",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key", sa.String(26), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_by_id", BIG, nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("matter_town_code", sa.String(12), comment="where the lead said that it happened"),
        sa.Column("matter_place_code", sa.String(12)),
        sa.Column("name_sealed", sa.LargeBinary()),
        sa.Column("name_blind", sa.String(32)),
        sa.Column("sound_blind", sa.String(32)),
        sa.Column("post_text_sealed", sa.LargeBinary()),
        sa.Column("allegation_sealed", sa.LargeBinary()),
        sa.Column("post", sa.String(60), comment="key in the notice's register of posts"),
        *(sa.Column(fact, sa.String(40), nullable=False) for fact in FACTS),
        sa.Column("town_code", sa.String(12)),
        sa.Column("village_code", sa.String(12)),
        *(sa.Column(mark, sa.Boolean(), nullable=False) for mark in MARKS),
        sa.ForeignKeyConstraint(
            ["person_id"], ["implicated_person.id"], name=op.f("fk_person_version_person_id_implicated_person")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["officer.id"], name=op.f("fk_person_version_replaced_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_version")),
        sa.UniqueConstraint("key", name=op.f("uq_person_version_key")),
    )
    for column in ("person_id", "name_blind", "sound_blind"):
        op.create_index(f"ix_person_version_{column}", "person_version", [column])


def downgrade() -> None:
    op.drop_table("person_version")
