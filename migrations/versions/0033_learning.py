"""What is learnt: summaries of problems, improvements, and towns that answer for themselves with their files."""

import sqlalchemy as sa
from alembic import op

revision = "0033_learning"
down_revision = "0032_circulars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "town_action",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column(
            "office_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the town government",
        ),
        sa.Column("ground", sa.String(length=40), nullable=False, comment="a key of the notice"),
        sa.Column("measure", sa.String(length=40), nullable=False, comment="a key of the notice"),
        sa.Column("since", sa.Date(), nullable=False, comment="first day of the facts"),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False, comment="what the signals counted when it was proposed"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("doc_no", sa.String(length=60), nullable=True),
        sa.Column("demand_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("returned_sealed", sa.LargeBinary(), nullable=True, comment="why it was dropped, or sent back last"),
        sa.Column("closing_sealed", sa.LargeBinary(), nullable=True, comment="what was seen before it was closed"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('decided', 'answered', 'closed') OR doc_no IS NOT NULL",
            name=op.f("ck_town_action_under_a_number"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_town_action_office_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["officer.id"], name=op.f("fk_town_action_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_town_action")),
        sa.UniqueConstraint("key", name=op.f("uq_town_action_key")),
        sa.UniqueConstraint("number", name=op.f("uq_town_action_number")),
    )
    with op.batch_alter_table("town_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_town_action_office_id"), ["office_id"], unique=False)

    op.create_table(
        "action_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("action_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("digest_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("filetype", sa.String(40), nullable=False),
        sa.Column("file", sa.String(length=32), nullable=False, comment="random name in the cabinet"),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["town_action.id"], name=op.f("fk_action_file_action_id")),
        sa.ForeignKeyConstraint(["added_by_id"], ["officer.id"], name=op.f("fk_action_file_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_file")),
        sa.UniqueConstraint("file", name=op.f("uq_action_file_file")),
        sa.UniqueConstraint("key", name=op.f("uq_action_file_key")),
    )
    with op.batch_alter_table("action_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_file_action_id"), ["action_id"], unique=False)

    op.create_table(
        "issue_summary",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("notice", sa.String(length=40), nullable=False, comment="key of the notice"),
        sa.Column("edition_digest", sa.String(length=64), nullable=False, comment="whose words the figures are"),
        sa.Column("period", sa.String(length=10), nullable=False, comment="a month or a quarter"),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.String(), nullable=False, comment="every number, in the spelling of sealed months"),
        sa.Column(
            "digest", sa.String(length=64), nullable=False, comment="SHA-256 of the figures; the trail has it too"
        ),
        sa.Column("behind_sealed", sa.LargeBinary(), nullable=False, comment="what lies behind the numbers"),
        sa.Column("proposals_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("returned_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "state != 'confirmed' OR (confirmed_by_id IS NOT NULL AND confirmed_by_id != written_by_id)",
            name=op.f("ck_issue_summary_confirmed_by_two"),
        ),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["officer.id"], name=op.f("fk_issue_summary_confirmed_by_id")),
        sa.ForeignKeyConstraint(["edition_digest"], ["edition.digest"], name=op.f("fk_issue_summary_edition_digest")),
        sa.ForeignKeyConstraint(["written_by_id"], ["officer.id"], name=op.f("fk_issue_summary_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_summary")),
        sa.UniqueConstraint("key", name=op.f("uq_issue_summary_key")),
        sa.UniqueConstraint("notice", "period", name=op.f("uq_issue_summary_notice_period")),
    )
    op.create_table(
        "improvement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("sort", sa.String(40), nullable=False),
        sa.Column("place_code", sa.String(length=12), nullable=True, comment="the town it is about"),
        sa.Column(
            "found_sealed",
            sa.LargeBinary(),
            nullable=False,
            comment="what design misses, what was done, what is wanting",
        ),
        sa.Column(
            "proposal_sealed", sa.LargeBinary(), nullable=False, comment="what is proposed, why it works, how it is met"
        ),
        sa.Column("spread_to", sa.JSON(), nullable=False, comment="codes of the towns to which a practice is spread"),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("summary_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision_sealed", sa.LargeBinary(), nullable=True, comment="why it was declined"),
        sa.Column("done_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contract_no", sa.String(length=60), nullable=True, comment="of the service that was bought"),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "sort = 'policy' OR place_code IS NOT NULL", name=op.f("ck_improvement_a_town_where_it_is_about_one")
        ),
        sa.CheckConstraint(
            "since IS NULL OR until IS NULL OR since <= until", name=op.f("ck_improvement_days_have_an_order")
        ),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_improvement_place_code")),
        sa.ForeignKeyConstraint(["summary_id"], ["issue_summary.id"], name=op.f("fk_improvement_summary_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement")),
        sa.UniqueConstraint("key", name=op.f("uq_improvement_key")),
        sa.UniqueConstraint("number", name=op.f("uq_improvement_number")),
    )
    with op.batch_alter_table("improvement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_summary_id"), ["summary_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("improvement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_improvement_summary_id"))

    op.drop_table("improvement")
    op.drop_table("issue_summary")
    with op.batch_alter_table("action_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_file_action_id"))

    op.drop_table("action_file")
    with op.batch_alter_table("town_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_town_action_office_id"))

    op.drop_table("town_action")
