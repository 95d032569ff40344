"""Keys: who signs entries of the trail, and what `keys.json` is to hold."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make room for both; what is kept there is only known once somebody opens the register."""
    op.add_column("users", sa.Column("signs", sa.LargeBinary(length=32), nullable=True))
    op.create_table(
        "key_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("recovery_public", sa.LargeBinary(length=32), nullable=True),
        sa.Column("recovery_signs", sa.LargeBinary(length=32), nullable=True),
        sa.Column("recovery_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_key_file_one_row")),
        sa.ForeignKeyConstraint(["recovery_by"], ["users.id"], name=op.f("fk_key_file_recovery_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_file")),
    )


def downgrade() -> None:
    """Forget both."""
    op.drop_table("key_file")
    op.drop_column("users", "signs")
