"""How varied a zone is and how crowded a chain is, from the reference's dated landscape.

The landscape is part of the reference, so its digest is part of the ruleset: the live pool never
moves it, and no candidate moves another.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log, nan

from matching.reference.loader import EDITIONS_KEPT, Reference


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
    return 0.5 + (_entropy(after) - _entropy(before)) / (2 * log(2))


def room(chain_id: str, province_code: str, reference: Reference) -> float:
    """One minus the share of the region group's known zones that lead in the chain.

    NaN when no zone of the region group is known.
    """
    group = reference.provinces[province_code].region_group
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


def _entropy(counts: Counter[str]) -> float:
    whole = sum(counts.values())
    return -sum(n / whole * log(n / whole) for n in counts.values())
