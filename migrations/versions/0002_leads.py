"""The ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0002_leads"
down_revision = "0001_office"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lead",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("registered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "received_at", sa.DateTime(timezone=True), nullable=False, comment="when the call ended or the letter came"
        ),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False, comment="key in the notice's list of channels"),
        sa.Column("named", sa.Boolean(), nullable=False, comment="true name and a reachable contact"),
        sa.Column("wants_secrecy", sa.Boolean(), nullable=False),
        sa.Column("wants_answer", sa.Boolean(), nullable=False),
        sa.Column("place_code", sa.String(length=12), nullable=True),
        sa.Column("town_code", sa.String(length=12), nullable=True),
        sa.Column("problems", sa.JSON(), nullable=False, comment="keys of the notice's problem types"),
        sa.Column("wrong_dibao", sa.JSON(), nullable=False, comment="keys of the notice's wrong-dibao types"),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("happened_from", sa.Date(), nullable=True),
        sa.Column("happened_until", sa.Date(), nullable=True),
        sa.Column("media", sa.Boolean(), nullable=False),
        sa.Column("leader_instruction", sa.Boolean(), nullable=False),
        sa.Column("major", sa.Boolean(), nullable=False),
        sa.Column("major_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("narrative_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("household_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("household_blind", sa.String(length=32), nullable=True),
        sa.Column("told_duty", sa.Boolean(), nullable=False, comment="the caller was told to keep to the truth"),
        sa.Column("read_back", sa.Boolean(), nullable=False, comment="the record was read back to the caller"),
        sa.Column("code_hash", sa.String(length=100), nullable=True, comment="of the spoken follow-up code"),
        sa.Column("walled", sa.Boolean(), nullable=False, comment="only officers with an `Access` row"),
        sa.Column(
            "sealed", sa.Boolean(), nullable=False, comment="only officers of the handling office are on the list"
        ),
        sa.Column(
            "handling_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the body that carries the whole",
        ),
        sa.Column("handed_over", sa.Boolean(), nullable=False, comment="all its persons are with their bodies"),
        sa.Column("submitted_as", sa.String(length=64), nullable=True, comment="one form, one lead"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint("state != 'stub' OR narrative_sealed IS NULL", name=op.f("ck_lead_a_stub_has_no_content")),
        sa.ForeignKeyConstraint(["handling_id"], ["office.id"], name=op.f("fk_lead_handling_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_lead_office_id")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_lead_place_code")),
        sa.ForeignKeyConstraint(["registered_by_id"], ["officer.id"], name=op.f("fk_lead_registered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
        sa.UniqueConstraint("key", name=op.f("uq_lead_key")),
        sa.UniqueConstraint("number", name=op.f("uq_lead_number")),
        sa.UniqueConstraint("submitted_as", name=op.f("uq_lead_submitted_as")),
    )
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lead_household_blind"), ["household_blind"], unique=False)
        batch_op.create_index("ix_lead_ledger", ["office_id", "id"], unique=False)
        batch_op.create_index("ix_lead_registered_at", ["registered_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_registered_by_id"), ["registered_by_id"], unique=False)
        batch_op.create_index("ix_lead_town", ["town_code", "id"], unique=False)

    op.create_table(
        "access",
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("officer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_access_lead_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_access_officer_id")),
        sa.PrimaryKeyConstraint("lead_id", "officer_id", name=op.f("pk_access")),
    )
    with op.batch_alter_table("access", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "access_office",
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_access_office_lead_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_access_office_office_id")),
        sa.PrimaryKeyConstraint("lead_id", "office_id", name=op.f("pk_access_office")),
    )
    op.create_table(
        "implicated_person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_blind", sa.String(length=32), nullable=True),
        sa.Column("sound_blind", sa.String(length=32), nullable=True),
        sa.Column("post_text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("allegation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("post", sa.String(length=60), nullable=True, comment="key in the notice's register of posts"),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("managed_by", sa.String(40), nullable=False),
        sa.Column("supervision_object", sa.String(40), nullable=False),
        sa.Column("party_member", sa.String(40), nullable=False),
        sa.Column("rank_class", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("organisation_level", sa.String(40), nullable=False),
        sa.Column("town_code", sa.String(length=12), nullable=True),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("crime_signs", sa.Boolean(), nullable=False),
        sa.Column("former", sa.Boolean(), nullable=False),
        sa.Column("deputy", sa.Boolean(), nullable=False),
        sa.Column("entrusted", sa.Boolean(), nullable=False),
        sa.Column("collusion", sa.Boolean(), nullable=False),
        sa.Column("namesake_cleared", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_implicated_person_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_implicated_person")),
        sa.UniqueConstraint("key", name=op.f("uq_implicated_person_key")),
    )
    with op.batch_alter_table("implicated_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_implicated_person_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_implicated_person_name_blind"), ["name_blind"], unique=False)
        batch_op.create_index(batch_op.f("ix_implicated_person_sound_blind"), ["sound_blind"], unique=False)

    op.create_table(
        "lead_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("narrative_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_version_lead_id")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["officer.id"], name=op.f("fk_lead_version_replaced_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_version")),
        sa.UniqueConstraint("key", name=op.f("uq_lead_version_key")),
    )
    with op.batch_alter_table("lead_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lead_version_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "opening",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("officer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_opening_lead_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_opening_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint("lead_id", "officer_id", "until", name=op.f("uq_opening_lead_id_officer_id_until")),
    )
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.create_index("ix_opening_who", ["officer_id", "lead_id"], unique=False)

    op.create_table(
        "reporter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("identity_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("relation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_blind", sa.String(length=32), nullable=True),
        sa.Column("phone_blind", sa.String(length=32), nullable=True),
        sa.Column("identity_blind", sa.String(length=32), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_reporter_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporter")),
        sa.UniqueConstraint("key", name=op.f("uq_reporter_key")),
        sa.UniqueConstraint("lead_id", name=op.f("uq_reporter_lead_id")),
    )
    with op.batch_alter_table("reporter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reporter_identity_blind"), ["identity_blind"], unique=False)
        batch_op.create_index(batch_op.f("ix_reporter_name_blind"), ["name_blind"], unique=False)
        batch_op.create_index(batch_op.f("ix_reporter_phone_blind"), ["phone_blind"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("reporter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reporter_phone_blind"))
        batch_op.drop_index(batch_op.f("ix_reporter_name_blind"))
        batch_op.drop_index(batch_op.f("ix_reporter_identity_blind"))

    op.drop_table("reporter")
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.drop_index("ix_opening_who")

    op.drop_table("opening")
    with op.batch_alter_table("lead_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lead_version_lead_id"))

    op.drop_table("lead_version")
    with op.batch_alter_table("implicated_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_implicated_person_sound_blind"))
        batch_op.drop_index(batch_op.f("ix_implicated_person_name_blind"))
        batch_op.drop_index(batch_op.f("ix_implicated_person_lead_id"))

    op.drop_table("implicated_person")
    op.drop_table("access_office")
    with op.batch_alter_table("access", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_officer_id"))

    op.drop_table("access")
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.drop_index("ix_lead_town")
        batch_op.drop_index(batch_op.f("ix_lead_registered_by_id"))
        batch_op.drop_index("ix_lead_registered_at")
        batch_op.drop_index("ix_lead_ledger")
        batch_op.drop_index(batch_op.f("ix_lead_household_blind"))

    op.drop_table("lead")
