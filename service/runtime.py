"""What one process holds for all requests, made once and handed on through `app.state`."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from sqlalchemy import Engine
from sqlmodel import Session

from matching.compiled import compiled_loop
from service import database
from service.cache import Cache
from service.company_register import CompanyRegister
from service.descriptions import Descriptions
from service.index import Index
from service.pool_register import PoolRegister
from service.redis_store import RedisStore
from service.repositories import installation
from service.rulebook import Rulebook
from service.scorer import Scorer, load_scorer
from service.security import Caller
from service.settings import Settings
from service.webhooks.addresses import Gate

NAME_LENGTH: Final = 16


class NotInstalled(RuntimeError):  # noqa: N818 - house style: the name is the sentence
    """Run `bulian serve` once: it sets up the database."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """The parts of a running service."""

    engine: Engine
    scorer: Scorer
    rulebook: Rulebook
    index: Index
    cache: Cache
    descriptions: Descriptions
    companies: CompanyRegister
    investors: PoolRegister
    gate: Gate
    """Which addresses webhooks may have."""
    import_bytes: int = 200 * 2**20
    """Most bytes of an import with all that is around its file."""

    def close(self) -> None:
        """Give back all connections."""
        self.cache.close()
        self.engine.dispose()


@dataclass(frozen=True)
class Visit:
    """A caller with a session: enough for what needs neither reference nor score."""

    session: Session
    caller: Caller


@dataclass(frozen=True)
class Work(Visit):
    """One request: its session, its caller, and the parts it may use."""

    runtime: Runtime


def parts(engine: Engine, scorer: Scorer, cache: Cache) -> Runtime:
    """A runtime over these."""
    return Runtime(
        engine,
        scorer,
        Rulebook(scorer),
        Index(scorer),
        cache,
        Descriptions(scorer),
        CompanyRegister(),
        PoolRegister(),
        Gate(),
    )


def assemble(settings: Settings, scorer: Scorer | None = None) -> Runtime:
    """The parts of a service with these settings; a scorer may be shared between several.

    Raises:
        NotInstalled: Redis is configured, and the database has not been set up yet.
    """
    engine = database.make_engine(settings.engine_url)
    address = settings.redis_address
    cache = Cache() if address is None else Cache(store=_open_store(engine, address))
    if scorer is None:
        scorer = load_scorer(settings.reference_dir, compiled_loop(settings.loop_dir))
    return replace(parts(engine, scorer, cache), import_bytes=settings.import_mb * 2**20)


def _open_store(engine: Engine, address: str) -> RedisStore:
    """Redis under a name and a seal of this installation's own."""
    with database.snapshot(engine) as session:
        found = installation.find(session)
    if found is None:
        raise NotInstalled
    secret = found.secret.encode()
    return RedisStore(address, sha256(b"name" + secret).hexdigest()[:NAME_LENGTH], secret)
