"""The command: serving, migrating, keys, the document."""

import json
import os
import re
import signal
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from typer.testing import CliRunner, Result

from models.partner import Partner
from service import database, installation, logs
from service.cli import main, open_engine
from service.listener import Listener
from service.scorer import Scorer
from service.settings import Settings
from tests.factories import ADMIN
from tests.house.forked import Forked
from tests.house.server import Start, find_free_port, from_nothing, is_ready, without_settings
from tests.service.valkeys import wait_until


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An empty installation."""
    for name in os.environ.keys() - without_settings().keys():
        monkeypatch.delenv(name)
    monkeypatch.setenv("BULIAN_DATA_DIR", str(tmp_path / "data"))
    return dict(os.environ)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def call(url: str, key: str) -> Any:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {key}"})  # noqa: S310 - our own
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own
        return json.load(answer)


class Serving:
    """A server process; what it prints is in a file."""

    def __init__(
        self,
        environment: dict[str, str],
        folder: Path,
        *arguments: str,
        start: Start = Forked,
    ) -> None:
        self.port = find_free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.out, self.err = folder / "out", folder / "err"
        asked = ["serve", "--port", str(self.port), *arguments]
        self.process = start(asked, environment, self.out, self.err)
        last = time.monotonic() + 60
        while not is_ready(self.url):
            assert self.process.poll() is None, self.err.read_text()
            assert time.monotonic() < last, self.err.read_text()
            time.sleep(0.05)

    def stop(self) -> int:
        """Ask it to stop; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def processes_of(url: str) -> set[str]:
    """The processes for which whichever of them answers speaks."""
    with urllib.request.urlopen(f"{url}/metrics", timeout=10) as answer:  # noqa: S310 - our own
        return set(re.findall(r'cache_entries\{process="(\d+)"\}', answer.read().decode()))


@pytest.mark.parametrize("workers", ["1", "2"])
def test_serving_prints_addresses_and_the_key_once(
    environment: dict[str, str], tmp_path: Path, workers: str
) -> None:
    server = Serving(environment, tmp_path, "--workers", workers, "--no-demo", start=from_nothing)
    try:
        printed = server.out.read_text()
        (key,) = re.findall(r"bul_[\w-]{43}", printed)
        assert f"{server.url}/docs" in printed
        assert call(f"{server.url}/v1/gaps", key)["items"] == []
        assert len(call(f"{server.url}/v1/zones?limit=100", key)["items"]) == 100
        wait_until(lambda: len(processes_of(server.url)) == int(workers), 20)
    finally:
        status = server.stop()
    assert status in {0, -signal.SIGTERM}
    log = server.err.read_text()
    assert key not in log
    requests = [json.loads(line) for line in log.splitlines() if '"request"' in line]
    paths = {line["path"] for line in requests}
    assert paths == {"/v1/gaps", "/v1/zones", "/readyz", "/metrics"}
    if workers == "1":
        second = Serving(environment, tmp_path, start=from_nothing)
        try:
            assert "bul_" not in second.out.read_text()
            assert call(f"{second.url}/v1/investors", key)["items"] == []
        finally:
            second.stop()


def test_first_start_loads_the_demo_and_takes_the_given_key(
    environment: dict[str, str], tmp_path: Path
) -> None:
    server = Serving(environment | {"BULIAN_ADMIN_KEY": ADMIN}, tmp_path)
    try:
        assert ADMIN not in server.out.read_text()
        assert len(call(f"{server.url}/v1/gaps?limit=100", ADMIN)["items"]) >= 55
    finally:
        server.stop()


@pytest.mark.usefixtures("environment")
def test_commands_need_a_database_that_was_set_up() -> None:
    assert "bulian serve" in run("verify").output
    result = run("keys", "list")
    assert result.exit_code == 1
    assert "bulian serve" in result.output


@pytest.fixture
def installed(environment: dict[str, str], scorer: Scorer) -> None:
    """An installation that has been set up."""
    settings = Settings()
    with open_engine(settings) as engine:
        installation.install(engine, settings, lambda: scorer, demo=False)


def make_partner(partner_id: str) -> None:
    engine = database.make_engine(Settings().engine_url)
    with database.transaction(engine) as session:
        session.add(Partner(id=partner_id, name="合伙人", created_by="tests"))
    engine.dispose()


