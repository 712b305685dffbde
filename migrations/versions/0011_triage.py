"""What triage keeps of a lead, which report a lead repeats, and where a withdrawn referral stood."""

import sqlalchemy as sa
from alembic import op

revision = "0011_triage"
down_revision = "0010_eligibility"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _add_primary()
    op.add_column(
        "referral",
        sa.Column("withdrawn_from", sa.String(40), nullable=True, comment="where it stood when it was withdrawn"),
    )
    op.create_table(
        "call_back",
        sa.Column("id", BIG, nullable=False),
        sa.Column("lead_id", BIG, nullable=False),
        sa.Column("question_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", BIG, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", BIG, nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["officer.id"], name=op.f("fk_call_back_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["officer.id"], name=op.f("fk_call_back_asked_by_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_call_back_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_back")),
        sa.UniqueConstraint("key", name=op.f("uq_call_back_key")),
        sa.UniqueConstraint("lead_id", name=op.f("uq_call_back_lead_id")),
    )
    op.create_table(
        "filing",
        sa.Column("id", BIG, nullable=False),
        sa.Column("lead_id", BIG, nullable=False),
        sa.Column(
            "retention", sa.String(length=40), nullable=False, comment="key in the notice's classes of retention"
        ),
        sa.Column("file_no_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_by_id", BIG, nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["filed_by_id"], ["officer.id"], name=op.f("fk_filing_filed_by_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_filing_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
        sa.UniqueConstraint("key", name=op.f("uq_filing_key")),
    )
    op.create_index(op.f("ix_filing_lead_id"), "filing", ["lead_id"], unique=False)
    op.create_table(
        "passed_on",
        sa.Column("id", BIG, nullable=False),
        sa.Column("lead_id", BIG, nullable=False),
        sa.Column("to_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passed_by_id", BIG, nullable=False),
        sa.Column("receipt_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("receipt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_passed_on_lead_id")),
        sa.ForeignKeyConstraint(["passed_by_id"], ["officer.id"], name=op.f("fk_passed_on_passed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_on")),
        sa.UniqueConstraint("key", name=op.f("uq_passed_on_key")),
    )
    op.create_index(op.f("ix_passed_on_lead_id"), "passed_on", ["lead_id"], unique=False)
    op.create_table(
        "refusal",
        sa.Column("id", BIG, nullable=False),
        sa.Column("lead_id", BIG, nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False, comment="key in the notice's list of reasons"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", BIG, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=True, comment="what was decided; nothing while it is open"),
        sa.Column("notice_due_on", sa.Date(), nullable=True, comment="by when the named reporter is to be told"),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_how_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["officer.id"], name=op.f("fk_refusal_decided_by_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_refusal_lead_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["officer.id"], name=op.f("fk_refusal_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal")),
        sa.UniqueConstraint("key", name=op.f("uq_refusal_key")),
    )
    op.create_index(op.f("ix_refusal_lead_id"), "refusal", ["lead_id"], unique=False)


def _add_primary() -> None:
    if op.get_bind().dialect.name == "sqlite":  # without copying the ledger, as adding a constraint would
        op.execute("ALTER TABLE lead ADD COLUMN primary_id INTEGER CONSTRAINT fk_lead_primary_id REFERENCES lead (id)")
    else:
        words = "the first report (初次件) of which this one is a repeat (重复件)"
        op.add_column("lead", sa.Column("primary_id", BIG, nullable=True, comment=words))
        op.create_foreign_key("fk_lead_primary_id", "lead", "lead", ["primary_id"], ["id"])
    op.create_index("ix_lead_primary_id", "lead", ["primary_id"], unique=False)


def downgrade() -> None:
    for table in ("refusal", "passed_on", "filing", "call_back"):
        op.drop_table(table)
    op.drop_column("referral", "withdrawn_from")
    op.drop_index("ix_lead_primary_id", table_name="lead")
    op.drop_column("lead", "primary_id")
