"""What was typed of an arrival before the person was registered, until it is entered."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Make room for it."""
    op.create_table(
        "waiting_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("typed_by", sa.Integer(), nullable=False),
        sa.Column("typed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_waiting_entries_stay_id_stays")),
        sa.ForeignKeyConstraint(["typed_by"], ["users.id"], name=op.f("fk_waiting_entries_typed_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_entries")),
    )
    op.create_index(op.f("ix_waiting_entries_stay_id"), "waiting_entries", ["stay_id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("waiting_entries")
