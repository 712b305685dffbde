"""Who began which exercise of the rehearsal, and who has put the first words on the desk away."""

import sqlalchemy as sa
from alembic import op

revision = "0042_learning_by_doing"
down_revision = "0041_glances"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "exercise_start",
        sa.Column("id", BIG, nullable=False),
        sa.Column("officer_id", BIG, nullable=False),
        sa.Column("exercise", sa.String(40), nullable=False, comment="a key of the list of exercises"),
        sa.Column("after", sa.Integer(), nullable=False, comment="inner number of the newest lead then"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_exercise_start_officer_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_start")),
    )
    op.create_index("ix_exercise_start_officer_id", "exercise_start", ["officer_id"])
    toured = sa.Column(
        "toured",
        sa.Boolean(),
        nullable=False,
        server_default=sa.false(),
        comment="has put the first words on the desk away",
    )
    with op.batch_alter_table("officer") as table:
        table.add_column(toured)


def downgrade() -> None:
    with op.batch_alter_table("officer") as table:
        table.drop_column("toured")
    op.drop_table("exercise_start")
