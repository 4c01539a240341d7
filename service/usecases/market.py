"""Who takes part in an allocation, which pairs may be, and what each side goes by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.allocation.market import Market, market
from matching.columns import Flags, Ints
from matching.criteria import CRITERIA
from matching.gates import standing
from matching.loop import BLOCKED, ELIGIBLE, judge_investors, plain
from matching.ruleset import Ruleset
from matching.vocabulary import Pillar
from models.allocation import AllocationRequest
from service.errors import invalid
from service.indexed import IndexedGap
from service.repositories import gaps as gap_rows
from service.runtime import Work
from service.usecases.filtering import looks_for_match, wanted_investors, wants_gap
from service.usecases.ranking import Basis


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides by number, in the order of what was asked for, and what is known of each."""

    market: Market
    stopped_at: Ints
    """A gap at which a gate stops the investor, -1 where none does; …"""
    stopped: Ints
    """… an investor that a gate stops at the gap."""
    idle_investors: Flags
    """Who is closed or has opted out."""
    idle_gaps: Flags
    """What is closed, filled or outside its period."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An allocation that is asked for: by which rules, of whom."""

    request: AllocationRequest
    basis: Basis
    gaps: Sequence[IndexedGap]
    positions: Ints
    """Of the investors, in their pool, ascending."""


def asked(basis: Basis, request: AllocationRequest) -> Asked:
    """Who takes part.

    Raises:
        NotValid: an investor or gap that is named is not known.
    """
    return Asked(request, basis, _gaps(basis, request), _positions(basis, request))


def sides_of(work: Work, of: Asked) -> Sides:
    """Those who take part, held against one another."""
    basis, gaps, positions = of.basis, of.gaps, of.positions
    left = gap_rows.places_left(work.session, [gap.id for gap in gaps])
    state, loop = basis.state, basis.compiled or plain
    value_rules = of_value_alone(basis.rules)
    stopped_at, stopped = np.full(len(positions), -1), np.full(len(gaps), -1)
    found: list[tuple[Ints, Ints, Ints, Ints]] = []
    for number, gap in enumerate(gaps):
        near = state.investors.near(gap.profile)
        near = near.only(np.isin(near.positions, positions))
        row, sheet = gap.profile.row, state.investors.sheet
        judged = judge_investors(loop, row, sheet, near, basis.rules)
        value = judge_investors(loop, row, sheet, near, value_rules).score
        who = np.searchsorted(positions, near.positions)
        is_pair, is_stopped = judged.verdict == ELIGIBLE, judged.verdict == BLOCKED
        stopped_at[who[is_stopped]] = number
        stopped[number] = max(who[is_stopped].tolist(), default=-1)
        of_gap = np.full(int(is_pair.sum()), number)
        found.append((who[is_pair], of_gap, judged.score[is_pair], value[is_pair]))
    none = np.zeros(0, np.int64)
    investor, gap_number, score, value = (
        np.concatenate([none, *(part[n] for part in found)]) for n in range(4)
    )
    return Sides(
        market(
            np.full(len(positions), of.request.investor_capacity),
            np.array([left[gap.id] for gap in gaps], np.int64),
            (investor, gap_number),
            score,
            value,
        ),
        stopped_at,
        stopped,
        ~looks_for_match(state.investors.sheet, positions),
        np.array([bool(standing.of_gap(gap.profile.row)) for gap in gaps], np.bool_),
    )


def of_value_alone(rules: Ruleset) -> Ruleset:
    """The same rules with the points of the pillar of value only: what investors go by.

    Its criteria are the fit of scale and site, the zone's readiness and what the investor prefers.
    """
    is_value = [criterion.pillar is Pillar.VALUE for criterion in CRITERIA]
    weights = tuple(
        tuple(weight * is_in for weight, is_in in zip(row, is_value, strict=True))
        for row in rules.policy.weights
    )
    return replace(rules, policy=replace(rules.policy, weights=weights))


def _gaps(basis: Basis, request: AllocationRequest) -> list[IndexedGap]:
    records = basis.state.gaps.records
    if request.gap_ids is None:
        every = (gap for gap in records.in_order() if gap.profile.row.is_open)
    else:
        for number, gap_id in enumerate(request.gap_ids):
            if gap_id not in records:
                raise invalid(f"There is no gap {gap_id}", "body", "gap_ids", number)
        every = (records[gap_id] for gap_id in dict.fromkeys(request.gap_ids))
    return [gap for gap in every if wants_gap(gap, request.filters)]


def _positions(basis: Basis, request: AllocationRequest) -> Ints:
    pool = basis.state.investors
    if request.investor_ids is None:
        positions = np.arange(len(pool.sheet))
        positions = positions[looks_for_match(pool.sheet, positions)]
    else:
        named: set[int] = set()
        for number, investor_id in enumerate(request.investor_ids):
            position = pool.records.position(investor_id)
            if position is None:
                message = f"There is no investor {investor_id}"
                raise invalid(message, "body", "investor_ids", number)
            named.add(position)
        positions = np.array(sorted(named), np.int64)
    return positions[wanted_investors(pool.sheet, positions, request.filters)]
