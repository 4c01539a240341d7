"""Whether the database and Redis answer."""

from typing import Literal

from sqlmodel import Session

from service.cache import Cache
from service.errors import DatabaseAway
from service.repositories import installation

RedisState = Literal["ok", "away", "none"]


def check_database(session: Session) -> None:
    """Nothing when the database answers and holds our tables.

    Raises:
        DatabaseAway: it is not installed; a database that does not answer raises its own error.
    """
    if installation.find(session) is None:
        raise DatabaseAway("The database has not been set up yet")


def redis_state(cache: Cache) -> RedisState:
    """How Redis is; away costs speed only."""
    if cache.store is None:
        return "none"
    return "ok" if cache.store.is_reachable() else "away"
