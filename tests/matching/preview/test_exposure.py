"""Places by region: every region is there, and shares add up to the whole."""

from collections import Counter

from matching.preview.exposure import exposure
from matching.vocabulary import Region


def test_shares_of_a_side_add_up() -> None:
    before = Counter({Region.EAST: 2, Region.WEST: 1})
    after = Counter({Region.EAST: 1, Region.CENTRAL: 1, Region.WEST: 1})
    found = exposure(before, after)
    assert [one.region for one in found] == list(Region)
    assert [one.places_before for one in found] == [2, 0, 1, 0]
    assert [one.places_after for one in found] == [1, 1, 1, 0]
    assert [one.share_before for one in found] == [6667, 0, 3333, 0]
    assert sum(one.share_after for one in found) == 10_000


def test_no_place_at_all_is_no_share() -> None:
    found = exposure(Counter(), Counter({Region.EAST: 4}))
    assert {one.share_before for one in found} == {0}
    assert [one.share_after for one in found] == [10_000, 0, 0, 0]
