"""How Alembic runs: on the connection that `models.store.migration` gives it, in its transaction."""

from alembic import context

from models.entities import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
