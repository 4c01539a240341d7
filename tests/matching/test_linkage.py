from math import isnan

import pytest

from matching.linkage import LEADING, LEADING_CORE, NOT_LEADING, WEAK_LINK, strengths
from matching.vocabulary import GapKind
from tests.matching.making import REFERENCE, gap_facts, zone_facts

LINK = REFERENCE.links["ic.photoresist"]


def test_a_zone_of_which_no_chain_is_known_says_nothing_of_its_neighbours() -> None:
    back, forward, own = strengths(gap_facts(), LINK, REFERENCE)
    assert isnan(back)
    assert isnan(forward)
    assert own == 0.0


@pytest.mark.parametrize(("kind", "own"), [(GapKind.WEAK, WEAK_LINK), (GapKind.MISSING, 0.0)])
def test_a_weak_link_exists_and_a_missing_one_does_not(kind: GapKind, own: float) -> None:
    assert strengths(gap_facts(kind=kind), LINK, REFERENCE)[2] == own


def test_strength_is_the_mean_over_the_links_on_that_side() -> None:
    zone = zone_facts(leading_chains=("ic",))
    _, forward, _ = strengths(gap_facts(zone), LINK, REFERENCE)
    customers = [REFERENCE.links[c] for c in REFERENCE.customers["ic.photoresist"]]
    expected = [LEADING_CORE if link.is_core else LEADING for link in customers]
    assert forward == pytest.approx(sum(expected) / len(expected))


def test_a_chain_that_is_not_named_is_thin() -> None:
    zone = zone_facts(leading_chains=("agrifood",))
    assert strengths(gap_facts(zone), LINK, REFERENCE)[1] == pytest.approx(NOT_LEADING)


def test_the_end_of_a_chain_has_unknown_customers() -> None:
    last = next(link for link in REFERENCE.links.values() if not REFERENCE.customers[link.link_id])
    zone = zone_facts(leading_chains=(last.chain_id,))
    assert isnan(strengths(gap_facts(zone, link_id=last.link_id), last, REFERENCE)[1])
