"""The search index, written from the residents who are there."""

from alembic import op

from models.store import search

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the index and fill it."""
    for statement in search.TABLES.values():
        op.get_bind().exec_driver_sql(statement)
    search.rebuild(op.get_bind())


def downgrade() -> None:
    """Remove it; it holds nothing that the residents do not say."""
    op.execute("DROP TABLE search_starts")
    op.execute("DROP TABLE search_words")
