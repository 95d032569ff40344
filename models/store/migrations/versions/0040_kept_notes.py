"""What is sealed of an arrival that is taken back is a note; that it is written tells nobody else."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"

_FINDINGS = ("injury_reports", "health_checks")


def upgrade() -> None:
    """Make room for where it was sealed, and for how often it alone was written."""
    op.add_column("sealed_notes", sa.Column("was_in", sa.String(length=60), nullable=True))
    op.add_column("sealed_notes", sa.Column("was_row", sa.Integer(), nullable=True))
    for table in _FINDINGS:
        op.add_column(table, sa.Column("unseen", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Forget it."""
    for table in reversed(_FINDINGS):
        op.drop_column(table, "unseen")
    op.drop_column("sealed_notes", "was_row")
    op.drop_column("sealed_notes", "was_in")
