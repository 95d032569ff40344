"""What was sealed by mistake is put right by what stands beside it, and a remark of a list is of a kind."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"

_OF = (("note_corrections", "sealed_notes"), ("remark_corrections", "list_remarks"))


def upgrade() -> None:
    """Make room for it."""
    op.add_column("list_remarks", sa.Column("kind", sa.String(length=32), nullable=False, server_default="unsorted"))
    for table, of in _OF:
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("corrected_id", sa.Integer(), nullable=False),
            sa.Column("instead_id", sa.Integer(), nullable=True),
            sa.Column("kind", sa.String(length=32), nullable=False),
            sa.Column("reason", sa.LargeBinary(), nullable=False),
            sa.Column("entered_by", sa.Integer(), nullable=False),
            sa.Column("entered_at", sa.DateTime(), nullable=False),
            sa.Column("undone_by", sa.Integer(), nullable=True),
            sa.Column("undone_at", sa.DateTime(), nullable=True),
            sa.Column("undone_reason", sa.LargeBinary(), nullable=True),
            sa.ForeignKeyConstraint(["corrected_id"], [f"{of}.id"], name=op.f(f"fk_{table}_corrected_id_{of}")),
            sa.ForeignKeyConstraint(["instead_id"], [f"{of}.id"], name=op.f(f"fk_{table}_instead_id_{of}")),
            sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f(f"fk_{table}_entered_by_users")),
            sa.ForeignKeyConstraint(["undone_by"], ["users.id"], name=op.f(f"fk_{table}_undone_by_users")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
        for column in ("corrected_id", "instead_id"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
        op.create_index(
            f"ix_{table}_holding", table, ["corrected_id"], unique=True, sqlite_where=sa.text("undone_at IS NULL")
        )


def downgrade() -> None:
    """Take it away."""
    for table, _of in reversed(_OF):
        op.drop_index(f"ix_{table}_holding", table_name=table)
        for column in ("instead_id", "corrected_id"):
            op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.drop_table(table)
    op.drop_column("list_remarks", "kind")
