"""Whether the sentence of a candidate is for life."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add it; of those that are there nobody has said."""
    op.add_column("candidates", sa.Column("life_sentence", sa.String(32), nullable=False, server_default="unknown"))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("candidates", "life_sentence")
