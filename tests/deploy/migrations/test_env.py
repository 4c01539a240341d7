import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, inspect, text

from models.tables import metadata
from tests.deploy.migrations.configs import FOLDER, ROOT, a_config

FAILING = '''"""A revision that fails when half of it is done."""

from alembic import op
import sqlalchemy as sa

revision = "9999"
down_revision = "HEAD"


def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("SELECT * FROM nowhere")
'''


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


ALL = {*metadata.tables, "alembic_version"}


def test_an_engine_is_migrated_and_committed(engine: Engine) -> None:
    command.upgrade(a_config(engine), "head")
    assert tables(engine) == ALL


def test_a_connection_is_migrated_within_its_own_transaction(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN" if engine.dialect.name == "sqlite" else "SELECT 1")
        command.upgrade(a_config(connection), "head")
        assert set(inspect(connection).get_table_names()) == ALL
        connection.rollback()
    assert tables(engine) == set()
    with engine.begin() as connection:
        command.upgrade(a_config(connection), "head")
    assert tables(engine) == ALL


def test_a_second_run_changes_nothing(engine: Engine) -> None:
    command.upgrade(a_config(engine), "head")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO installation VALUES (1, 's', '2030-01-01')"))
    command.upgrade(a_config(engine), "head")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT secret FROM installation")).scalars().all() == ["s"]


def test_a_migration_that_fails_leaves_nothing_behind(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    head = ScriptDirectory.from_config(a_config(None)).get_current_head()
    failing = FAILING.replace("HEAD", str(head))
    (folder / "versions" / "9999_failing.py").write_text(failing)
    with pytest.raises(Exception, match="nowhere"):
        command.upgrade(a_config(engine, folder), "head")
    assert tables(engine) == set()


def alembic(tmp_path: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command line, in a folder that holds nothing of the project."""
    ini = tmp_path / "elsewhere.ini"
    ini.write_text(f"[alembic]\nscript_location = {FOLDER}\n")
    return subprocess.Popen(
        [sys.executable, "-m", "alembic", "-c", str(ini), *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_processes_that_start_together_migrate_once(
    engine: Engine, url: str, tmp_path: Path
) -> None:
    runs = [alembic(tmp_path, "-x", f"url={url}", "upgrade", "head") for _ in range(3)]
    outputs = [run.communicate(timeout=60)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], outputs
    assert tables(engine) == ALL


def test_the_address_may_stand_in_the_configuration(engine: Engine, url: str) -> None:
    config = a_config(None)
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")
    assert tables(engine) == ALL


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["upgrade", "head"], "give its address as -x url="),
        (["-x", "url=sqlite://", "upgrade", "head", "--sql"], "--sql is not supported"),
    ],
)
def test_the_command_line_says_what_is_missing(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    run = alembic(tmp_path, *arguments)
    output = run.communicate(timeout=60)[0]
    assert run.returncode != 0
    assert message in output
    assert "Traceback" not in output


def test_offline_scripts_are_refused(engine: Engine) -> None:
    with pytest.raises(CommandError, match="not supported"):
        command.upgrade(a_config(engine), "head", sql=True)


def test_a_new_revision_is_written_in_the_house_style(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    command.revision(a_config(None, folder), message="Add a thing", rev_id="9999")
    (written,) = (folder / "versions").glob("9999*.py")
    assert written.read_text().startswith('"""Add a thing."""\n')
    lint = [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "pyproject.toml")]
    still_empty = ["--ignore", "F401,PIE790"]
    done = subprocess.run([*lint, *still_empty, str(written)], check=False, capture_output=True)
    assert done.returncode == 0, done.stdout
