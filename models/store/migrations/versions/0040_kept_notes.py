"""What is sealed of an arrival that is taken back stays with the person as a note, under the seal that it has."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    """Make room for where it was sealed."""
    op.add_column("sealed_notes", sa.Column("was_in", sa.String(length=60), nullable=True))
    op.add_column("sealed_notes", sa.Column("was_row", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("sealed_notes", "was_row")
    op.drop_column("sealed_notes", "was_in")
