"""First start: everything or nothing, once, however many start at the same time."""

import multiprocessing
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, func, select
from starlette.testclient import TestClient

from matching.reference.loader import Reference
from models.api_key import ApiKey
from models.enterprise import Enterprise
from models.event import Event
from models.gap import Gap
from models.installation import Installation
from models.investor import Investor
from models.zone import Zone
from service import database, installation, runtime
from service.app import build
from service.installation import Installed, zone_row
from service.repositories import standing
from service.scorer import Scorer, load_scorer
from service.security import SYSTEM
from service.settings import Settings
from tests import databases
from tests.factories import ADMIN, bearer

numbers = count(1)
STARTERS = 3


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings that lead to an empty database."""
    if request.param == "sqlite":
        yield databases.settings_for(data_dir=tmp_path)
        return
    server: str = request.getfixturevalue("postgres_url")
    name = f"bare_{next(numbers)}"
    databases.run(server, f"CREATE DATABASE {name}")
    yield databases.settings_for(database_url=server.replace("/postgres?", f"/{name}?"))
    databases.run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty(bare: Settings) -> Iterator[Engine]:
    """An empty database."""
    engine = database.make_engine(bare.engine_url)
    yield engine
    engine.dispose()


def rows(engine: Engine) -> dict[str, int]:
    with database.snapshot(engine) as session:
        return {
            table.__name__: session.exec(select(func.count()).select_from(table)).one()
            for table in (Installation, Zone, ApiKey, Gap, Investor)
        }


def test_first_start_sets_everything_up(bare: Settings, empty: Engine, scorer: Scorer) -> None:
    done = installation.install(empty, bare, lambda: scorer, demo=True)
    assert done == Installed(is_first=True, new_admin_key=None)
    found = rows(empty)
    assert found["Installation"] == found["ApiKey"] == 1
    assert found["Zone"] == 179
    assert found["Gap"] >= 55
    assert found["Investor"] >= 55
    with database.snapshot(empty) as session:
        numbers = session.exec(select(Event.number).order_by(col(Event.number))).all()
        owners = set(session.exec(select(Investor.created_by)))
        shown = session.get_one(Zone, "CNHTZ-3203")
        assert standing.holds_demonstration_only(session)
        assert session.exec(select(func.count()).select_from(Enterprise)).one() >= 60
    assert list(numbers) == list(range(1, len(numbers) + 1))
    assert owners == {SYSTEM}
    assert shown.readiness is not None
    assert "【演示】" in (shown.source_note or "")
    parts = runtime.assemble(bare, scorer)
    admin = TestClient(build(parts), headers=bearer(ADMIN))
    assert len(admin.get("/v1/gaps?limit=100").json()["items"]) == found["Gap"]
    parts.close()


def test_later_starts_change_nothing(bare: Settings, empty: Engine, scorer: Scorer) -> None:
    installation.install(empty, bare, lambda: scorer, demo=False)
    before = rows(empty)
    assert before["Gap"] == before["Investor"] == 0
    with database.snapshot(empty) as session:
        assert (
            session.exec(select(Zone).where(col(Zone.source_note).contains("演示"))).first() is None
        )
    other = bare.model_copy(update={"admin_key": None})
    again = installation.install(empty, other, never, demo=True)
    assert again == Installed(is_first=False, new_admin_key=None)
    assert rows(empty) == before


def never() -> Scorer:
    raise AssertionError("a later start needs no scorer")


def test_key_that_was_not_given_is_made_and_shown(
    bare: Settings, empty: Engine, scorer: Scorer
) -> None:
    without = bare.model_copy(update={"admin_key": None})
    done = installation.install(empty, without, lambda: scorer, demo=False)
    assert done.new_admin_key is not None
    parts = runtime.assemble(bare, scorer)
    answer = TestClient(build(parts)).get("/v1/admin/keys", headers=bearer(done.new_admin_key))
    parts.close()
    assert answer.status_code == 200


def broken() -> Scorer:
    raise LookupError


def test_start_that_fails_leaves_nothing(bare: Settings, empty: Engine, scorer: Scorer) -> None:
    with pytest.raises(LookupError):
        installation.install(empty, bare, broken, demo=False)
    assert not database.is_set_up(empty)
    assert installation.install(empty, bare, lambda: scorer, demo=False).is_first


def start(settings: Settings, results: "multiprocessing.Queue[bool]") -> None:
    engine = database.make_engine(settings.engine_url)
    results.put(installation.install(engine, settings, load_scorer, demo=True).is_first)
    engine.dispose()


def test_processes_that_start_together_set_up_once(bare: Settings, empty: Engine) -> None:
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    starters = [context.Process(target=start, args=(bare, results)) for _ in range(STARTERS)]
    for starter in starters:
        starter.start()
    firsts = [results.get(timeout=60) for _ in starters]
    for starter in starters:
        starter.join(60)
    assert sorted(firsts) == [False] * (STARTERS - 1) + [True]
    assert rows(empty)["Zone"] == 179
    assert rows(empty)["ApiKey"] == 1


def test_migrating_makes_tables_only(empty: Engine) -> None:
    installation.migrate(empty)
    installation.migrate(empty)
    assert set(rows(empty).values()) == {0}


def test_zone_says_what_its_facts_rest_on(scorer: Scorer) -> None:
    reference: Reference = scorer.reference
    zones = [zone_row(zone, reference) for zone in reference.zones.values()]
    for zone in zones:
        assert zone.provenance is not None
        assert zone.name_zh not in zone.aliases
        known = zone.id in reference.zone_chains
        assert bool(zone.leading_chains) == known
        assert ("leading chains: " in (zone.source_note or "")) == known
