from dataclasses import replace
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.landscape import room, variety
from matching.reference.laying import lay
from tests.matching.making import REFERENCE
from tests.matching.reference.editions import a_landscape_edition, a_landscape_row

CHAINS = st.lists(st.sampled_from(sorted(REFERENCE.chains)), min_size=1, max_size=4, unique=True)


@given(CHAINS, st.sampled_from(sorted(REFERENCE.chains)))
def test_variety_is_a_share_and_grows_with_a_new_chain(leading: list[str], chain: str) -> None:
    value = variety(chain, leading)
    assert 0 <= value <= 1
    assert (value > 0.5) == (chain not in leading)


def test_an_unknown_zone_has_no_variety() -> None:
    assert isnan(variety("ic", ()))


@pytest.mark.parametrize("chain", sorted(REFERENCE.chains))
def test_room_is_counted_in_the_region_group(chain: str) -> None:
    east = [
        chains
        for zone, chains in REFERENCE.zone_chains.items()
        if REFERENCE.zones[zone].region == "east"
    ]
    expected = 1 - sum(chain in chains for chains in east) / len(east)
    assert room(chain, "32", REFERENCE) == pytest.approx(expected)


def test_without_a_known_zone_there_is_no_landscape() -> None:
    assert isnan(room("ic", "32", replace(REFERENCE, zone_chains={})))


def test_a_landscape_that_rules_is_read_by_link_and_region_group() -> None:
    laid = lay(REFERENCE, a_landscape_edition(a_landscape_row()))
    assert room("ic.photoresist", "32", laid) == 1 - 4 / 10
    assert isnan(room("ic.photoresist", "22", laid))
    assert isnan(room("ic.eda", "32", laid))
    assert laid.editions["landscape"] == "2027"
    assert laid.digest != REFERENCE.digest
