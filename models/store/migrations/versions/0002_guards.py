"""The guards were made here once. They are no tables: what stands in `models.store.guards` is put up after each upgrade."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Nothing to do for the tables."""


def downgrade() -> None:
    """Nothing to do for the tables."""
