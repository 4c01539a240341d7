"""Restores: every row on either kind of database, all or nothing, alone, and no older state's right
to what was ended since."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlmodel import Session

from service import database
from service.archives import restoring
from service.archives.checking import check as check_rest
from service.archives.reading import NotWhole, opened
from service.archives.restoring import NotEmpty, TooNew
from service.repositories import whole
from service.repositories.whole import InUse
from service.scorer import Scorer
from service.settings import Settings
from service.usecases.log_check import check
from tests.deploy.migrations.filled import Rows, fill, rows_in
from tests.factories import PARTNER as PARTNER_KEY
from tests.factories import a_gap, a_key, a_lead, a_person, bearer, register
from tests.service.archives.houses import engine_of, open_house, put_back, saved

KILLED = """
import os, signal, sys
from pathlib import Path
from service.archives import restoring
from service.settings import Settings
from tests.service.archives.houses import put_back
restoring._go_on = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
put_back(Settings(), Path(sys.argv[1]))
"""


def held(settings: Settings) -> Rows:
    """All rows of a database."""
    with engine_of(settings) as engine, engine.connect() as connection:
        return rows_in(connection)


def filled(settings: Settings, revision: str) -> Rows:
    """A database at some revision with made rows in every table; what is in it."""
    with engine_of(settings) as engine:
        with database.writing(engine).begin() as connection:
            whole.clear(connection)
            database.migrate(connection, revision)
        with database.writing(engine).begin() as connection:
            fill(connection)
    return held(settings)


def test_every_row_comes_back_on_the_other_kind_of_database(
    settings: Settings, other_settings: Settings, tmp_path: Path
) -> None:
    rows = filled(settings, "head")
    put_back(other_settings, saved(settings, tmp_path / "a.zip"))
    back = held(other_settings)
    assert rows.pop("session") != back.pop("session") == []
    assert back["event"].pop()["action"] == "installation.restored"
    assert back == rows


def test_an_older_installation_is_brought_up_to_date(
    settings: Settings, other_settings: Settings, tmp_path: Path
) -> None:
    rows = filled(settings, "0003")
    put_back(other_settings, saved(settings, tmp_path / "a.zip"))
    with engine_of(other_settings) as engine, database.snapshot(engine) as session:
        assert [one.number for one in check(session).findings] == [1], "made numbers begin high"
        assert whole.revision_of(session.connection()) == database.revisions()[0]
    back = held(other_settings)
    assert [row["id"] for row in back["gap"]] == [row["id"] for row in rows["gap"]]
    assert [row["hash"] is not None for row in back["event"]] == [True, True, True]


def test_the_service_goes_on_from_the_state_of_the_archive(
    app: FastAPI, settings: Settings, scorer: Scorer, tmp_path: Path
) -> None:
    app.state.runtime.close()
    with open_house(app, settings, scorer) as admin:
        gap = register(admin, "gaps", a_gap())
        archive = saved(settings, tmp_path / "a.zip")
        later = register(admin, "gaps", a_gap())
        admin.patch(f"/v1/gaps/{gap['id']}", json={"severity": 90})
    put_back(settings, archive)
    with open_house(app, settings, scorer) as admin:
        assert admin.get(f"/v1/gaps/{gap['id']}").json() == gap
        assert admin.get(f"/v1/gaps/{later['id']}").status_code == 404
        register(admin, "gaps", a_gap())
        with Session(database.writing(app.state.runtime.engine)) as session:
            assert check(session).findings == []
            assert check_rest(session) == []
            session.connection().execute(text("UPDATE gap SET version = 9"))
            told = f"{gap['id']} is not at the version its last event tells"
            assert (told in check_rest(session), len(check_rest(session))) == (True, 2)


def test_what_was_ended_since_stays_ended(
    app: FastAPI, settings: Settings, scorer: Scorer, tmp_path: Path
) -> None:
    app.state.runtime.close()
    with open_house(app, settings, scorer) as admin:
        partner = type(admin)(app, headers=bearer(PARTNER_KEY))
        lead = register(partner, "leads", a_lead(**a_person()))
        kept = register(partner, "leads", a_lead(**a_person()))
        key = register(admin, "admin/keys", a_key())
        archive = saved(settings, tmp_path / "a.zip")
        assert partner.delete(f"/v1/leads/{lead['id']}/contacts").status_code == 204
        assert admin.delete(f"/v1/admin/keys/{key['id']}").status_code == 204
    restored = put_back(settings, archive)
    assert (restored.erased_again, restored.revoked_again) == (1, 1)
    with open_house(app, settings, scorer) as admin:
        partner = type(admin)(app, headers=bearer(PARTNER_KEY))
        assert partner.get(f"/v1/leads/{lead['id']}/contacts").json()["contacts"] == []
        assert len(partner.get(f"/v1/leads/{kept['id']}/contacts").json()["contacts"]) == 1
        headers = bearer(key["secret"])
        assert admin.get("/v1/zones?limit=1", headers=headers).status_code == 401


def test_an_installation_is_not_given_up_unasked(settings: Settings, tmp_path: Path) -> None:
    archive, before = saved(settings, tmp_path / "a.zip"), held(settings)
    with pytest.raises(NotEmpty):
        put_back(settings, archive, replaces=False)
    assert held(settings) == before


def test_nobody_else_may_be_connected(settings: Settings, tmp_path: Path) -> None:
    archive, before = saved(settings, tmp_path / "a.zip"), held(settings)
    with engine_of(settings) as engine, engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        with pytest.raises(InUse):
            put_back(settings, archive)
    assert held(settings) == before


def test_a_broken_archive_changes_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, before = saved(settings, tmp_path / "a.zip"), held(settings)

    def cut_short(*_: Any) -> Any:
        raise ValueError("no row")

    monkeypatch.setattr(restoring.Lines, "row_of", cut_short)
    with pytest.raises(NotWhole, match="line 1"):
        put_back(settings, archive)
    assert held(settings) == before


def test_a_process_that_is_killed_leaves_what_was_there(settings: Settings, tmp_path: Path) -> None:
    archive, before = saved(settings, tmp_path / "a.zip"), held(settings)
    address = settings.database_url
    own = {} if address is None else {"BULIAN_DATABASE_URL": address.get_secret_value()}
    environment = os.environ | {"BULIAN_DATA_DIR": str(settings.data_dir)} | own
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(archive)], env=environment, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert held(settings) == before
    put_back(settings, archive)


def changed(archive: restoring.Archive, **fields: Any) -> restoring.Archive:
    archive.manifest = archive.manifest.model_copy(update=fields)
    return archive


def test_a_newer_schema_and_other_tables_are_refused(settings: Settings, tmp_path: Path) -> None:
    with opened(saved(settings, tmp_path / "a.zip")) as archive, engine_of(settings) as engine:
        told = archive.manifest
        with pytest.raises(TooNew):
            restoring.restore(engine, changed(archive, revision="9999"), replaces=True)
        for tables, words in (
            (told.tables[1:], f"{told.tables[0].name} does not have the columns"),
            ((*told.tables, told.tables[0].model_copy(update={"name": "more"})), "has no more"),
        ):
            changed(archive, revision=told.revision, tables=tables)
            with pytest.raises(NotWhole, match=words):
                restoring.restore(engine, archive, replaces=True)
