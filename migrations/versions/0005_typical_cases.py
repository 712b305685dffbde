"""Typical cases by month."""

import sqlalchemy as sa
from alembic import op

revision = "0005_typical_cases"
down_revision = "0004_supervision"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "typical_case_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("nil", sa.Boolean(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("signatory", sa.String(length=40), nullable=False, comment="who signed for the town"),
        sa.Column("first_filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "filing", sa.Integer(), nullable=False, comment="how often it was filed; the cases of earlier filings stay"
        ),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["filed_by_id"], ["officer.id"], name=op.f("fk_typical_case_report_filed_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_typical_case_report_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typical_case_report")),
        sa.UniqueConstraint("key", name=op.f("uq_typical_case_report_key")),
        sa.UniqueConstraint("office_id", "month", name=op.f("uq_typical_case_report_office_id_month")),
    )
    with op.batch_alter_table("typical_case_report", schema=None) as batch_op:
        batch_op.create_index("ix_typical_case_report_filed", ["first_filed_at"], unique=False)
    op.create_table(
        "typical_case",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("filing", sa.Integer(), nullable=False, comment="with which filing of the report it came"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("person_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False, comment="key in the notice's list of origins"),
        sa.Column("problem", sa.String(length=40), nullable=False, comment="key in the notice's problem types"),
        sa.Column("rank_class", sa.String(length=40), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("sanction", sa.String(length=80), nullable=True),
        sa.Column("recovered_fen", sa.Integer(), nullable=True),
        sa.Column("analysis_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["typical_case_report.id"], name=op.f("fk_typical_case_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typical_case")),
        sa.UniqueConstraint("key", name=op.f("uq_typical_case_key")),
    )
    with op.batch_alter_table("typical_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_typical_case_report_id"), ["report_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("typical_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_typical_case_report_id"))

    op.drop_table("typical_case")
    with op.batch_alter_table("typical_case_report", schema=None) as batch_op:
        batch_op.drop_index("ix_typical_case_report_filed")

    op.drop_table("typical_case_report")
