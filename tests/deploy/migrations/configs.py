"""How alembic is told what to do, without a file in the working directory."""

from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection, Engine

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "deploy" / "migrations"


def a_config(given: Connection | Engine | None, folder: Path = FOLDER) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = given  # pyright: ignore[reportUnknownMemberType] - a plain dict in alembic
    return config
