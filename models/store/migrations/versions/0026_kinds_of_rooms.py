"""Of what kind rooms and beds are, on which floor, and who allowed which bed and why."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_ROOMS = sa.Enum(
    "women", "men", "families", "detention", "isolation", "sick", name="roomkind", native_enum=False, length=32
)
_BEDS = sa.Enum("plain", "accessible", "crib", name="bedkind", native_enum=False, length=32)


def upgrade() -> None:
    """Nothing is stated of the rooms that there are, all beds are plain, and nothing was an exception."""
    op.add_column("rooms", sa.Column("floor", sa.String(40), nullable=False, server_default=""))
    op.add_column("rooms", sa.Column("kind", _ROOMS, nullable=True))
    op.add_column("beds", sa.Column("kind", _BEDS, nullable=False, server_default="plain"))
    op.add_column("placements", sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("placements", sa.Column("exceptions", sa.JSON(), nullable=False, server_default="[]"))
    # In one statement, so that the table need not be written anew.
    op.execute(
        "ALTER TABLE placements ADD COLUMN entered_by INTEGER "
        "CONSTRAINT fk_placements_entered_by_users REFERENCES users (id)"
    )


def downgrade() -> None:
    """Forget it."""
    op.execute("ALTER TABLE placements DROP COLUMN entered_by")
    op.drop_column("placements", "exceptions")
    op.drop_column("placements", "reason")
    op.drop_column("beds", "kind")
    op.drop_column("rooms", "kind")
    op.drop_column("rooms", "floor")
