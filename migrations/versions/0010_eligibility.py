"""Eligibility reviews: items, checks, opinions."""

import sqlalchemy as sa
from alembic import op

revision = "0010_eligibility"
down_revision = "0009_duty"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "eligibility_review",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("matter_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("whole", sa.Boolean(), nullable=False, comment="the lead is this petition and nothing else"),
        sa.Column("handler_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True, comment="who forwarded it"
        ),
        sa.Column("edition_digest", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forwarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "told_at", sa.DateTime(timezone=True), nullable=True, comment="the petitioner was told what became of it"
        ),
        sa.Column("refusal", sa.String(length=40), nullable=True, comment="key in the notice's reasons"),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "more_time_asked_at", sa.DateTime(timezone=True), nullable=True, comment="waits for the head of the office"
        ),
        sa.Column("more_time_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extension_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("executed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("executed", sa.String(40), nullable=True),
        sa.Column("doc_no", sa.String(length=60), nullable=True),
        sa.Column("effective_from", sa.String(7), nullable=True),
        sa.Column("change_fen", sa.BigInteger(), nullable=True, comment="of the monthly amount"),
        sa.Column("second_asked_on", sa.Date(), nullable=True),
        sa.Column("last_asked_on", sa.Date(), nullable=True),
        sa.Column("hearing_days", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True, comment="of the clock that an office must stop first"),
        sa.Column("due_clock", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "(executed IS NULL) = (doc_no IS NULL)", name=op.f("ck_eligibility_review_executed_under_a_number")
        ),
        sa.ForeignKeyConstraint(
            ["edition_digest"], ["edition.digest"], name=op.f("fk_eligibility_review_edition_digest")
        ),
        sa.ForeignKeyConstraint(["from_id"], ["office.id"], name=op.f("fk_eligibility_review_from_id")),
        sa.ForeignKeyConstraint(["handler_id"], ["office.id"], name=op.f("fk_eligibility_review_handler_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_eligibility_review_lead_id")),
        sa.ForeignKeyConstraint(["person_id"], ["implicated_person.id"], name=op.f("fk_eligibility_review_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_review")),
        sa.UniqueConstraint("key", name=op.f("uq_eligibility_review_key")),
        sa.UniqueConstraint("lead_id", "person_id", name=op.f("uq_eligibility_review_lead_id_person_id")),
        sa.UniqueConstraint("number", name=op.f("uq_eligibility_review_number")),
    )
    with op.batch_alter_table("eligibility_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_eligibility_review_from_id"), ["from_id"], unique=False)
        batch_op.create_index("ix_eligibility_review_handler", ["handler_id", "state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_eligibility_review_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "opinion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("basis_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["officer.id"], name=op.f("fk_opinion_decided_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_opinion_office_id")),
        sa.ForeignKeyConstraint(["review_id"], ["eligibility_review.id"], name=op.f("fk_opinion_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint("key", name=op.f("uq_opinion_key")),
        sa.UniqueConstraint("review_id", "stage", name=op.f("uq_opinion_review_id_stage")),
    )
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinion_review_id"), ["review_id"], unique=False)

    op.create_table(
        "petition_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["eligibility_review.id"], name=op.f("fk_petition_item_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_item")),
        sa.UniqueConstraint("key", name=op.f("uq_petition_item_key")),
    )
    with op.batch_alter_table("petition_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_petition_item_review_id"), ["review_id"], unique=False)

    op.create_table(
        "review_check",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("report_no", sa.String(length=60), nullable=True),
        sa.Column("visitors_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("found_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["officer.id"], name=op.f("fk_review_check_recorded_by_id")),
        sa.ForeignKeyConstraint(["review_id"], ["eligibility_review.id"], name=op.f("fk_review_check_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_check")),
        sa.UniqueConstraint("key", name=op.f("uq_review_check_key")),
    )
    with op.batch_alter_table("review_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_check_review_id"), ["review_id"], unique=False)

    op.create_table(
        "item_opinion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opinion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stand", sa.String(40), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["petition_item.id"], name=op.f("fk_item_opinion_item_id")),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"], name=op.f("fk_item_opinion_opinion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_opinion")),
        sa.UniqueConstraint("key", name=op.f("uq_item_opinion_key")),
    )
    with op.batch_alter_table("item_opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_opinion_opinion_id"), ["opinion_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("item_opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_opinion_opinion_id"))

    op.drop_table("item_opinion")
    with op.batch_alter_table("review_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_check_review_id"))

    op.drop_table("review_check")
    with op.batch_alter_table("petition_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_petition_item_review_id"))

    op.drop_table("petition_item")
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opinion_review_id"))

    op.drop_table("opinion")
    with op.batch_alter_table("eligibility_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_eligibility_review_lead_id"))
        batch_op.drop_index("ix_eligibility_review_handler")
        batch_op.drop_index(batch_op.f("ix_eligibility_review_from_id"))

    op.drop_table("eligibility_review")
