"""That somebody came back because the journey failed is kept, and not found out from the days of limits."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """Make room for it."""
    op.add_column("stays", sa.Column("journey_failed", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("stays", "journey_failed")
