"""The other database: of the other kind than `settings`, as it were on another machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.settings import Settings
from tests.databases import PostgresCopies, settings_for


@pytest.fixture
def other_settings(
    settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Settings]:
    """PostgreSQL that is set up for SQLite, an SQLite that is not there yet for PostgreSQL."""
    if settings.database_url is not None:
        yield settings_for(data_dir=tmp_path / "other")
        return
    copies: PostgresCopies = request.getfixturevalue("postgres_copies")
    with copies.copy() as found:
        yield found
