"""What an edition would change: investors placed anew, a sample of rankings compared."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.factories import a_gap, a_keyword_edition, an_investor, register
from tests.service.chain_editions import PATH, call, load

WORD = "版图神器"


@pytest.fixture
def edition(embedded: TestClient) -> dict[str, Any]:
    """An edition that brings one of two investors to one of two gaps."""
    register(embedded, "gaps", a_gap())
    register(embedded, "investors", an_investor())
    return load(embedded, a_keyword_edition())


def test_what_moves_is_told_and_what_stays_is_counted(
    embedded: TestClient, edition: dict[str, Any]
) -> None:
    gap = register(embedded, "gaps", a_gap(link_id="ic.eda"))
    maker = register(embedded, "investors", an_investor(products=[WORD]))
    closed = register(embedded, "investors", an_investor(products=[WORD]))
    embedded.delete(f"/v1/investors/{closed['id']}")
    found = call(embedded, edition, "preview")
    assert found["rows_changed"] == 1
    assert (found["investors"], found["investors_moved"]) == (2, 1)
    moved = {"investor_id": maker["id"], "name": maker["name"], "before": [], "after": ["ic.eda"]}
    assert found["moved"] == [moved]
    assert (found["rankings"], found["rankings_changed"]) == (4, 2)
    assert found["changed"] == [
        {"subject": "investor", "id": maker["id"], "before": [], "after": [gap["id"]]},
        {"subject": "gap", "id": gap["id"], "before": [], "after": [maker["id"]]},
    ]
    assert found["before"] != found["after"]
    again = call(embedded, edition, "preview", sample=0)
    assert (again["rankings"], again["moved"]) == (0, [moved])


def test_what_it_says_is_what_comes(embedded: TestClient, edition: dict[str, Any]) -> None:
    gap = register(embedded, "gaps", a_gap(link_id="ic.eda"))
    register(embedded, "investors", an_investor(products=[WORD]))
    told = call(embedded, edition, "preview")
    path = f"/v1/gaps/{gap['id']}/matches"
    assert embedded.get(path).json()["ruleset"] == told["before"]
    call(embedded, edition, "activate")
    answer = embedded.get(path).json()
    assert answer["ruleset"] == told["after"]
    first = [match["investor"]["id"] for match in answer["matches"]]
    assert first == next(r["after"] for r in told["changed"] if r["id"] == gap["id"])
    assert call(embedded, edition, "preview") == told


@pytest.mark.parametrize("body", [{"top": 0}, {"top": 21}, {"sample": 101}, {"more": 1}])
def test_a_sample_is_bounded(
    embedded: TestClient, edition: dict[str, Any], body: dict[str, int]
) -> None:
    answer = embedded.post(f"{PATH}/{edition['id']}/preview", json=body)
    assert answer.status_code == 422
