"""Ways back, the body's own work, longer time, and what goes beside a referral."""

import sqlalchemy as sa
from alembic import op

revision = "0022_handling"
down_revision = "0021_bundles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asking",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("errand", sa.String(40), nullable=False),
        sa.Column(
            "body_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the body that had it then",
        ),
        sa.Column(
            "cause", sa.String(length=40), nullable=True, comment="key in the notice's duties that a return rests on"
        ),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("endorsed_at", sa.DateTime(timezone=True), nullable=True, comment="by the principal of the body"),
        sa.Column("endorsed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "(agreed IS NULL) = (answered_at IS NULL)", name=op.f("ck_asking_answered_one_way_or_the_other")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["officer.id"], name=op.f("fk_asking_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["officer.id"], name=op.f("fk_asking_asked_by_id")),
        sa.ForeignKeyConstraint(["body_id"], ["office.id"], name=op.f("fk_asking_body_id")),
        sa.ForeignKeyConstraint(["endorsed_by_id"], ["officer.id"], name=op.f("fk_asking_endorsed_by_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_asking_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asking")),
        sa.UniqueConstraint("key", name=op.f("uq_asking_key")),
    )
    with op.batch_alter_table("asking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asking_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "disposition_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "body_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the body that chose it",
        ),
        sa.Column("disposition", sa.String(40), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("manner", sa.String(40), nullable=True),
        sa.Column(
            "happened_on", sa.Date(), nullable=True, comment="of the talk, the letter's receipt, or the approval"
        ),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("cause", sa.String(length=40), nullable=True, comment="key in the notice's reasons to close"),
        sa.Column("approver_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["office.id"], name=op.f("fk_disposition_record_body_id")),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["officer.id"], name=op.f("fk_disposition_record_chosen_by_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_disposition_record_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition_record")),
        sa.UniqueConstraint("key", name=op.f("uq_disposition_record_key")),
    )
    with op.batch_alter_table("disposition_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disposition_record_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "extension",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("clock", sa.String(length=20), nullable=False, comment="its name in the notice"),
        sa.Column("began_on", sa.Date(), nullable=False, comment="when the clock began that is lengthened"),
        sa.Column("before_on", sa.Date(), nullable=False),
        sa.Column("after_on", sa.Date(), nullable=False),
        sa.Column("tells_reporter", sa.Boolean(), nullable=False, comment="a named reporter must hear of it"),
        sa.Column(
            "office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="who asks"
        ),
        sa.Column(
            "decider_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="where somebody else decides",
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL)", name=op.f("ck_extension_decided_when_it_says_so")
        ),
        sa.CheckConstraint("after_on > before_on", name=op.f("ck_extension_longer_than_before")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["officer.id"], name=op.f("fk_extension_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["officer.id"], name=op.f("fk_extension_decided_by_id")),
        sa.ForeignKeyConstraint(["decider_id"], ["office.id"], name=op.f("fk_extension_decider_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_extension_office_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_extension_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        sa.UniqueConstraint("key", name=op.f("uq_extension_key")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extension_decider_id"), ["decider_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_extension_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_extension_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "slip",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=50), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("slip_kind", sa.String(40), nullable=False),
        sa.Column("referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shows_person", sa.Boolean(), nullable=False, comment="the helper may read this person's part"),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("receipt_no", sa.String(length=60), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("task_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False, comment="its latest line in the trail"),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.CheckConstraint(
            "slip_kind != 'help' OR (task_sealed IS NOT NULL AND due_on IS NOT NULL)",
            name=op.f("ck_slip_help_has_a_task"),
        ),
        sa.CheckConstraint(
            "state != 'answered' OR answer_sealed IS NOT NULL", name=op.f("ck_slip_answered_with_words")
        ),
        sa.ForeignKeyConstraint(["from_id"], ["office.id"], name=op.f("fk_slip_from_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_slip_referral_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["officer.id"], name=op.f("fk_slip_signed_by_id")),
        sa.ForeignKeyConstraint(["to_id"], ["office.id"], name=op.f("fk_slip_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip")),
        sa.UniqueConstraint("key", name=op.f("uq_slip_key")),
        sa.UniqueConstraint("number", name=op.f("uq_slip_number")),
    )
    with op.batch_alter_table("slip", schema=None) as batch_op:
        batch_op.create_index("ix_slip_desk", ["to_id", "state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_slip_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_slip_referral_id"), ["referral_id"], unique=False)

    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "body_id",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                nullable=True,
                comment="the body that reached it",
            )
        )
        batch_op.add_column(sa.Column("step", sa.String(40), nullable=False, server_default="other"))
    op.execute("UPDATE milestone SET body_id = (SELECT to_id FROM referral WHERE referral.id = milestone.referral_id)")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.alter_column("body_id", existing_type=sa.BigInteger(), nullable=False)
        batch_op.alter_column("step", existing_type=sa.String(40), server_default=None)
        batch_op.create_foreign_key(batch_op.f("fk_milestone_body_id"), "office", ["body_id"], ["id"])

    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pending", sa.String(40), nullable=True))
        batch_op.add_column(
            sa.Column(
                "pending_by_id",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                nullable=True,
                comment="who asked; another answers",
            )
        )
        batch_op.add_column(
            sa.Column(
                "arbiter_id",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                nullable=True,
                comment="who decides finally after the second return",
            )
        )
        batch_op.add_column(
            sa.Column(
                "days",
                sa.JSON(),
                nullable=False,
                server_default="{}",
                comment="what has happened inside the body, under the words the clocks know",
            )
        )
        batch_op.add_column(
            sa.Column("extended", sa.JSON(), nullable=False, server_default="[]", comment="clocks that were lengthened")
        )
        batch_op.add_column(
            sa.Column("review_on", sa.Date(), nullable=True, comment="when what is kept pending is looked at again")
        )
        batch_op.add_column(
            sa.Column(
                "moved_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="when its body last did something with it",
            )
        )
    op.execute(
        "UPDATE referral SET moved_at = COALESCE((SELECT MAX(recorded_at) FROM milestone"
        " WHERE milestone.referral_id = referral.id), verification_at, disposed_at)"
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.alter_column("days", existing_type=sa.JSON(), server_default=None)
        batch_op.alter_column("extended", existing_type=sa.JSON(), server_default=None)
        batch_op.create_foreign_key(batch_op.f("fk_referral_pending_by_id"), "officer", ["pending_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_referral_arbiter_id"), "office", ["arbiter_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_referral_somebody_asked_what_is_pending"), "pending IS NULL OR pending_by_id IS NOT NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_referral_somebody_asked_what_is_pending"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_referral_arbiter_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_referral_pending_by_id"), type_="foreignkey")
        batch_op.drop_column("moved_at")
        batch_op.drop_column("review_on")
        batch_op.drop_column("extended")
        batch_op.drop_column("days")
        batch_op.drop_column("arbiter_id")
        batch_op.drop_column("pending_by_id")
        batch_op.drop_column("pending")

    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_milestone_body_id"), type_="foreignkey")
        batch_op.drop_column("step")
        batch_op.drop_column("body_id")

    with op.batch_alter_table("slip", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slip_referral_id"))
        batch_op.drop_index(batch_op.f("ix_slip_from_id"))
        batch_op.drop_index("ix_slip_desk")

    op.drop_table("slip")
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extension_referral_id"))
        batch_op.drop_index(batch_op.f("ix_extension_office_id"))
        batch_op.drop_index(batch_op.f("ix_extension_decider_id"))

    op.drop_table("extension")
    with op.batch_alter_table("disposition_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disposition_record_referral_id"))

    op.drop_table("disposition_record")
    with op.batch_alter_table("asking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asking_referral_id"))

    op.drop_table("asking")
