"""The numbers of papers that have one of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "paper_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["given_by"], ["users.id"], name=op.f("fk_paper_numbers_given_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_numbers")),
        sa.UniqueConstraint("paper", "year", "number", name=op.f("uq_paper_numbers_paper_year_number")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("paper_numbers")
