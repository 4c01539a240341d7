"""Runs migrations on a connection or engine handed in by code, or on the address given to alembic.

From code: `config.attributes["connection"]` is a `Connection` (its own transaction is used) or an
`Engine`. From the command line: `alembic -c <ini> -x url=<address> upgrade head`.
"""

from alembic import context
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, NullPool, create_engine, text

from models.tables import metadata

MIGRATION_LOCK = 0x6275_6C69
"""Any number that nothing else locks by: processes that start together migrate one at a time."""


def migrate(connection: Connection) -> None:
    """Run what is asked for, all of it or nothing, on this connection."""
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=is_sqlite,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        if not is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": MIGRATION_LOCK})
        context.run_migrations()


def migrate_engine(engine: Engine) -> None:
    """Run it on a connection of its own."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite" and not connection.in_transaction():
            begin_writing(connection)
        migrate(connection)
        connection.commit()


def begin_writing(connection: Connection) -> None:
    """Take SQLite's lock: its driver would begin at the first row, not at the first table."""
    driver = connection.connection.driver_connection
    if driver is not None and not driver.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def run() -> None:
    """Find the database, and migrate it."""
    given = context.config.attributes.get("connection")
    if isinstance(given, Connection):
        migrate(given)
        return
    if isinstance(given, Engine):
        migrate_engine(given)
        return
    arguments = context.get_x_argument(as_dictionary=True)
    url = arguments.get("url") or context.config.get_main_option("sqlalchemy.url")
    if url is None:
        raise CommandError("no database: give its address as -x url=…")
    migrate_engine(create_engine(url, poolclass=NullPool))


if context.is_offline_mode():
    raise CommandError("--sql is not supported: what a migration does depends on the database")
run()
