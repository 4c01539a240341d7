"""How a command opens what it works with: settings, database, the parts of the service."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import typer
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from matching.compiled import compiled_loop
from service import database, security
from service.errors import Refused
from service.problems import advice
from service.runtime import Runtime, Visit, assemble
from service.scorer import load_scorer
from service.settings import Settings

NOT_SET_UP: Final = "The database has not been set up: run `bulian serve` first"


def read_settings() -> Settings:
    """The settings of the environment; what is wrong with them is said without their values."""
    try:
        return Settings()
    except ValidationError as error:
        told = [f"BULIAN_{one['loc'][0]}".upper() + f": {one['msg']}" for one in error.errors()]
        raise stop("\n".join(told)) from None


def stop(message: str) -> typer.Exit:
    """The end of a command that cannot go on, after saying why."""
    typer.echo(message, err=True)
    return typer.Exit(1)


@contextmanager
def open_engine(settings: Settings) -> Generator[Engine]:
    """The database, closed again afterwards; one that does not answer ends the command."""
    engine = database.make_engine(settings.engine_url)
    try:
        yield engine
    except DBAPIError as error:
        raise stop(f"The database does not answer: {type(error.orig).__name__}") from None
    finally:
        engine.dispose()


@contextmanager
def visiting() -> Generator[Visit]:
    """A transaction of the operator's on a database that has been set up."""
    with set_up_engine() as engine, database.transaction(engine) as session:
        yield Visit(session, security.OPERATOR)


@contextmanager
def set_up_engine() -> Generator[Engine]:
    """The database of the environment, which must have been set up."""
    with open_engine(read_settings()) as engine:
        if not database.is_set_up(engine):
            raise stop(NOT_SET_UP)
        yield engine


@contextmanager
def assembled(*, compiled: bool = False) -> Generator[Runtime]:
    """The parts of the service on a database that has been set up.

    Args:
        compiled: whether many pairs will be judged, so that the compiled loop is worth its start.
    """
    settings = read_settings()
    with open_engine(settings) as engine:
        if not database.is_set_up(engine):
            raise stop(NOT_SET_UP)
        loop = compiled_loop(settings.loop_dir) if compiled else None
        runtime = assemble(settings, load_scorer(settings.reference_dir, loop))
        try:
            yield runtime
        finally:
            runtime.close()


@contextmanager
def told_plainly() -> Generator[None]:
    """Refusals end the command with their words."""
    try:
        yield
    except Refused as refusal:
        raise stop(str(refusal) or f"{refusal.title}: {advice(type(refusal))}") from None
    except ValidationError as error:
        raise stop("\n".join(one["msg"] for one in error.errors())) from None
