"""Cursors: every item once, in one order, whatever is registered meanwhile."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from service.errors import NotValid
from service.filters import GapFilter, ZoneFilter
from service.pagination import cut, fingerprint, read_cursor, write_cursor
from tests.factories import a_gap, a_key, a_webhook, a_zone, an_investor, register
from tests.service.jobs.making import store_job

MAKERS: dict[str, Callable[..., dict[str, Any]]] = {
    "investors": an_investor,
    "gaps": a_gap,
    "zones": a_zone,
    "admin/keys": a_key,
}


def walk(client: TestClient, path: str, meanwhile: Callable[[], object], **query: Any) -> list[str]:
    """The ids of all pages, something being done between them."""
    ids: list[str] = []
    while True:
        page = client.get(path, params=query).json()
        assert len(page["items"]) <= query["limit"]
        ids += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            return ids
        query["cursor"] = page["next_cursor"]
        meanwhile()


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("limit", [1, 3, 7])
def test_pages_hold_every_item_once(admin: TestClient, kind: str, limit: int) -> None:
    made = [register(admin, kind, MAKERS[kind]())["id"] for _ in range(7)]
    query = {"q": "示例"} if kind == "zones" else {}
    ids = walk(admin, f"/v1/{kind}", lambda: None, limit=limit, **query)
    assert len(ids) == len(set(ids))
    assert set(made) <= set(ids)
    assert [one for one in ids if one in made] == (
        made if kind in {"zones", "admin/keys"} else made[::-1]
    ) or kind == "zones"
    assert ids == walk(admin, f"/v1/{kind}", lambda: None, limit=100, **query)


@pytest.mark.parametrize("kind", ["investors", "gaps"])
def test_what_is_registered_meanwhile_moves_nothing(portal: TestClient, kind: str) -> None:
    made = [register(portal, kind, MAKERS[kind]())["id"] for _ in range(5)]

    def add() -> None:
        register(portal, kind, MAKERS[kind]())

    assert walk(portal, f"/v1/{kind}", add, limit=2) == made[::-1]


def test_cursor_is_good_for_its_list_and_filters_only(portal: TestClient) -> None:
    for _ in range(3):
        register(portal, "gaps", a_gap())
    cursor = portal.get("/v1/gaps?limit=1").json()["next_cursor"]
    assert portal.get("/v1/gaps", params={"limit": 2, "cursor": cursor}).status_code == 200
    for path in ("/v1/gaps?kind=weak", "/v1/investors?limit=1", "/v1/zones?limit=1"):
        answer = portal.get(f"{path}&cursor={cursor}")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["loc"] == ["query", "cursor"]


MARK = fingerprint("gaps", GapFilter())


@pytest.mark.parametrize(
    "cursor",
    [
        "", "x", "%", "=", "WzFd", "bnVsbA", "é", "W10", write_cursor(MARK, "a"),
        write_cursor(MARK, 1)[:-1], write_cursor(fingerprint("zones", ZoneFilter()), 1),
        "WyJ4IiwgdHJ1ZV0",
    ],
)  # fmt: skip
def test_other_strings_are_no_cursors(cursor: str) -> None:
    with pytest.raises(NotValid):
        read_cursor(MARK, cursor, int)


@pytest.mark.parametrize("place", [-1, 2**63, 10**200])
def test_no_cursor_leads_to_a_number_no_database_holds(place: int) -> None:
    with pytest.raises(NotValid):
        read_cursor(MARK, write_cursor(MARK, place), int)


@pytest.mark.parametrize("place", ["a\0b", "\ud800"])
def test_no_cursor_leads_to_text_no_database_holds(place: str) -> None:
    with pytest.raises(NotValid):
        read_cursor(MARK, write_cursor(MARK, place), str)


@pytest.mark.parametrize(
    ("path", "place"),
    [("investors", 2**70), ("gaps", -1), ("admin/keys", "\0"), ("zones", "\udfff")],
)
def test_a_made_up_place_is_refused_by_either_database(
    admin: TestClient, path: str, place: int | str
) -> None:
    for _ in range(2):
        register(admin, path, MAKERS[path]())
    cursor = admin.get(f"/v1/{path}?limit=1").json()["next_cursor"]
    mark, _ = json.loads(urlsafe_b64decode(cursor + "=="))
    answer = admin.get(f"/v1/{path}", params={"limit": 1, "cursor": write_cursor(mark, place)})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["query", "cursor"]


@pytest.mark.parametrize("place", [2**31, 2**40, 2**63 - 1])
def test_lists_within_a_record_know_smaller_places(
    admin: TestClient, engine: Engine, place: int
) -> None:
    job, webhook = store_job(engine), register(admin, "webhooks", a_webhook())["id"]
    lists = {
        f"/v1/admin/jobs/{job}/refusals": f"refusals of {job}",
        f"/v1/webhooks/{webhook}/deliveries": f"deliveries {webhook}",
    }
    for path, name in lists.items():
        for number, status in ((place, 422), (2**31 - 1, 200)):
            cursor = write_cursor(fingerprint(name, None), number)
            assert admin.get(path, params={"cursor": cursor}).status_code == status


@pytest.mark.parametrize("path", ["investors", "gaps", "admin/events"])
def test_the_largest_place_of_all_is_one(admin: TestClient, path: str) -> None:
    for _ in range(2):
        register(admin, "investors", an_investor())
        register(admin, "gaps", a_gap())
    cursor = admin.get(f"/v1/{path}?limit=1").json()["next_cursor"]
    mark, _ = json.loads(urlsafe_b64decode(cursor + "=="))
    answer = admin.get(f"/v1/{path}", params={"limit": 1, "cursor": write_cursor(mark, 2**63 - 1)})
    assert answer.status_code == 200


def test_cursor_comes_back_as_its_place() -> None:
    assert read_cursor(MARK, write_cursor(MARK, 2**62), int) == 2**62
    assert read_cursor(MARK, write_cursor(MARK, "CNHTZ-3205"), str) == "CNHTZ-3205"
    assert read_cursor(MARK, None, int) is None


def test_page_is_cut_where_it_ends() -> None:
    assert cut([1, 2], 2, MARK, int) == ([1, 2], None)
    kept, cursor = cut([1, 2, 3], 2, MARK, int)
    assert kept == [1, 2]
    assert read_cursor(MARK, cursor, int) == 2
