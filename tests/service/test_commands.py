"""`bulian import` and `bulian work`: in this process, killed in the middle, beside a server."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, func, select
from typer.testing import CliRunner, Result

from models.gap import Gap
from models.job import Job, JobStatus
from service import commands, database, installation
from service.cli import main
from service.scorer import Scorer
from service.settings import Settings
from tests.factories import ADMIN
from tests.house.server import without_settings
from tests.service.imports.sending import OF_EDITION, csv_of, gap_rows

PROGRAM = [sys.executable, "-c", "from service.start import main; main()"]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scorer: Scorer) -> Settings:
    """An installation of this test's own, named by the environment."""
    for name in os.environ.keys() - without_settings().keys():
        monkeypatch.delenv(name)
    monkeypatch.setenv("BULIAN_DATA_DIR", str(tmp_path / "data"))
    found = Settings.model_validate({"admin_key": ADMIN})
    engine = database.make_engine(found.engine_url)
    installation.install(engine, found, lambda: scorer, demo=False)
    engine.dispose()
    return found


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def count_gaps(settings: Settings) -> tuple[int, int]:
    """How many gaps there are, and how many different ids of their owner."""
    engine = database.make_engine(settings.engine_url)
    with Session(engine) as session:
        found = session.exec(
            select(func.count(col(Gap.id)), func.count(col(Gap.external_id).distinct()))
        ).one()
    engine.dispose()
    return found


def the_job(settings: Settings) -> Job:
    engine = database.make_engine(settings.engine_url)
    with Session(engine) as session:
        found = session.exec(select(Job)).one()
    engine.dispose()
    return found


def test_a_file_is_imported_and_what_was_refused_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    rows = gap_rows(30)
    rows[7][1] = "CNHTZ-NONE"
    path = tmp_path / "gaps.csv"
    path.write_bytes(csv_of(rows))
    tried = run("import", str(path), "--dry-run")
    assert (tried.exit_code, count_gaps(settings)) == (1, (0, 0))
    result = run("import", str(path))
    assert result.exit_code == 1, "a row was refused"
    told: dict[str, Any] = json.loads(result.stdout)
    assert told["counts"] == {"created": 29, "updated": 0, "unchanged": 0, "refused": 1}
    assert [error["line"] for error in told["errors"]] == [8]
    path.write_bytes(csv_of(gap_rows(30)))
    assert run("import", str(path), "--kind", "gaps").exit_code == 0
    assert count_gaps(settings) == (30, 30)


