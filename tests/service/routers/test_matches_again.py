"""Rankings read again: kept while they hold, never after a write, the same in every process."""

from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from matching.loop import Loop
from service.library import Library
from service.scorer import Scorer
from tests.factories import a_gap, a_key, an_investor, register
from tests.service.routers.test_matches import FULL, component, ranking


def test_the_second_read_is_a_hit_with_the_same_bytes(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    register(portal, "gaps", a_gap())
    path = f"/v1/investors/{maker['id']}/matches"
    first, second = portal.get(path), portal.get(path)
    assert first.headers["cache-status"] == "bulian; fwd=miss"
    assert second.headers["cache-status"] == "bulian; hit"
    assert "ranking;dur=" in second.headers["server-timing"]
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    fresh = portal.get(path, headers={"Cache-Control": "no-cache"})
    assert fresh.headers["cache-status"] == "bulian; fwd=bypass"
    assert fresh.content == first.content


def test_an_answer_the_caller_holds_is_not_sent_again(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    path = f"/v1/investors/{maker['id']}/matches"
    etag = portal.get(path).headers["etag"]
    held = portal.get(path, headers={"If-None-Match": etag})
    assert (held.status_code, held.content) == (304, b"")
    register(portal, "gaps", a_gap())
    assert portal.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_every_write_is_in_the_next_ranking(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    path = f"investors/{maker['id']}"
    assert ranking(portal, path)["eligible"] == 0
    gap = register(portal, "gaps", a_gap())
    assert ranking(portal, path)["eligible"] == 1
    portal.patch(f"/v1/gaps/{gap['id']}", json={"link_id": "agrifood.meat"})
    assert ranking(portal, path)["eligible"] == 0
    portal.patch(f"/v1/gaps/{gap['id']}", json={"link_id": "ic.photoresist"})
    assert ranking(portal, path)["eligible"] == 1
    portal.patch(f"/v1/investors/{maker['id']}", json={"opt_out": True})
    assert ranking(portal, path)["eligible"] == 0
    portal.patch(f"/v1/investors/{maker['id']}", json={"opt_out": False})
    portal.delete(f"/v1/gaps/{gap['id']}")
    assert ranking(portal, path)["eligible"] == 0


def test_a_closed_side_is_explained_in_the_pair(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    gap = register(portal, "gaps", a_gap(valid_until="2020-01-01"))
    portal.delete(f"/v1/investors/{maker['id']}")
    pair = portal.get(f"/v1/investors/{maker['id']}/matches/{gap['id']}").json()
    assert pair["match"] is None
    assert [g["gate"] for g in pair["gates"]] == ["status", "status"]


def test_an_empty_list_says_what_keeps_its_subject_out(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    gap = register(portal, "gaps", a_gap())
    paths = f"investors/{maker['id']}", f"gaps/{gap['id']}"
    assert [ranking(portal, path)["kept_out"] for path in paths] == [[], []]
    portal.patch(f"/v1/investors/{maker['id']}", json={"opt_out": True})
    portal.patch(f"/v1/gaps/{gap['id']}", json={"valid_until": "2020-01-01"})
    told = [ranking(portal, path)["kept_out"] for path in paths]
    assert [[one["gate"] for one in kept] for kept in told] == [["opt_out"], ["status"]]
    assert all(one["verdict"] == "blocked" and one["zh"] != one["en"] for (one,) in told)
    portal.delete(f"/v1/investors/{maker['id']}")
    both = ranking(portal, paths[0])["kept_out"]
    assert [one["gate"] for one in both] == ["status", "opt_out"]


def test_a_zone_that_changes_moves_its_gaps(admin: TestClient) -> None:
    maker = register(admin, "investors", an_investor())
    gap = register(admin, "gaps", a_gap())
    path = f"/v1/investors/{maker['id']}/matches/{gap['id']}"
    before = component(admin.get(path).json()["match"], "local_linkage")
    answer = admin.patch("/v1/zones/CNHTZ-3205", json={"leading_chains": ["ic"]})
    assert answer.status_code == 200
    after = component(admin.get(path).json()["match"], "local_linkage")
    assert "ic" in after["gap_value"]
    assert after != before


def test_two_applications_over_one_database_agree(
    portal: TestClient,
    app: FastAPI,
    scorer: Scorer,
    machine_code: Loop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another process is another index, with numba or without: it must answer byte for byte."""
    monkeypatch.setattr("matching.ranking.COMPILED_FROM", 1)
    maker = register(portal, "investors", an_investor(**FULL))
    other = register(portal, "investors", an_investor())
    gaps = [
        register(portal, "gaps", a_gap(severity=n % 2, products=["光刻胶"] * (n % 3 == 0)))["id"]
        for n in range(4)
    ]
    paths = [f"/v1/investors/{maker['id']}/matches?limit=3", f"/v1/gaps/{gaps[0]}/matches"]
    uncached = {"Cache-Control": "no-cache"}
    here = [portal.get(path, headers=uncached).content for path in paths]
    one_by_one = portal.patch(f"/v1/gaps/{gaps[1]}", json={"severity": 9})
    assert one_by_one.status_code == 200
    portal.patch(f"/v1/investors/{other['id']}", json={"products": ["KrF光刻胶"]})
    later = [portal.get(path, headers=uncached).content for path in paths]
    assert later != here
    runtime = app.state.runtime
    compiled = replace(scorer, compiled=machine_code)
    for another in (scorer, compiled):  # read anew from the database, not write by write
        app.state.runtime = replace(runtime, scorer=another, library=Library(another))
        assert [portal.get(path, headers=uncached).content for path in paths] == later


def test_a_write_that_touches_no_match_leaves_the_answers_kept(embedded: TestClient) -> None:
    """Of several processes each proves for itself; here it is one."""
    gap = register(embedded, "gaps", a_gap())
    who = register(embedded, "investors", an_investor())
    paths = [
        f"/v1/investors/{who['id']}/matches",
        f"/v1/gaps/{gap['id']}/matches",
        f"/v1/investors/{who['id']}/matches/{gap['id']}",
        f"/v1/investors/{who['id']}/stability",
        f"/v1/gaps/{gap['id']}/stability",
    ]
    first = [embedded.get(path) for path in paths]
    embedded.post("/v1/admin/keys", json=a_key())
    far = register(embedded, "gaps", a_gap(link_id="battery.anode", products=[]))
    register(embedded, "investors", an_investor(products=["负极材料"]))
    embedded.patch(f"/v1/gaps/{far['id']}", json={"severity": 3})
    for path, before in zip(paths, first, strict=True):
        after = embedded.get(path)
        assert after.headers["cache-status"] == "bulian; hit", path
        assert after.content == before.content
        fresh = embedded.get(path, headers={"Cache-Control": "no-cache"})
        assert fresh.content == after.content
    embedded.patch(f"/v1/gaps/{gap['id']}", json={"severity": 3})
    for path, before in zip(paths, first, strict=True):
        after = embedded.get(path)
        assert after.headers["cache-status"] == "bulian; fwd=miss", path
        fresh = embedded.get(path, headers={"Cache-Control": "no-cache"})
        assert fresh.content == after.content
        assert after.content != before.content or path.endswith("stability")
    embedded.delete("/v1/admin/cache?scope=rankings")
    assert embedded.get(paths[0]).headers["cache-status"] == "bulian; fwd=miss"
