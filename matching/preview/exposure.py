"""曝光: how the places at the top are shared out among the regions of the zones."""

from collections import Counter
from typing import NamedTuple

from matching.points import WHOLE
from matching.reweighting import shared_out
from matching.vocabulary import Region


class Exposure(NamedTuple):
    """A region's places before and after, and its share of all of them, basis points."""

    region: Region
    places_before: int
    places_after: int
    share_before: int
    share_after: int


def exposure(before: Counter[Region], after: Counter[Region]) -> list[Exposure]:
    """Every region; the shares of a side add up to 10,000 where there is any place at all."""
    was, is_ = [before[region] for region in Region], [after[region] for region in Region]
    shares = zip(Region, was, is_, shared_out(WHOLE, was), shared_out(WHOLE, is_), strict=True)
    return [Exposure(*share) for share in shares]
