"""Emergency arrivals that are registered provisionally, until a supervisor countersigns them."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add what says so; whoever admitted in an emergency until now could decide on it."""
    op.add_column("stays", sa.Column("is_provisional", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "ALTER TABLE stays ADD COLUMN countersigned_by INTEGER "
        "CONSTRAINT fk_stays_countersigned_by_users REFERENCES users (id)"
    )
    op.add_column("stays", sa.Column("countersigned_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    for column in ("countersigned_at", "countersigned_by", "is_provisional"):
        op.execute(f"ALTER TABLE stays DROP COLUMN {column}")
