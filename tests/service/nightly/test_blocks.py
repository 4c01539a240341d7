"""Blocks: each list is the ranking that is served, and a block is the same whoever makes it."""

import json
from typing import Any

from models.ranking_query import PolicyQuery
from service import database
from service.nightly.blocks import AllPairs, all_pairs
from service.runtime import Runtime, Work
from service.security import OPERATOR
from service.usecases import ranking
from tests.service.nightly.conftest import administrator


def pairs_of(runtime: Runtime, most: int = 3) -> AllPairs:
    with database.snapshot(runtime.engine) as session:
        basis = ranking.basis_of(Work(session, OPERATOR, runtime), PolicyQuery())
        return all_pairs(basis.state, basis.rules, basis.compiled, most)


def lines(block: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in block.splitlines()]


def test_a_list_is_the_ranking_that_is_served(runtime: Runtime) -> None:
    admin = administrator(runtime)
    told = lines(pairs_of(runtime).block(0, 10))
    assert len(told) == 6
    assert sum(len(one["matches"]) for one in told) > 6
    for one in told:
        served = admin.get(f"/v1/gaps/{one['gap_id']}/matches", params={"limit": 3}).json()
        assert one["eligible"] == served["eligible"]
        assert one["blocked_total"] == served["blocked_total"]
        assert one["zone_id"] == admin.get(f"/v1/gaps/{one['gap_id']}").json()["zone_id"]
        assert one["matches"] == [
            {
                "rank": match["rank"],
                "investor_id": match["investor"]["id"],
                "score": match["score"],
                "coverage": match["coverage"],
            }
            for match in served["matches"]
        ]


def test_gaps_of_a_zone_lie_together(runtime: Runtime) -> None:
    zones = [one["zone_id"] for one in lines(pairs_of(runtime).block(0, 6))]
    assert zones == sorted(zones)
    assert len(set(zones)) == 2


def test_blocks_side_by_side_are_the_whole(runtime: Runtime) -> None:
    whole = pairs_of(runtime).block(0, 6)
    again = pairs_of(runtime)
    parts = [again.block(start, start + 2) for start in (4, 0, 2)]
    assert parts[1] + parts[2] + parts[0] == whole
    assert again.block(6, 9) == b""
