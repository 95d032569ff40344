"""Residents are looked for by name and birth at once."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Make the index of both in the place of the one of names."""
    op.create_index("ix_residents_sort_name_birth", "residents", ["sort_name", "birth"])
    op.drop_index("ix_residents_sort_name", table_name="residents")


def downgrade() -> None:
    """Make the index of names again."""
    op.create_index("ix_residents_sort_name", "residents", ["sort_name"])
    op.drop_index("ix_residents_sort_name_birth", table_name="residents")
