"""Joinings: that two residents, or a resident and a candidate, are one."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the table, and say of each resident that nobody was joined."""
    op.create_table(
        "joinings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("joined_id", sa.Integer(), nullable=True),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("joined_by", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(joined_id IS NULL) <> (candidate_id IS NULL)", name=op.f("ck_joinings_one_other")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name=op.f("fk_joinings_candidate_id_candidates")),
        sa.ForeignKeyConstraint(["joined_by"], ["users.id"], name=op.f("fk_joinings_joined_by_users")),
        sa.ForeignKeyConstraint(["joined_id"], ["residents.id"], name=op.f("fk_joinings_joined_id_residents")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_joinings_resident_id_residents")),
        sa.ForeignKeyConstraint(["undone_by"], ["users.id"], name=op.f("fk_joinings_undone_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joinings")),
    )
    for column in ("candidate_id", "joined_id", "resident_id"):
        op.create_index(op.f(f"ix_joinings_{column}"), "joinings", [column])
    # In one statement, so that the table need not be written anew.
    op.execute(
        "ALTER TABLE residents ADD COLUMN joined_into_id INTEGER "
        "CONSTRAINT fk_residents_joined_into_id_residents REFERENCES residents (id)"
    )
    op.create_index(op.f("ix_residents_joined_into_id"), "residents", ["joined_into_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_residents_joined_into_id"), table_name="residents")
    op.execute("ALTER TABLE residents DROP COLUMN joined_into_id")
    for column in ("resident_id", "joined_id", "candidate_id"):
        op.drop_index(op.f(f"ix_joinings_{column}"), table_name="joinings")
    op.drop_table("joinings")
