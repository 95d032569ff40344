"""What agreements pay beside a rate for each night, each in its currency; and from where agreements are known."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_INDEX = "ix_rate_periods_programme_id_from_on"
_NAMES = ("kind", "currency", "places", "due_on", "purpose")


def upgrade() -> None:
    """Add them; of rates that are there nothing is said, so that they go on as they were."""
    op.add_column("rate_periods", sa.Column("kind", sa.String(32), nullable=True))
    op.add_column("rate_periods", sa.Column("currency", sa.String(3), nullable=False, server_default=""))
    op.add_column("rate_periods", sa.Column("places", sa.Integer(), nullable=True))
    op.add_column("rate_periods", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("rate_periods", sa.Column("purpose", sa.String(200), nullable=False, server_default=""))
    op.drop_index(_INDEX, table_name="rate_periods")
    op.create_index(_INDEX, "rate_periods", ["programme_id", "from_on"])
    op.add_column("programmes", sa.Column("source", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Back to rates alone; of two that begin on one day the earlier Konak takes the first."""
    op.drop_column("programmes", "source")
    for name in reversed(_NAMES):
        op.drop_column("rate_periods", name)
    twice = "SELECT 1 FROM rate_periods GROUP BY programme_id, from_on HAVING count(*) > 1"
    op.drop_index(_INDEX, table_name="rate_periods")
    one_each = op.get_bind().exec_driver_sql(twice).first() is None
    op.create_index(_INDEX, "rate_periods", ["programme_id", "from_on"], unique=one_each)
