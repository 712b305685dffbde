"""Referrals and their milestones."""

import sqlalchemy as sa
from alembic import op

revision = "0003_referrals"
down_revision = "0002_leads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body", sa.String(40), nullable=False, comment="what the rule chose; `to` is the office that is it"),
        sa.Column("edition_digest", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("transfer", sa.String(40), nullable=False),
        sa.Column(
            "whole", sa.Boolean(), nullable=False, comment="carries the whole narrative, not only this person's part"
        ),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("redirect_to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "redirect_by_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="who asked; another agrees",
        ),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_for_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_for_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("disposition", sa.String(40), nullable=True),
        sa.Column(
            "disposed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when a disposition was first chosen",
        ),
        sa.Column(
            "verification_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="since when it is being verified, if it is",
        ),
        sa.Column("case_filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acceptance_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding", sa.String(length=40), nullable=True, comment="key in the notice's list of findings"),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recovered_fen", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True, comment="of the clock that runs out first"),
        sa.Column("due_clock", sa.String(length=20), nullable=True),
        sa.Column("receipt_no", sa.String(length=60), nullable=True, comment="of a body that receives on paper"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "state != 'handed_over' OR handed_over_at IS NOT NULL", name=op.f("ck_referral_handed_over_when_it_says_so")
        ),
        sa.CheckConstraint(
            "state NOT IN ('concluded', 'fed_back') OR finding IS NOT NULL",
            name=op.f("ck_referral_concluded_with_a_finding"),
        ),
        sa.ForeignKeyConstraint(["edition_digest"], ["edition.digest"], name=op.f("fk_referral_edition_digest")),
        sa.ForeignKeyConstraint(["from_id"], ["office.id"], name=op.f("fk_referral_from_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_referral_lead_id")),
        sa.ForeignKeyConstraint(["person_id"], ["implicated_person.id"], name=op.f("fk_referral_person_id")),
        sa.ForeignKeyConstraint(["redirect_by_id"], ["officer.id"], name=op.f("fk_referral_redirect_by_id")),
        sa.ForeignKeyConstraint(["redirect_to_id"], ["office.id"], name=op.f("fk_referral_redirect_to_id")),
        sa.ForeignKeyConstraint(["signed_for_by_id"], ["officer.id"], name=op.f("fk_referral_signed_for_by_id")),
        sa.ForeignKeyConstraint(["to_id"], ["office.id"], name=op.f("fk_referral_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("key", name=op.f("uq_referral_key")),
        sa.UniqueConstraint("number", name=op.f("uq_referral_number")),
        sa.UniqueConstraint("person_id", name=op.f("uq_referral_person_id")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index("ix_referral_body", ["to_id", "state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index("ix_referral_sender", ["from_id", "state", "due_on"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["officer.id"], name=op.f("fk_milestone_recorded_by_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_milestone_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("key", name=op.f("uq_milestone_key")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_referral_id"), ["referral_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_referral_id"))

    op.drop_table("milestone")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index("ix_referral_sender")
        batch_op.drop_index(batch_op.f("ix_referral_lead_id"))
        batch_op.drop_index(batch_op.f("ix_referral_from_id"))
        batch_op.drop_index("ix_referral_body")

    op.drop_table("referral")
