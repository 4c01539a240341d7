"""Many investors and gaps matched at once: `POST /v1/allocations`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.allocation.best_total import best_total
from matching.allocation.limits import Limit, NotPossible
from matching.allocation.market import Market, blocking_pairs
from matching.allocation.reasons import OF_GAP, OF_INVESTOR
from matching.allocation.stable import deferred_acceptance
from matching.columns import Flags, Ints
from matching.engine import blocking_gate
from matching.profiles import pair
from matching.vocabulary import Reason
from models.allocation import (
    AllocatedPair,
    AllocationPublic,
    AllocationRequest,
    LeftOut,
    Method,
    RegionShare,
)
from models.ranking_query import PolicyQuery
from service.allocation_errors import AllocationNotPossible, AllocationTooLarge
from service.errors import invalid
from service.indexed import IndexedGap
from service.repositories import zones
from service.runtime import Work
from service.usecases import market, ranking
from service.usecases.market import Asked, Sides

MOST_AT_ONCE = 1_000_000
"""Investors times gaps that a caller waits for, some seconds; what is more is a job."""
MOST_LOOKED_AT = 4_000_000
"""Of a job: half a minute and half a gigabyte where everybody suits everybody."""


def asked(work: Work, request: AllocationRequest) -> Asked:
    """What is asked for, and who takes part.

    Raises:
        NotValid: a policy, filter, investor or gap is not known, or a zone or chain of a limit.
        AllocationTooLarge: too many pairs would have to be looked at.
    """
    ranking.check_filter(work, request.filters, "body", "filters")
    _check_names(work, request)
    policy = PolicyQuery(policy_id=request.policy_id, as_of=request.as_of)
    found = market.asked(ranking.basis_of(work, policy, "body"), request)
    if looked_at(found) > MOST_LOOKED_AT:
        told = f"{looked_at(found):,} pairs; at most {MOST_LOOKED_AT:,} are looked at"
        raise AllocationTooLarge(told)
    return found


def is_large(of: Asked) -> bool:
    """Whether a caller should not wait for it."""
    return looked_at(of) > MOST_AT_ONCE


def looked_at(of: Asked) -> int:
    """Investors times gaps."""
    return len(of.positions) * len(of.gaps)


@dataclass(frozen=True, slots=True)
class _Made:
    """An allocation with what it was made of."""

    of: Asked
    sides: Sides
    chosen: Flags
    full: Flags
    """Gaps of a group that is at its cap."""

    def gate(self, investor: int, gap: int) -> str | None:
        """The gate that stops a pair."""
        basis, rules = self.of.basis, self.of.basis.rules
        who = basis.state.investors.records.at(int(self.of.positions[investor])).profile
        held = pair(who, self.of.gaps[gap].profile, rules.tables, rules.reference)
        stopping = blocking_gate(held)
        return stopping.key if stopping else None


def allocate(work: Work, of: Asked) -> AllocationPublic:
    """The allocation asked for, held against the other method; nothing is stored.

    Raises:
        AllocationNotPossible: the floors and caps cannot be kept.
    """
    request, rules = of.request, of.basis.rules
    sides = market.sides_of(work, of)
    limits = [*_limits(of.gaps, request)]
    chosen, other = _both(sides.market, request.method, limits)
    made = _Made(of, sides, chosen, _full(sides.market, chosen, limits))
    ids = [*map(of.basis.state.investors.records.id_at, of.positions.tolist())]
    return AllocationPublic(
        method=request.method,
        policy_id=rules.policy.id,
        ruleset=rules.digest,
        investors=len(ids),
        gaps=len(of.gaps),
        candidates=len(sides.market.score),
        pairs=[*_pairs(made, ids)],
        total=_total(sides.market, chosen),
        blocking_pairs=int(blocking_pairs(sides.market, chosen).sum()),
        other_method_total=_total(sides.market, other),
        other_method_blocking_pairs=int(blocking_pairs(sides.market, other).sum()),
        shared_pairs=int((chosen & other).sum()),
        unmatched=[*_investors_left_out(made, ids), *_gaps_left_out(made)],
        by_region=[*_by_region(made)],
    )


def _check_names(work: Work, request: AllocationRequest) -> None:
    """Nothing when every zone and chain that is named exists.

    Raises:
        NotValid: one does not.
    """
    for kind, limits in (("floors", request.floors), ("caps", request.caps)):
        for zone_id in limits.zone:
            if zones.find(work.session, zone_id) is None:
                raise invalid(f"There is no zone {zone_id}", "body", kind, "zone", zone_id)
    for chain_id in request.caps.chain:
        if chain_id not in work.reference.chains:
            raise invalid(f"There is no chain {chain_id}", "body", "caps", "chain", chain_id)


def _both(market_: Market, method: Method, limits: list[Limit]) -> tuple[Flags, Flags]:
    """By the method asked for, and by the other one, which knows no limits."""
    stable = deferred_acceptance(market_)
    if method is Method.STABLE:
        return stable, best_total(market_)
    try:
        return best_total(market_, limits), stable
    except NotPossible as error:
        raise AllocationNotPossible(str(error)) from error


def _limits(gaps: Sequence[IndexedGap], request: AllocationRequest) -> Iterator[Limit]:
    """A limit for each zone, region and chain that is named; of one without gaps nothing is."""
    names = (
        ("zone", [gap.profile.facts.zone.id for gap in gaps]),
        ("region", [gap.profile.facts.zone.region.value for gap in gaps]),
        ("chain", [gap.profile.link.chain_id for gap in gaps]),
    )
    for kind, of_gap in names:
        least: Mapping[str, int] = getattr(request.floors, kind, {})
        most: Mapping[str, int] = getattr(request.caps, kind, {})
        for name in sorted({*least, *most}):
            inside = [number for number, one in enumerate(of_gap) if one == name]
            yield Limit(
                f"{kind} {name}", np.array(inside, np.int64), least.get(name, 0), most.get(name)
            )


def _total(market_: Market, chosen: Flags) -> int:
    return int(market_.score[chosen].sum())


def _pairs(made: _Made, ids: list[str]) -> Iterator[AllocatedPair]:
    held = made.sides.market
    at = np.flatnonzero(made.chosen)
    at = at[np.lexsort((held.rank_for_gap[at], held.gap[at]))]
    columns = (held.investor[at].tolist(), held.gap[at].tolist(), held.score[at].tolist())
    pairs: list[tuple[int, int, int]] = list(zip(*columns, strict=True))
    for investor, gap, score in pairs:
        yield AllocatedPair(investor_id=ids[investor], gap_id=made.of.gaps[gap].id, score=score)


def _full(market_: Market, chosen: Flags, limits: list[Limit]) -> Flags:
    full = np.zeros(len(market_.gap_capacity), np.bool_)
    for limit in limits:
        if limit.most is not None and np.isin(market_.gap[chosen], limit.gaps).sum() >= limit.most:
            full[limit.gaps] = True
    return full


def _investors_left_out(made: _Made, ids: list[str]) -> Iterator[LeftOut]:
    sides, held = made.sides, made.sides.market
    capped = np.zeros(len(ids), np.bool_)
    capped[held.investor[made.full[held.gap]]] = True
    at = sides.stopped_at
    known = {Reason.STANDING: sides.idle_investors, Reason.CAP: capped, Reason.BLOCKED: at >= 0}
    for number, reason in _without(made, held.investor, known):
        gate = made.gate(number, int(at[number])) if reason is Reason.BLOCKED else None
        zh, en = OF_INVESTOR[reason]
        yield LeftOut(id=ids[number], reason=reason, gate=gate, zh=zh, en=en)


def _gaps_left_out(made: _Made) -> Iterator[LeftOut]:
    sides, who = made.sides, made.sides.stopped
    known = {Reason.STANDING: sides.idle_gaps, Reason.CAP: made.full, Reason.BLOCKED: who >= 0}
    for number, reason in _without(made, sides.market.gap, known):
        gate = made.gate(int(who[number]), number) if reason is Reason.BLOCKED else None
        zh, en = OF_GAP[reason]
        yield LeftOut(id=made.of.gaps[number].id, reason=reason, gate=gate, zh=zh, en=en)


def _without(
    made: _Made, owner: Ints, known: Mapping[Reason, Flags]
) -> Iterator[tuple[int, Reason]]:
    """Those of one side without a pair, and why."""
    size = len(known[Reason.STANDING])
    pairs, found = (np.bincount(owner[of], minlength=size) for of in (slice(None), made.chosen))
    lost = Reason.OUTRANKED if made.of.request.method is Method.STABLE else Reason.TOTAL
    for number in np.flatnonzero(found == 0).tolist():
        if known[Reason.STANDING][number]:
            yield number, Reason.STANDING
        elif pairs[number]:
            yield number, Reason.CAP if known[Reason.CAP][number] else lost
        else:
            is_blocked = known[Reason.BLOCKED][number]
            yield number, Reason.BLOCKED if is_blocked else Reason.NOTHING_NEAR


def _by_region(made: _Made) -> Iterator[RegionShare]:
    held = made.sides.market
    regions = [gap.profile.facts.zone.region for gap in made.of.gaps]
    of_gap = np.array([*regions], dtype=object)
    for region in dict.fromkeys(sorted(regions)):
        inside = of_gap == region
        scores = held.score[made.chosen & inside[held.gap]]
        yield RegionShare(
            region=region,
            gaps=int(inside.sum()),
            places=int(held.gap_capacity[inside].sum()),
            pairs=len(scores),
            total=int(scores.sum()),
            mean_score=round(float(scores.mean())) if len(scores) else None,
        )
