"""What Alembic runs to migrate: on the connection that it is given, within its transaction."""

from alembic import context

from incidex.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
