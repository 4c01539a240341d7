"""What is said of links where few zones are known."""

from datetime import date

import pytest

from matching.insight.convergence import Standing, standing
from matching.vocabulary import Region
from models.relatedness import RelatedQuery
from models.zone import Zone
from service.repositories.feed import Mark
from service.usecases import relatedness, zone_standing
from service.usecases.zone_standing import Found
from tests.matching.insight.making import a_stand, several
from tests.matching.making import REFERENCE


def found(known: Standing) -> Found:
    zones = {
        stand.zone_id: Zone(
            id=stand.zone_id,
            created_by="key_1",
            name_zh="示例",
            province_code=stand.province_code,
            region=place.region,
        )
        for stand, place in zip(known.stands, known.places, strict=True)
    }
    return Found(Mark(7, "evt_7"), date(2026, 12, 1), zones, known)


def test_below_the_threshold_links_are_ordered_by_steps() -> None:
    mine = a_stand("A", leading_chains=(), strong=frozenset({"ic.photoresist"}))
    here = found(standing([mine, *several(3, chains=("nev",))], REFERENCE))
    answer = relatedness.made(here, REFERENCE, "A", RelatedQuery(chain_id="ic", limit=100))
    assert (answer.method, answer.zones_known, answer.holds) == ("steps", 4, 1)
    steps = [one.steps for one in answer.items]
    reached = [step for step in steps if step is not None]
    assert reached == sorted(reached)
    assert steps[: len(reached)] == reached
    first = answer.items[0]
    assert (first.density, first.steps, first.nearest) == (None, 1, [])
    assert first.why.zh == "仅 0 家高新区具备，样本不足；距最近的已具备环节 1 步"
    assert "Fewer than 30" in answer.notes[1].en


def test_a_link_no_edge_leads_to_says_so() -> None:
    mine = a_stand("A", leading_chains=(), strong=frozenset({"ic.photoresist"}))
    many = several(relatedness.LEAST_HOLDERS, chains=("nev",))
    answer = relatedness.made(
        found(standing([mine, *many], REFERENCE)), REFERENCE, "A", RelatedQuery(chain_id="prodsvc")
    )
    assert {one.why.en for one in answer.items if one.steps is None} == {
        "only 0 zones hold it, too few to compare; no edge leads to it from what the zone holds"
    }
    nev = relatedness.made(
        found(standing([mine, *many], REFERENCE)), REFERENCE, "A", RelatedQuery(chain_id="nev")
    )
    assert nev.items[0].zones_holding == relatedness.LEAST_HOLDERS
    assert not nev.items[0].why.en.startswith("only")


@pytest.mark.parametrize(("count", "notes"), [(4, 2), (5, 1)])
def test_a_region_group_known_too_little_is_named(count: int, notes: int) -> None:
    stands = [*several(count, Region.NORTHEAST), a_stand("U", Region.NORTHEAST, leading_chains=())]
    told = zone_standing.thin_notes(standing(stands, REFERENCE))
    assert len(told) == notes
    if notes > 1:
        assert told[1].en.startswith("northeast: the chains of only 4 of 5 zones are known")
