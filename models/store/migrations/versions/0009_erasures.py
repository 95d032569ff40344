"""Erasures: that somebody is to be let go of, and that it was done."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.Column("erased_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_erasures_asked_by_users")),
        sa.ForeignKeyConstraint(["erased_by"], ["users.id"], name=op.f("fk_erasures_erased_by_users")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_erasures_resident_id_residents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.create_index(op.f("ix_erasures_resident_id"), "erasures", ["resident_id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index(op.f("ix_erasures_resident_id"), table_name="erasures")
    op.drop_table("erasures")
