"""The search index was made here once. `models.store.search` makes it anew from the residents after each upgrade."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing to do for the tables."""


def downgrade() -> None:
    """Nothing to do for the tables."""
