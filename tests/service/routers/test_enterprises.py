"""`/v1/zones/{zone_id}/enterprises`: a list that is replaced, with one event."""

from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from tests.factories import a_zone, an_enterprise, register
from tests.service.usecases.test_history import events

PATH = "/v1/zones/CNHTZ-3205/enterprises"


def listed(client: TestClient, path: str = PATH, limit: int = 100) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = client.get(f"{path}?limit={limit}{cursor}").json()
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def counts(answer: Any) -> tuple[int, int, int, int]:
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["zone_id"], told["landed"]) == ("CNHTZ-3205", 0)
    return told["added"], told["changed"], told["removed"], told["total"]


def test_a_list_is_replaced(portal: TestClient, engine: Engine) -> None:
    before = len(events(engine))
    one, two, three = (an_enterprise(external_id=f"E{n}", jobs=None) for n in range(3))
    for body in (one, two, three):
        del body["jobs"]
    assert counts(portal.put(PATH, json={"items": [one, two]})) == (2, 0, 0, 2)
    first = listed(portal)
    assert [row["external_id"] for row in first] == ["E0", "E1"]
    assert counts(portal.put(PATH, json=[two, one])) == (0, 0, 0, 2)
    assert listed(portal) == first
    richer = {**two, "revenue_cny": 10**15, "honours": ["listed"]}
    assert counts(portal.put(PATH, json=[three, richer])) == (1, 1, 1, 2)
    last = listed(portal, limit=1)
    assert [(row["external_id"], row["version"]) for row in last] == [("E1", 2), ("E2", 1)]
    assert (last[0]["revenue_cny"], last[0]["id"]) == (10**15, first[1]["id"])
    told = events(engine)[before:]
    assert [event.action for event in told] == ["zone.enterprises_replaced"] * 2
    changed = told[1]
    assert changed.before is not None
    assert changed.after is not None
    assert set(changed.before["enterprises"]) == {"E0", "E1"}  # type: ignore[arg-type]
    assert set(changed.after["enterprises"]) == {"E1", "E2"}  # type: ignore[arg-type]
    assert counts(portal.put(PATH, json=[])) == (0, 0, 2, 0)
    assert listed(portal) == []


def test_a_list_belongs_to_the_key_that_sent_it(
    portal: TestClient, other_portal: TestClient, admin: TestClient
) -> None:
    portal.put(PATH, json=[an_enterprise()])
    assert other_portal.put(PATH, json=[]).status_code == 403
    assert len(listed(other_portal)) == 1
    assert admin.put(PATH, json=[]).status_code == 200
    assert other_portal.put(PATH, json=[an_enterprise()]).status_code == 200


def test_ids_are_unique_within_a_zone_only(portal: TestClient) -> None:
    zone = register(portal, "zones", a_zone())["id"]
    body = [an_enterprise(external_id="E-1")]
    for path in (PATH, f"/v1/zones/{zone}/enterprises"):
        assert portal.put(path, json=body).status_code == 200
        assert len(listed(portal, path)) == 1


@pytest.mark.parametrize(
    ("body", "loc"),
    [
        ([an_enterprise(link_ids=["ic.none"])], ["body", "items", 0, "link_ids", 0]),
        ([an_enterprise(), an_enterprise(industry_codes=[{"scheme": "gb4754", "code": "9Z99"}])],
         ["body", "items", 1, "industry_codes", 0, "code"]),
        ([an_enterprise(external_id="E"), an_enterprise(external_id="E")], ["body", "items"]),
        ([{"name": "x"}], ["body", "items", 0, "external_id"]),
        ({"items": "x"}, ["body", "items"]),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    portal: TestClient, body: object, loc: list[object]
) -> None:
    portal.put(PATH, json=[an_enterprise()])
    before = listed(portal)
    answer = portal.put(PATH, json=body)
    assert answer.status_code == 422
    assert loc in [error["loc"] for error in answer.json()["errors"]]
    assert listed(portal) == before


def test_a_zone_there_is_not_has_no_list(portal: TestClient) -> None:
    path = "/v1/zones/CNHTZ-9999/enterprises"
    assert portal.get(path).status_code == portal.put(path, json=[]).status_code == 404
