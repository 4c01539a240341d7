"""How varied a zone is and how crowded a link is, from the dated landscape of the reference.

The landscape is part of the reference, so its digest is part of the ruleset: the live pool never
moves it, and no candidate moves another. Until an edition of it is activated, the reference's list
of leading chains stands in its place.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log, nan

from matching.indices import entropy
from matching.reference.loader import EDITIONS_KEPT, Reference
from matching.vocabulary import RegionGroup


def variety(chain_id: str, leading_chains: Sequence[str]) -> float:
    """.5 + (entropy after - before) / (2 ln 2) of the zone's chains, one project added, in [0, 1].

    NaN when the zone's chains are not known.

    >>> round(variety("ic", ("agrifood",)), 2), round(variety("ic", ("ic", "nev")), 2)
    (1.0, 0.46)
    """
    if not leading_chains:
        return nan
    before = Counter(leading_chains)
    after = before + Counter([chain_id])
    return 0.5 + (entropy(after.values()) - entropy(before.values())) / (2 * log(2))


def room(link_id: str, province_code: str, reference: Reference) -> float:
    """One minus how crowded a link is in the region group of a province, in [0, 1].

    With a landscape: the share of the group's known zones that hold or seek the link. Without one:
    the share of them that lead in the link's chain. NaN when that is not known.
    """
    group = reference.provinces[province_code].region_group
    if reference.landscape is not None:
        row = reference.landscape.get((link_id, group))
        return nan if row is None else 1 - row.zones_engaged / row.zones_known
    return _room_of_chain(link_id.partition(".")[0], group, reference)


def _room_of_chain(chain_id: str, group: RegionGroup, reference: Reference) -> float:
    leading = _leading_by_group(reference).get(group, [])
    if not leading:
        return nan
    return 1 - sum(chain_id in chains for chains in leading) / len(leading)


@lru_cache(maxsize=EDITIONS_KEPT)
def _leading_by_group(reference: Reference) -> Mapping[str, list[tuple[str, ...]]]:
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for zone_id, chains in reference.zone_chains.items():
        province = reference.zones[zone_id].province_code
        found[reference.provinces[province].region_group].append(chains)
    return found
