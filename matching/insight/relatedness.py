"""Which links that a zone lacks lie near what it can do.

Where enough zones are known: the density of the product space (C. A. Hidalgo, B. Klinger, A.-L.
Barabási, R. Hausmann, The Product Space Conditions the Development of Nations, Science 317 (2007)
482-487). Below that: steps along the edges of the chains.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from matching.columns import Flags, Floats

LEAST_ZONES = 30
"""Known zones from which conditional probabilities are used: with thirty, the standard error of a
share of one half is sqrt(.25 / 30), nine hundredths."""

LEAST_HOLDERS = 5
"""Holders from which a link has proximities of its own: below, one zone moves them by a fifth."""

NEAREST = 3
"""Links that are named as the evidence."""


class Near(NamedTuple):
    """A link that a zone lacks."""

    link_id: str
    density: float | None
    """In [0, 1]; None where too few zones are known, or hold the link."""
    steps: int | None
    """Edges to the nearest link the zone holds; None where no path leads there."""
    holders: int
    nearest: tuple[tuple[str, float], ...]
    """Links the zone holds, the closest first, with their proximity."""


def proximity(holds: Flags) -> Floats:
    """Hidalgo's proximity of each two links, in [0, 1]: min(P(i | j), P(j | i)).

    That is the zones that hold both over the holders of the more frequent one. A link is at 0 from
    itself, so that it does not count in its own density; so is one that nobody holds.

    Args:
        holds: one row a zone, one column a link.
    """
    held = holds.astype(np.float64)
    both = held.T @ held
    frequent = np.maximum.outer(np.diag(both), np.diag(both))
    found = np.divide(both, frequent, out=np.zeros_like(both), where=frequent > 0)
    np.fill_diagonal(found, 0.0)
    return found


def density(near: Floats, held: Flags) -> Floats:
    """Hidalgo's density around each link, in [0, 1]: the share of its proximity that is held.

    sum(x_i p_ij) / sum(p_ij); 0 where nothing is near.

    Args:
        near: what `proximity` gives.
        held: whether the zone holds each link.
    """
    whole = near.sum(axis=0)
    return np.divide(held @ near, whole, out=np.zeros_like(whole), where=whole > 0)


def steps_from(held: Iterable[str], neighbours: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Edges from the nearest of the held links to every link that a path leads to."""
    found = dict.fromkeys(held, 0)
    waiting = deque(found)
    while waiting:
        link = waiting.popleft()
        for other in neighbours.get(link, ()):
            if other not in found:
                found[other] = found[link] + 1
                waiting.append(other)
    return found


def neighbours_of(edges: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The links beside each link, suppliers and customers alike."""
    found: dict[str, list[str]] = {}
    for supplier, customer in edges:
        found.setdefault(supplier, []).append(customer)
        found.setdefault(customer, []).append(supplier)
    return found


def related(
    mine: Collection[str],
    all_held: Sequence[Collection[str]],
    links: Sequence[str],
    edges: Iterable[tuple[str, str]],
) -> list[Near]:
    """The links a zone lacks, the nearest first.

    By density, then steps, then the order given; where too few zones are known, by steps alone.

    Args:
        mine: the links the zone holds.
        all_held: the links of each known zone, this one among them.
        links: every link, in order.
        edges: supplier and customer.
    """
    holds = np.array([[link in held for link in links] for held in all_held], np.bool_)
    holds = holds.reshape(len(all_held), len(links))
    holders, held = holds.sum(axis=0), np.array([link in mine for link in links], np.bool_)
    near, counted = proximity(holds), len(all_held) >= LEAST_ZONES
    densities, steps = density(near, held), steps_from(mine, neighbours_of(edges))
    found = [
        Near(
            link,
            float(densities[n]) if counted and holders[n] >= LEAST_HOLDERS else None,
            steps.get(link),
            int(holders[n]),
            _nearest(near[n], held, links) if counted else (),
        )
        for n, link in enumerate(links)
        if not held[n]
    ]
    last = len(links)
    return sorted(found, key=lambda one: (_first(one), last if one.steps is None else one.steps))


def _first(one: Near) -> float:
    return 1.0 if one.density is None else -one.density


def _nearest(near: Floats, held: Flags, links: Sequence[str]) -> tuple[tuple[str, float], ...]:
    mine = np.where(held, near, 0.0)
    order: list[int] = np.argsort(-mine, kind="stable")[:NEAREST].tolist()
    return tuple((links[n], float(mine[n])) for n in order if mine[n] > 0)
