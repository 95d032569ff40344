"""Residents who look like one, and were found to be two."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0035"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "told_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("resident_id <> other_id", name=op.f("ck_told_apart_two")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_told_apart_resident_id_residents")),
        sa.ForeignKeyConstraint(["other_id"], ["residents.id"], name=op.f("fk_told_apart_other_id_residents")),
        sa.ForeignKeyConstraint(["settled_by"], ["users.id"], name=op.f("fk_told_apart_settled_by_users")),
        sa.ForeignKeyConstraint(["undone_by"], ["users.id"], name=op.f("fk_told_apart_undone_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_apart")),
    )
    for column in ("resident_id", "other_id"):
        op.create_index(op.f(f"ix_told_apart_{column}"), "told_apart", [column])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("told_apart")
