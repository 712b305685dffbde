"""Supervised cases to the full: interim reports, instructions, joint bodies, who answers, what a result must say."""

import sqlalchemy as sa
from alembic import op

revision = "0012_supervision_in_full"
down_revision = "0011_triage"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPROVED = (
    "letter_no IS NULL OR state NOT IN ('result_reported', 'result_accepted', 'released') OR (evidence_sealed"
    " IS NOT NULL AND discussed_on IS NOT NULL AND approved_on IS NOT NULL AND principal_sealed IS NOT NULL)"
)


def upgrade() -> None:
    with op.batch_alter_table("supervised_case", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("reason_sealed", sa.LargeBinary(), nullable=True, comment="why it was proposed by hand")
        )
        batch_op.add_column(
            sa.Column("letter_no", sa.String(length=40), nullable=True, comment="督办通知书; none before it is opened")
        )
        batch_op.add_column(
            sa.Column("persons_dealt", sa.Integer(), nullable=True, comment="how many people were dealt with")
        )
        batch_op.add_column(sa.Column("dealt_with_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("recovered_fen", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("replied_on", sa.Date(), nullable=True, comment="when the public was answered"))
        batch_op.add_column(sa.Column("reply_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "evidence_sealed",
                sa.LargeBinary(),
                nullable=True,
                comment="number of the paper that proves the result",
            )
        )
        batch_op.add_column(sa.Column("discussed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("discussion_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("approved_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("principal_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "missing",
                sa.JSON(),
                nullable=False,
                server_default="[]",
                comment="what the result that came back lacked",
            )
        )
        batch_op.create_unique_constraint(batch_op.f("uq_supervised_case_letter_no"), ["letter_no"])
        batch_op.create_check_constraint(
            batch_op.f("ck_supervised_case_no_result_without_evidence_and_approval"), APPROVED
        )
    with op.batch_alter_table("supervised_case", schema=None) as batch_op:
        batch_op.alter_column("missing", existing_type=sa.JSON(), existing_nullable=False, server_default=None)
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("next_on", sa.Date(), nullable=True, comment="when whoever supervises looks again")
        )

    op.create_table(
        "interim_report",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_by_id", BIG, nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True, comment="why it was sent back"),
        sa.Column("urged_at", sa.DateTime(timezone=True), nullable=True, comment="when the clock asked for it"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "state IN ('owed', 'waived') OR text_sealed IS NOT NULL", name=op.f("ck_interim_report_filed_with_words")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["supervised_case.id"], name=op.f("fk_interim_report_case_id")),
        sa.ForeignKeyConstraint(["filed_by_id"], ["officer.id"], name=op.f("fk_interim_report_filed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interim_report")),
        sa.UniqueConstraint("key", name=op.f("uq_interim_report_key")),
    )
    op.create_index(op.f("ix_interim_report_case_id"), "interim_report", ["case_id"], unique=False)

    op.create_table(
        "instruction",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("who_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "document_sealed", sa.LargeBinary(), nullable=True, comment="number or evidence reference of the paper"
        ),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["supervised_case.id"], name=op.f("fk_instruction_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction")),
        sa.UniqueConstraint("key", name=op.f("uq_instruction_key")),
    )
    op.create_index(op.f("ix_instruction_case_id"), "instruction", ["case_id"], unique=False)

    op.create_table(
        "joint_body",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["supervised_case.id"], name=op.f("fk_joint_body_case_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_joint_body_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_body")),
        sa.UniqueConstraint("case_id", "office_id", name=op.f("uq_joint_body_case_id_office_id")),
    )
    op.create_index(op.f("ix_joint_body_case_id"), "joint_body", ["case_id"], unique=False)
    op.create_index(op.f("ix_joint_body_office_id"), "joint_body", ["office_id"], unique=False)

    op.create_table(
        "case_officer",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("officer_id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False, comment="where they sat when they were named"),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["supervised_case.id"], name=op.f("fk_case_officer_case_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_case_officer_officer_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_case_officer_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_officer")),
        sa.UniqueConstraint("key", name=op.f("uq_case_officer_key")),
    )
    op.create_index(op.f("ix_case_officer_case_id"), "case_officer", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_officer_officer_id"), "case_officer", ["officer_id"], unique=False)


def downgrade() -> None:
    for table in ("case_officer", "joint_body", "instruction", "interim_report"):
        op.drop_table(table)
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_column("next_on")
    with op.batch_alter_table("supervised_case", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_supervised_case_no_result_without_evidence_and_approval"), type_="check"
        )
        batch_op.drop_constraint(batch_op.f("uq_supervised_case_letter_no"), type_="unique")
        for column in (
            "missing",
            "principal_sealed",
            "approved_on",
            "discussion_sealed",
            "discussed_on",
            "evidence_sealed",
            "reply_sealed",
            "replied_on",
            "recovered_fen",
            "dealt_with_sealed",
            "persons_dealt",
            "letter_no",
            "reason_sealed",
        ):
            batch_op.drop_column(column)
