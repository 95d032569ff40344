"""What an arrival adds to what is known of somebody, so that it goes with an arrival that is taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    """Make room for it."""
    op.create_table(
        "filled_in",
        sa.Column("stay_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("stay_id", name=op.f("pk_filled_in")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("filled_in")