@pytest.mark.usefixtures("installed")
def test_keys_are_made_listed_and_revoked() -> None:
    made = json.loads(run("keys", "create", "--scope", "portal", "--name", "Portal").output)
    make_partner("ptn_1")
    assert made["secret"].startswith("bul_")
    dated = (
        "--scope",
        "partner",
        "--name",
        "P",
        "--partner-id",
        "ptn_1",
        "--expires-at",
        "2100-01-01",
    )
    partner = json.loads(run("keys", "create", *dated).output)
    assert partner["expires_at"] == "2100-01-01T00:00:00Z"
    listed = [json.loads(line) for line in run("keys", "list").output.splitlines()]
    assert [key["scope"] for key in listed] == ["admin", "portal", "partner"]
    assert made["secret"] not in run("keys", "list").output
    assert run("keys", "revoke", made["id"]).exit_code == 0
    again = [json.loads(line) for line in run("keys", "list").output.splitlines()]
    assert again[1]["revoked_at"] is not None


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("revoke", "key_none"), "No such key"),
        (("create", "--scope", "portal", "--name", " "), "blank"),
        (("create", "--scope", "portal", "--name", "x", "--expires-at", "2020-01-01"), "future"),
        (("create", "--scope", "portal", "--name", "x", "--partner-id", "ptn_1"), "partner"),
        (("create", "--scope", "partner", "--name", "x"), "must name its partner"),
        (("create", "--scope", "partner", "--name", "x", "--partner-id", "ptn_1"), "no partner"),
    ],
)
def test_refusals_are_told_plainly(arguments: tuple[str, ...], words: str) -> None:
    result = run("keys", *arguments)
    assert result.exit_code == 1
    assert words in result.output
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("installed")
def test_last_admin_key_stays() -> None:
    (admin,) = [json.loads(line) for line in run("keys", "list").output.splitlines()]
    result = run("keys", "revoke", admin["id"])
    assert result.exit_code == 1
    assert "another administrator" in result.output


@pytest.mark.usefixtures("environment")
def test_migrating_makes_the_tables_and_can_be_repeated() -> None:
    for _ in range(2):
        result = run("migrate")
        assert (result.exit_code, result.output) == (0, "The schema is up to date\n")


@pytest.mark.usefixtures("environment")
def test_database_away_is_told_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULIAN_DATABASE_URL", "postgresql://u:hush@127.0.0.1:1/d")
    result = run("migrate")
    assert result.exit_code == 1
    assert "does not answer" in result.output
    assert "hush" not in result.output


@pytest.mark.usefixtures("environment")
def test_wrong_settings_are_told_without_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULIAN_ADMIN_KEY", "too-short")
    result = run("migrate")
    assert result.exit_code == 1
    assert result.output.startswith("BULIAN_ADMIN_KEY: ")
    assert "too-short" not in result.output


@pytest.mark.usefixtures("environment")
def test_document_is_printed_without_a_database(tmp_path: Path) -> None:
    document = json.loads(run("openapi").output)
    assert document["info"]["title"] == "Bulian 补链"
    assert not (tmp_path / "data").exists()


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("workers", [1, 2])
def test_server_is_told_to_be_patient_and_quiet(
    monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    started: list[tuple[object, dict[str, Any]]] = []

    places: list[str | None] = []

    def note(app: object, **options: Any) -> None:
        started.append((app, options))
        places.append(os.environ.get("BULIAN_METRICS_DIR"))

    monkeypatch.setattr(uvicorn, "run", note)
    monkeypatch.setattr(logs, "configure", lambda: None)
    result = run("serve", "--host", "0.0.0.0", "--workers", str(workers), "--no-demo")  # noqa: S104 - nothing listens
    assert result.exit_code == 0, result.output
    ((app, options),) = started
    assert options["host"] == "0.0.0.0"  # noqa: S104 - nothing listens
    assert options["timeout_worker_healthcheck"] == 60
    assert options["access_log"] is options["server_header"] is False
    assert options["log_config"] is None
    assert (options["http"], options["ws"]) == (Listener, "none")
    assert options["forwarded_allow_ips"] == "127.0.0.1"
    if workers == 1:
        assert isinstance(app, FastAPI)
        app.state.runtime.close()
    else:
        assert (app, options["factory"], options["workers"]) == ("service.asgi:create", True, 2)
    assert [place is not None for place in places] == [workers > 1]
    assert "BULIAN_METRICS_DIR" not in os.environ


def test_compiling_ahead_keeps_the_loop(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba", reason="NO NUMBA: COMPILING AHEAD IS NOT TESTED")
    monkeypatch.setenv("BULIAN_CACHE_DIR", str(tmp_path / "loops"))
    told = run("compile").stdout
    assert told == f"The loop is compiled, kept in {tmp_path / 'loops'}\n"
    assert [file.suffix for file in (tmp_path / "loops").glob("loop_*")] == [".py"]


def test_without_numba_python_is_enough(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    assert run("compile").stdout == "The loop is not compiled: plain Python is used\n"
