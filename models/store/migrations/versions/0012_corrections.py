"""Corrections: arrivals taken back, numbers that are spent, issued months that were touched; and versions."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make them; of the months that were issued so far nobody has noted what touched them since."""
    for table in ("placements", "reviews"):
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "spent_numbers",
        sa.Column("of_table", sa.String(length=64), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("of_table", name=op.f("pk_spent_numbers")),
    )
    op.create_table(
        "taken_back_arrivals",
        sa.Column("stay_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("departed_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("taken_back_by", sa.Integer(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_taken_back_arrivals_{column}_{to}"))
            for column, to in (
                ("resident_id", "residents"),
                ("programme_id", "programmes"),
                ("candidate_id", "candidates"),
                ("taken_back_by", "users"),
            )
        ),
        sa.PrimaryKeyConstraint("stay_id", name=op.f("pk_taken_back_arrivals")),
    )
    for column in ("resident_id", "candidate_id"):
        op.create_index(op.f(f"ix_taken_back_arrivals_{column}"), "taken_back_arrivals", [column])
    op.create_table(
        "touched_months",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_touched_months_programme_id_programmes")
        ),
        sa.PrimaryKeyConstraint("programme_id", "month", name=op.f("pk_touched_months")),
    )
    op.add_column("issued_months", sa.Column("is_watched", sa.Boolean(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("issued_months", "is_watched")
    op.drop_table("touched_months")
    for column in ("candidate_id", "resident_id"):
        op.drop_index(op.f(f"ix_taken_back_arrivals_{column}"), table_name="taken_back_arrivals")
    op.drop_table("taken_back_arrivals")
    op.drop_table("spent_numbers")
    for table in ("reviews", "placements"):
        op.drop_column(table, "version")
