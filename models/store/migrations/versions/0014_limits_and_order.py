"""Limits that go on when somebody comes back, programmes that sum all stays, and by what residents are sorted."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add them; every limit that is there began with its arrival, and the keys are made by the program."""
    op.add_column("stays", sa.Column("counted_from", sa.Date(), nullable=True))
    op.add_column("programmes", sa.Column("sums_stays", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("residents", sa.Column("sort_key", sa.String(900), nullable=False, server_default=""))
    op.create_index(op.f("ix_residents_sort_key"), "residents", ["sort_key"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_residents_sort_key"), table_name="residents")
    op.drop_column("residents", "sort_key")
    op.drop_column("programmes", "sums_stays")
    op.drop_column("stays", "counted_from")
