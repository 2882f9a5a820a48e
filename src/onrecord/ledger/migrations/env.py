"""Alembic runs this file; the connection comes from `migrate`, already inside a transaction."""

from alembic import context

from onrecord.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite can undo a CREATE TABLE; Alembic does not believe it unless told. Without this a crash leaves
    # half a ledger.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
