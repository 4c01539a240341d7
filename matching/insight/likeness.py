"""Which zones are alike in their chains, and what one more project does to it.

What a zone produces is not known, only the chains it leads in: each counts the same. Both indices
are those of `matching.indices`; the answer says on what they rest.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import nan
from typing import NamedTuple

import numpy as np

from matching import indices
from matching.columns import Floats, Ints

Chains = Sequence[str]
"""The chains a zone leads in, each once; never empty."""

STEPS = 1_000_000
"""Pairs are ordered by indices rounded to millionths: equals stay equal on every machine."""


class Alike(NamedTuple):
    """Two zones by their places, the first one lower, and both indices."""

    one: int
    other: int
    similarity: float
    specialisation: float


def most_alike(zones: Sequence[Chains], most: int) -> list[Alike]:
    """The pairs most alike: by UNIDO's similarity, then Krugman's index, then their places."""
    first, second, similarity, specialisation = pairs(zones)
    order = np.lexsort((second, first, _rounded(specialisation), -_rounded(similarity)))[:most]
    columns = (first, second, similarity, specialisation)
    return [Alike(*values) for values in zip(*(c[order].tolist() for c in columns), strict=True)]


def pairs(zones: Sequence[Chains]) -> tuple[Ints, Ints, Floats, Floats]:
    """All pairs: both places, similarity and specialisation, as four columns."""
    first, second = (places.astype(np.int64) for places in np.triu_indices(len(zones), 1))
    shares = _shares(zones)
    lengths = np.sqrt((shares**2).sum(axis=1))
    cosine = (shares @ shares.T) / np.outer(lengths, lengths)
    apart = [np.abs(shares[n + 1 :] - row).sum(axis=1) for n, row in enumerate(shares)]
    return first, second, cosine[first, second], np.concatenate([np.zeros(0), *apart])


class Effect(NamedTuple):
    """What one more project of a chain does to a zone; means are over the other known zones."""

    entropy_before: float
    entropy_after: float
    similarity_before: float
    similarity_after: float
    specialisation_before: float
    specialisation_after: float


def effect(chain_id: str, zone: Chains, others: Sequence[Chains]) -> Effect:
    """The zone's entropy (nats) and its mean likeness to other zones, before and after.

    The project counts as much as one of the chains the zone leads in, as in criterion
    `cluster_diversity`. Means are NaN where there is no other zone.
    """
    before = Counter(zone)
    after = before + Counter([chain_id])
    structures = [Counter(other) for other in others]
    return Effect(
        indices.entropy(before.values()),
        indices.entropy(after.values()),
        *(_mean(indices.similarity(one, other) for other in structures) for one in (before, after)),
        *(
            _mean(indices.specialisation(one, other) for other in structures)
            for one in (before, after)
        ),
    )


def _mean(values: Iterable[float]) -> float:
    some = list(values)
    return sum(some) / len(some) if some else nan


def _rounded(values: Floats) -> Ints:
    return np.rint(values * STEPS).astype(np.int64)


def _shares(zones: Sequence[Chains]) -> Floats:
    """One row a zone: the share of each chain, equal for all it leads in."""
    chains = {chain: n for n, chain in enumerate(sorted({c for zone in zones for c in zone}))}
    shares = np.zeros((len(zones), len(chains)))
    for row, zone in zip(shares, zones, strict=True):
        row[[chains[chain] for chain in zone]] = 1 / len(zone)
    return shares
