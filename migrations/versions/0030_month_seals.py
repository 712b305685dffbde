"""Sealed months with what was corrected since; and under which notice a lead and a town's report are.

Until now there was one notice: what is in the database is its.
"""

import tomllib

import sqlalchemy as sa
from alembic import op

revision = "0030_month_seals"
down_revision = "0029_relatives"
branch_labels = None
depends_on = None

COMMENTS = {
    "lead": "key of the notice under which it was registered",
    "typical_case_report": "key of the notice under which it is owed",
}
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for table, comment in COMMENTS.items():
        op.add_column(table, sa.Column("notice", sa.String(40), nullable=False, server_default="", comment=comment))
        _is_of_the_one_notice(table)
    with op.batch_alter_table("typical_case_report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_typical_case_report_office_id_month"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_typical_case_report_notice_office_id_month"), ["notice", "office_id", "month"]
        )
    op.create_table(
        "month_seal",
        sa.Column("id", BIG, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(40), nullable=False, comment="key of the notice"),
        sa.Column("edition_digest", sa.String(64), nullable=False, comment="whose words the figures are"),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column(
            "standing", sa.String(60), nullable=True, comment="notice and month while asked or sealed: one for each"
        ),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.String(), nullable=False, comment="every number, in one canonical spelling"),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the figures; the trail has it too"),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", BIG, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(26), nullable=False),
        sa.CheckConstraint(
            "(state = 'declined') = (standing IS NULL)", name=op.f("ck_month_seal_declined_stands_no_more")
        ),
        sa.CheckConstraint(
            "state != 'sealed' OR decided_by_id != proposed_by_id", name=op.f("ck_month_seal_sealed_by_two")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["officer.id"], name=op.f("fk_month_seal_decided_by_id")),
        sa.ForeignKeyConstraint(["edition_digest"], ["edition.digest"], name=op.f("fk_month_seal_edition_digest")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["officer.id"], name=op.f("fk_month_seal_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_seal")),
        sa.UniqueConstraint("key", name=op.f("uq_month_seal_key")),
        sa.UniqueConstraint("standing", name=op.f("uq_month_seal_standing")),
    )
    op.create_table(
        "seal_correction",
        sa.Column("id", BIG, nullable=False),
        sa.Column("seal_id", BIG, nullable=False),
        sa.Column("figure", sa.String(80), nullable=False, comment="key of the figure"),
        sa.Column("span", sa.String(40), nullable=False),
        sa.Column("town", sa.String(12), nullable=False, comment="code of the town, or of the column"),
        sa.Column("was", sa.BigInteger(), nullable=False, comment="as sealed, or as last corrected; money in fen"),
        sa.Column("becomes", sa.BigInteger(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", BIG, nullable=False),
        sa.Column("key", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["entered_by_id"], ["officer.id"], name=op.f("fk_seal_correction_entered_by_id")),
        sa.ForeignKeyConstraint(["seal_id"], ["month_seal.id"], name=op.f("fk_seal_correction_seal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_correction")),
        sa.UniqueConstraint("key", name=op.f("uq_seal_correction_key")),
    )
    with op.batch_alter_table("seal_correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seal_correction_seal_id"), ["seal_id"], unique=False)


def _is_of_the_one_notice(table: str) -> None:
    """Write down whose the rows are that were there before."""
    text = op.get_bind().scalar(sa.text("SELECT text FROM edition ORDER BY published_at LIMIT 1"))
    if text is not None:
        key = tomllib.loads(text)["notice"]["key"]
        op.execute(sa.table(table, sa.column("notice", sa.String)).update().values(notice=key))


def downgrade() -> None:
    op.drop_table("seal_correction")
    op.drop_table("month_seal")
    with op.batch_alter_table("typical_case_report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_typical_case_report_notice_office_id_month"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_typical_case_report_office_id_month"), ["office_id", "month"])
        batch_op.drop_column("notice")
    op.drop_column("lead", "notice")
