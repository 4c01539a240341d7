"""Two server processes on PostgreSQL and Valkey: a write that was acknowledged is in every later
answer of either, with Valkey killed in the middle, and both give the same bytes."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests import databases
from tests.factories import ADMIN, a_gap, a_key, an_investor, bearer
from tests.house.server import Server, running_server
from tests.service.valkeys import Valkey, running_valkey

WRITES = 30
KILLED_AT, BACK_AT = 10, 20
LIMIT = 30


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    with running_valkey(tmp_path_factory.mktemp("valkey")) as running:
        yield running


def client_of(server: Server) -> httpx2.Client:
    return httpx2.Client(base_url=server.url, headers=bearer(ADMIN), timeout=30)


@pytest.fixture(scope="module")
def clients(
    postgres_url: str, valkey: Valkey, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[httpx2.Client, httpx2.Client]]:
    databases.run(postgres_url, "CREATE DATABASE two_processes")
    address = {
        "BULIAN_DATABASE_URL": postgres_url.replace("/postgres?", "/two_processes?"),
        "BULIAN_REDIS_URL": valkey.url,
        "BULIAN_ADMIN_KEY": ADMIN,
    }
    folder: Path = tmp_path_factory.mktemp("servers")
    with (
        running_server(folder / "one", "--no-demo", **address) as one,
        running_server(folder / "two", "--no-demo", **address) as two,
        client_of(one) as first,
        client_of(two) as second,
    ):
        yield first, second


def test_what_one_process_made_is_a_hit_in_the_other(
    clients: tuple[httpx2.Client, httpx2.Client],
) -> None:
    one, two = clients
    maker = one.post("/v1/investors", json=an_investor()).json()["id"]
    path = f"/v1/investors/{maker}/matches"
    first, second = one.get(path), two.get(path)
    assert first.headers["cache-status"] == "bulian; fwd=miss"
    assert second.headers["cache-status"] == "bulian; hit"
    assert first.content == second.content


def test_a_revoked_key_is_refused_by_every_process_in_the_very_next_call(
    clients: tuple[httpx2.Client, httpx2.Client],
) -> None:
    for turn in range(6):
        one, other = clients[turn % 2], clients[(turn + 1) % 2]
        made = one.post("/v1/admin/keys", json=a_key()).json()
        headers = bearer(made["secret"])
        assert other.get("/v1/zones?limit=1", headers=headers).status_code == 200
        assert one.delete(f"/v1/admin/keys/{made['id']}").status_code == 204
        assert other.get("/v1/zones?limit=1", headers=headers).status_code == 401
        assert one.get("/v1/zones?limit=1", headers=headers).status_code == 401


def test_a_limit_holds_over_both_processes(clients: tuple[httpx2.Client, httpx2.Client]) -> None:
    made = clients[0].post("/v1/admin/keys", json=a_key(rate_limit=LIMIT)).json()
    headers = bearer(made["secret"])
    calls = [clients[turn % 2].get("/readyz", headers=headers) for turn in range(2)]
    assert all(call.status_code == 200 for call in calls), "what needs no key is not counted"
    statuses = [
        clients[turn % 2].get("/v1/zones?limit=1", headers=headers).status_code
        for turn in range(LIMIT + 6)
    ]
    assert abs(statuses.count(200) - LIMIT) <= 1
    assert set(statuses) == {200, 429}


def test_nothing_acknowledged_is_missing_from_a_later_answer(
    clients: tuple[httpx2.Client, httpx2.Client], valkey: Valkey
) -> None:
    maker = clients[0].post("/v1/investors", json=an_investor()).json()["id"]
    path = f"/v1/investors/{maker}/matches"
    for written in range(1, WRITES + 1):
        if written == KILLED_AT:
            valkey.kill()
        if written == BACK_AT:
            valkey.start()
        writer, reader = clients[written % 2], clients[(written + 1) % 2]
        gap = writer.post("/v1/gaps", json=a_gap(severity=written)).json()["id"]
        there, here = reader.get(path), writer.get(path)
        assert there.status_code == here.status_code == 200
        assert there.content == here.content
        answer = there.json()
        assert answer["eligible"] == written
        assert answer["matches"][0]["gap"]["id"] == gap
