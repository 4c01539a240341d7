"""The index keeps level with the log: writes, restored backups, older snapshots, a new day."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from fastapi import FastAPI
from sqlmodel import delete
from starlette.testclient import TestClient

from models.event import Event
from service import clock, database
from service.index import Index, State
from service.repositories import feed
from service.repositories.feed import BEGINNING, Mark
from service.runtime import Runtime
from service.scorer import Scorer
from tests.factories import a_gap, an_investor, register

TODAY = clock.china_day()


@pytest.fixture
def index(scorer: Scorer) -> Index:
    return Index(scorer)


@pytest.fixture
def runtime(embedded: TestClient, blank_app: FastAPI) -> Runtime:
    assert embedded.app is blank_app
    return blank_app.state.runtime


def state_now(index: Index, runtime: Runtime, day: date = TODAY) -> State:
    with database.snapshot(runtime.engine) as session:
        return index.at(session, day)


def test_a_state_holds_every_write_and_is_named_by_the_last_event(
    embedded: TestClient, runtime: Runtime, index: Index
) -> None:
    empty = state_now(index, runtime)
    assert (len(empty.gaps.records), len(empty.investors.records)) == (0, 0)
    gap = register(embedded, "gaps", a_gap())
    investor = register(embedded, "investors", an_investor())
    full = state_now(index, runtime)
    assert set(full.gaps.records) == {gap["id"]}
    assert set(full.investors.records) == {investor["id"]}
    with database.snapshot(runtime.engine) as session:
        assert full.mark == feed.last_mark(session)
    assert full.mark.number == empty.mark.number + 2
    assert state_now(index, runtime) is full


def test_an_event_about_something_else_renames_the_state_only(
    embedded: TestClient, runtime: Runtime, index: Index
) -> None:
    register(embedded, "gaps", a_gap())
    before = state_now(index, runtime)
    embedded.post("/v1/admin/keys", json={"scope": "portal", "name": "Another"})
    after = state_now(index, runtime)
    assert after.mark != before.mark
    assert after.gaps is before.gaps


def test_a_zone_that_changes_is_read_with_its_gaps(
    embedded: TestClient, runtime: Runtime, index: Index
) -> None:
    gap = register(embedded, "gaps", a_gap())
    state_now(index, runtime)
    embedded.patch("/v1/zones/CNHTZ-3205", json={"name_zh": "改名的高新区"})
    assert state_now(index, runtime).gaps.records[gap["id"]].zone_name_zh == "改名的高新区"


def test_a_snapshot_that_is_older_than_the_state_gets_the_newer_state(
    embedded: TestClient, runtime: Runtime, index: Index
) -> None:
    state_now(index, runtime)
    with database.snapshot(runtime.engine) as old:
        feed.last_mark(old)
        gap = register(embedded, "gaps", a_gap())
        newer = state_now(index, runtime)
        assert index.at(old, TODAY) is newer
    assert set(newer.gaps.records) == {gap["id"]}


def test_a_restored_backup_that_goes_its_own_way_is_read_anew(
    embedded: TestClient, runtime: Runtime, index: Index
) -> None:
    first = register(embedded, "gaps", a_gap())
    state_now(index, runtime)
    path = Path(str(runtime.engine.url.database))
    with runtime.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(path, path.with_suffix(".backup"))
    lost = [register(embedded, "gaps", a_gap()) for _ in range(2)]
    assert len(state_now(index, runtime).gaps.records) == 3
    restore(runtime, path)
    other = [register(embedded, "gaps", a_gap()) for _ in range(3)]
    restored = state_now(index, runtime)
    assert set(restored.gaps.records) == {first["id"], *(gap["id"] for gap in other)}
    assert not set(restored.gaps.records) & {gap["id"] for gap in lost}


def test_a_restored_backup_is_noticed_though_it_is_shorter(
    embedded: TestClient, runtime: Runtime, scorer: Scorer
) -> None:
    index = Index(scorer)
    path = Path(str(runtime.engine.url.database))
    with runtime.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(path, path.with_suffix(".backup"))
    for _ in range(3):
        register(embedded, "gaps", a_gap())
    state_now(index, runtime)
    restore(runtime, path)
    kept = register(embedded, "gaps", a_gap())
    assert set(state_now(index, runtime).gaps.records) == {kept["id"]}


def restore(runtime: Runtime, path: Path) -> None:
    runtime.engine.dispose()
    for left in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        left.unlink(missing_ok=True)
    shutil.copy(path.with_suffix(".backup"), path)


def test_a_new_day_opens_and_closes_gaps(
    embedded: TestClient, runtime: Runtime, index: Index
) -> None:
    tomorrow = TODAY + timedelta(days=1)
    ending = register(embedded, "gaps", a_gap(valid_until=str(TODAY)))["id"]
    coming = register(embedded, "gaps", a_gap(valid_from=str(tomorrow)))["id"]
    lasting = register(embedded, "gaps", a_gap())["id"]
    gaps = (ending, coming, lasting)
    today = state_now(index, runtime)
    assert [today.gaps.records[g].profile.row.is_open for g in gaps] == [True, False, True]
    later = state_now(index, runtime, tomorrow)
    assert [later.gaps.records[g].profile.row.is_open for g in gaps] == [False, True, True]
    assert [later.gaps.sheet.row(n).is_open for n in range(3)] == [False, True, True]
    assert later.gaps.records[lasting] is today.gaps.records[lasting]
    assert later.mark == today.mark
    assert (later.day, today.day) == (tomorrow, TODAY)


def test_positions_follow_registration_however_the_index_came_to_them(
    embedded: TestClient, runtime: Runtime, scorer: Scorer
) -> None:
    step_by_step = Index(scorer)
    ids: list[str] = []
    for severity in (3, 1, 2):
        ids.append(register(embedded, "gaps", a_gap(severity=severity))["id"])
        state_now(step_by_step, runtime)
    embedded.patch(f"/v1/gaps/{ids[0]}", json={"severity": 9})
    at_once = state_now(Index(scorer), runtime)
    for state in (state_now(step_by_step, runtime), at_once):
        assert list(state.gaps.records) == ids
        assert state.gaps.sheet.numbers("severity", np.arange(3)).tolist() == [9, 1, 2]


def test_all_records_are_read_in_portions(
    embedded: TestClient, runtime: Runtime, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    gaps = [register(embedded, "gaps", a_gap())["id"] for _ in range(3)]
    who = [
        register(embedded, "investors", an_investor(name=f"示例{n}公司"))["id"] for n in range(5)
    ]
    monkeypatch.setattr(feed, "PORTION", 2)
    with database.snapshot(runtime.engine) as session:
        portions = [[one.id for one in some] for some in feed.all_investors(session)]
    assert portions == [who[:2], who[2:4], who[4:]]
    state = state_now(index, runtime)
    assert (list(state.gaps.records), list(state.investors.records)) == (gaps, who)
    assert [investor.name for investor in state.investors.records.in_order()] == [
        f"示例{n}公司" for n in range(5)
    ]


def test_only_gaps_that_may_match_are_looked_at(
    embedded: TestClient, runtime: Runtime, index: Index
) -> None:
    near = register(embedded, "gaps", a_gap())["id"]
    worded = register(embedded, "gaps", a_gap(link_id="agrifood.meat", products=["光刻胶"]))["id"]
    register(embedded, "gaps", a_gap(link_id="agrifood.meat", products=["牛肉"]))
    register(embedded, "gaps", a_gap(link_id="agrifood.meat"))
    maker = register(embedded, "investors", an_investor())["id"]
    state = state_now(index, runtime)
    looked_at = state.gaps.near(state.investors.records[maker].profile).positions.tolist()
    assert {state.gaps.records.at(position).id for position in looked_at} == {near, worded}


def test_a_log_without_events_is_the_beginning(embedded: TestClient, runtime: Runtime) -> None:
    with database.transaction(runtime.engine) as session:
        session.exec(delete(Event))
    with database.snapshot(runtime.engine) as session:
        assert feed.last_mark(session) == BEGINNING
        assert feed.id_at(session, 1) is None
        assert feed.marks_since(session, 0)[0] == []


def test_marks_come_in_order(embedded: TestClient, runtime: Runtime) -> None:
    with database.snapshot(runtime.engine) as session:
        start = feed.last_mark(session).number
    ids = {register(embedded, "gaps", a_gap())["id"] for _ in range(3)}
    with database.snapshot(runtime.engine) as session:
        marks, changes = feed.marks_since(session, start)
    assert [mark.number for mark in marks] == [start + 1, start + 2, start + 3]
    assert all(isinstance(mark, Mark) and mark.id.startswith("evt_") for mark in marks)
    assert (changes.gaps, changes.zones, changes.investors) == (ids, set(), set())


def test_what_changed_is_known_between_states_of_one_day(
    embedded: TestClient, runtime: Runtime, index: Index
) -> None:
    one = register(embedded, "gaps", a_gap())
    first = state_now(index, runtime)
    embedded.patch(f"/v1/gaps/{one['id']}", json={"severity": 7})
    second = state_now(index, runtime)
    other = register(embedded, "gaps", a_gap())
    who = register(embedded, "investors", an_investor())
    third = state_now(index, runtime)
    changes = index.changes(first.mark, third.mark)
    assert changes is not None
    assert [(c.position, c.before is None, c.after.id) for c in changes.gaps] == [
        (0, False, one["id"]),
        (1, True, other["id"]),
    ]
    assert [change.after.id for change in changes.investors] == [who["id"]]
    assert index.changes(second.mark, second.mark) is not None
    assert index.changes(third.mark, first.mark) is None
    assert index.changes(BEGINNING, third.mark) is None


def test_changes_are_not_known_over_a_new_day_a_purge_or_a_flood(
    embedded: TestClient, runtime: Runtime, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def step(day: date = TODAY) -> tuple[Mark, Mark]:
        before = state_now(index, runtime).mark
        register(embedded, "gaps", a_gap())
        return before, state_now(index, runtime, day).mark

    state_now(index, runtime)
    assert index.changes(*step()) is not None
    assert index.changes(*step(TODAY + timedelta(days=1))) is None
    before = state_now(index, runtime).mark
    embedded.delete("/v1/admin/cache?scope=rankings")
    assert index.changes(before, state_now(index, runtime).mark) is None
    monkeypatch.setattr("service.index.MOST_CHANGES", 0)
    assert index.changes(*step()) is None
