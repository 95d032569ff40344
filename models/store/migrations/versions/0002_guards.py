"""The guards: what the database itself refuses, whoever writes.

The statements are kept in `models.store.guards`, since they are the same for every version so far. A version that changes
one keeps the older text here.
"""

from alembic import op

from models.store.guards import TRIGGERS

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Post the guards."""
    for statement in TRIGGERS.values():
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Dismiss them."""
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
