"""Who may be the same person, and was found to be it or not."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "likeness_verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(other_id IS NULL) <> (resident_id IS NULL)", name=op.f("ck_likeness_verdicts_one_other")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_likeness_verdicts_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["candidates.id"], name=op.f("fk_likeness_verdicts_other_id_candidates")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_likeness_verdicts_resident_id_residents")
        ),
        sa.ForeignKeyConstraint(["settled_by"], ["users.id"], name=op.f("fk_likeness_verdicts_settled_by_users")),
        sa.ForeignKeyConstraint(["undone_by"], ["users.id"], name=op.f("fk_likeness_verdicts_undone_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likeness_verdicts")),
    )
    for column in ("candidate_id", "other_id", "resident_id"):
        op.create_index(op.f(f"ix_likeness_verdicts_{column}"), "likeness_verdicts", [column])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("likeness_verdicts")
