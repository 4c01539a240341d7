"""What one process holds for all requests, made once and handed on through `app.state`."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import Final

from sqlalchemy import Engine
from sqlmodel import Session

from matching.compiled import compiled_loop
from matching.reference.loader import Reference
from service import clock, database
from service.cache import Cache
from service.company_register import CompanyRegister
from service.key_uses import KeyUses
from service.library import Bench, Library
from service.people.person import Entrance, PageEntrance
from service.pool_register import PoolRegister
from service.pulse import Pulse
from service.rate_limiter import RateLimiter
from service.rate_limits import USUAL_LIMITS, RateLimits
from service.ready import ReadyAnswers
from service.rechecking import Rechecking
from service.redis_store import RedisStore
from service.repositories import installation
from service.rulebook import Rulebook, Rules
from service.scorer import Scorer, load_scorer
from service.security import Caller
from service.settings import Settings
from service.telemetry import tracing
from service.telemetry.exposition import Exposition
from service.telemetry.figures import Figures
from service.telemetry.neighbours import Neighbours
from service.webhooks.addresses import Gate

NAME_LENGTH: Final = 16


class NotInstalled(RuntimeError):  # noqa: N818 - house style: the name is the sentence
    """Run `bulian serve` once: it sets up the database."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """The parts of a running service."""

    engine: Engine
    scorer: Scorer
    """Over the built-in reference; what rules today is the work's `reference` and `bench`."""
    rulebook: Rulebook
    library: Library
    cache: Cache
    companies: CompanyRegister
    investors: PoolRegister
    gate: Gate
    """Which addresses webhooks may have."""
    limiter: RateLimiter
    pulse: Pulse
    key_uses: KeyUses = field(default_factory=KeyUses)
    rechecking: Rechecking = field(default_factory=Rechecking)
    ready: ReadyAnswers = field(default_factory=ReadyAnswers)
    figures: Figures = field(default_factory=Figures)
    exposition: Exposition = field(default_factory=Exposition)
    neighbours: Neighbours | None = None
    """The other processes of this server; None where it is alone."""
    metrics_token: str | None = None
    """With it the metrics may be read from other machines."""
    two_administrators: bool = False
    """Whether a policy rules and is rolled back only when two administrators ask for it."""
    people: Entrance | None = None
    """Where people's tokens are read; None where only keys are taken."""
    people_on_pages: PageEntrance | None = None
    """Where people sign in in a browser; None where they do with keys only."""
    import_bytes: int = 200 * 2**20
    """Most bytes of an import with all that is around its file."""

    def close(self) -> None:
        """Give back all connections."""
        self.cache.close()
        self.pulse.close()
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

    @cached_property
    def rules(self) -> Rules:
        """The rules as the request's session saw them when it first asked."""
        return self.runtime.rulebook.at(self.session)

    @property
    def reference(self) -> Reference:
        """The reference that rules today."""
        return self.rules.shelf.reference(clock.china_day())

    @property
    def bench(self) -> Bench:
        """What is needed to place and describe by the reference that rules today."""
        return self.runtime.library.bench(self.reference)


def parts(
    engine: Engine, scorer: Scorer, cache: Cache, limits: RateLimits = USUAL_LIMITS
) -> Runtime:
    """A runtime over these; calls are counted in the Redis that the cache has, if it has one."""
    line = None if cache.store is None else cache.store.line
    return Runtime(
        engine,
        scorer,
        Rulebook(scorer),
        Library(scorer),
        cache,
        CompanyRegister(),
        PoolRegister(),
        Gate(),
        RateLimiter(limits, line),
        Pulse(engine),
    )


def assemble(settings: Settings, scorer: Scorer | None = None) -> Runtime:
    """The parts of a service with these settings; a scorer may be shared between several.

    Raises:
        NotInstalled: Redis or an issuer is configured, and the database has not been set up yet.
    """
    engine = database.make_engine(settings.engine_url)
    traced = tracing.spans()
    if traced is not None:
        traced.watch(engine)
    address = settings.redis_address
    cache = Cache() if address is None else Cache(store=_open_store(engine, address))
    if scorer is None:
        scorer = load_scorer(settings.reference_dir, compiled_loop(settings.loop_dir))
    made = parts(engine, scorer, cache, settings.rate_limits)
    folder, token = settings.metrics_dir, settings.metrics_token
    people, on_pages = _open_entrances(engine, settings)
    return replace(
        made,
        two_administrators=settings.two_administrators,
        people=people,
        people_on_pages=on_pages,
        import_bytes=settings.import_mb * 2**20,
        neighbours=None if folder is None else Neighbours(folder),
        metrics_token=None if token is None else token.get_secret_value(),
    )


def _open_entrances(
    engine: Engine, settings: Settings
) -> tuple[Entrance | None, PageEntrance | None]:
    """Where people come in; the library behind it is there only with the extra `oidc`."""
    if settings.oidc_issuer is None:
        return None, None
    from service.people.browser import browser_entrance  # noqa: PLC0415 - see above
    from service.people.entrance import tokens_of  # noqa: PLC0415 - see above

    tokens = tokens_of(settings, _secret_of(engine))
    return tokens, None if tokens is None else browser_entrance(tokens)


def _open_store(engine: Engine, address: str) -> RedisStore:
    """Redis under a name and a seal of this installation's own."""
    secret = _secret_of(engine)
    return RedisStore(address, sha256(b"name" + secret).hexdigest()[:NAME_LENGTH], secret)


def _secret_of(engine: Engine) -> bytes:
    """The secret of this installation."""
    with database.snapshot(engine) as session:
        found = installation.find(session)
    if found is None:
        raise NotInstalled
    return found.secret.encode()