@pytest.mark.usefixtures("settings")
def test_files_that_are_no_good_are_told_plainly(tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    path.write_bytes(b"surprise\n1\n")
    result = run("import", str(path))
    assert result.exit_code == 1
    assert "no header of gaps that is known" in result.output
    path.write_bytes(csv_of([["zone", "kind", "link_id"], ["CNHTZ-3205", "x", "y"]]))
    assert run("import", str(path), "--mapping", "{").exit_code == 1
    assert run("import", str(path), "--mapping", '{"zone":"zone_id"}').exit_code == 1
    assert run("import", str(tmp_path / "nothing.csv")).exit_code == 2


@pytest.mark.usefixtures("settings")
def test_a_file_of_keywords_becomes_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "keywords.csv"
    path.write_bytes(
        csv_of([["link_id", "中文关键词", "英文关键词"], ["ic.cmp", "抛光液", "slurry"]])
    )
    said = [f"--field={name}={text}" for name, text in OF_EDITION["keywords"].items()]
    result = run("import", str(path), "--kind", "keywords", *said)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["edition_id"].startswith("edn_")
    assert run("import", str(path), "--kind", "keywords", *said[1:]).exit_code == 1
    assert run("import", str(path), "--kind", "keywords", *said, "--field", "x").exit_code == 1


def test_commands_need_a_database_that_was_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULIAN_DATA_DIR", str(tmp_path))
    assert "bulian serve" in run("work", "--until-idle").output


def test_an_import_that_is_killed_goes_on_without_a_loss_or_a_double(
    settings: Settings, tmp_path: Path
) -> None:
    count = 4000
    path = tmp_path / "gaps.csv"
    path.write_bytes(csv_of(gap_rows(count)))
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([*PROGRAM, "import", str(path)], stdout=log, stderr=log)
        last = time.monotonic() + 60
        while count_gaps(settings)[0] == 0 and time.monotonic() < last:
            time.sleep(0.005)
        process.kill()
        process.wait(10)
    before, job = count_gaps(settings), the_job(settings)
    assert before[0] == before[1] == job.rows_done == job.position * 1000
    assert job.status is JobStatus.RUNNING
    assert 0 < job.position < 4
    engine = database.make_engine(settings.engine_url)
    with database.transaction(engine) as session:  # as if its lease had run out
        held = session.exec(select(Job)).one()
        held.lease_until = None
    engine.dispose()
    result = run("import", str(path))
    assert result.exit_code == 0, result.output
    assert count_gaps(settings) == (count, count)
    job = the_job(settings)
    assert (job.status, job.counts.created, job.counts.unchanged) == ("done", count, 0)


def do_nothing(*_: object) -> None:
    pass


def test_a_worker_works_until_nothing_waits_or_it_is_told_to_stop(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gaps.csv"
    path.write_bytes(csv_of(gap_rows(20)))
    with monkeypatch.context() as patch:
        patch.setattr(commands, "_work_until_ended", do_nothing)
        assert run("import", str(path)).exit_code == 1, "only stored"
    assert the_job(settings).status is JobStatus.QUEUED
    real = commands.Worker.tick

    def stop_when_idle(worker: commands.Worker) -> bool:
        is_busy = real(worker)
        if not is_busy:
            os.kill(os.getpid(), signal.SIGTERM)
        return is_busy

    with monkeypatch.context() as patch:
        patch.setattr(commands.Worker, "tick", stop_when_idle)
        assert run("work").exit_code == 0
    assert count_gaps(settings) == (20, 20)
    assert run("work", "--until-idle").exit_code == 0


def test_a_worker_does_all_but_answering_when_told_so(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gaps.csv"
    path.write_bytes(csv_of(gap_rows(3)))
    with monkeypatch.context() as patch:
        patch.setattr(commands, "_work_until_ended", do_nothing)
        run("import", str(path))
    monkeypatch.setitem(sys.modules, "numba", None)  # compiling takes longer than the job
    real = commands.Background.start
    begun: list[tuple[str, ...]] = []

    def start(background: commands.Background) -> None:
        begun.append(background.names)
        real(background)
        last = time.monotonic() + 60
        while the_job(settings).status is not JobStatus.DONE and time.monotonic() < last:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(commands.Background, "start", start)
    result = run("work", "--background")
    assert result.exit_code == 0, result.output
    assert count_gaps(settings) == (3, 3)
    assert {"jobs", "webhooks", "clocks", "retention"} <= set(begun[0])


def test_what_has_no_end_is_not_awaited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULIAN_DATA_DIR", str(tmp_path))
    refused = run("work", "--until-idle", "--background")
    assert refused.exit_code == 1
    assert "leave one of the options out" in refused.output


def test_the_bar_follows_a_job_that_another_worker_has(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gaps.csv"
    path.write_bytes(csv_of(gap_rows(5)))
    real = commands.Worker.tick
    asked: list[str | None] = []

    def taken_first(worker: commands.Worker, job_id: str | None = None) -> bool:
        asked.append(job_id)
        return False if len(asked) == 1 else real(worker, job_id)

    monkeypatch.setattr(commands.Worker, "tick", taken_first)
    assert run("import", str(path)).exit_code == 0
    assert len(asked) == 2
    assert count_gaps(settings) == (5, 5)
