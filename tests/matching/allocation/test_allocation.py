"""Allocations against textbook examples, independent counts and independent solvers."""

from importlib import import_module
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.allocation import best_total as solving
from matching.allocation import programme
from matching.allocation.best_total import Limit, NotPossible, best_total
from matching.allocation.market import Market, blocking_pairs, market
from matching.allocation.stable import deferred_acceptance
from matching.columns import Flags


def ints(*values: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array(values, np.int64)


def made(
    scores: list[list[int | None]], investors: list[int], gaps: list[int], values: list[list[int]]
) -> Market:
    """A market by tables: investors below one another, gaps beside; None is no pair."""
    pairs = [
        (i, g) for i, row in enumerate(scores) for g, score in enumerate(row) if score is not None
    ]
    who = ints(*(i for i, _ in pairs)), ints(*(g for _, g in pairs))
    score = ints(*(scores[i][g] or 0 for i, g in pairs))
    return market(
        ints(*investors), ints(*gaps), who, score, ints(*(values[i][g] for i, g in pairs))
    )


def held(market_: Market, chosen: Flags) -> set[tuple[int, int]]:
    return set(zip(market_.investor[chosen].tolist(), market_.gap[chosen].tolist(), strict=True))


def counted_blocking(market_: Market, chosen: Flags) -> int:
    """The same count, pair by pair as the definition reads."""
    count = 0
    size = len(chosen)
    for one in range(size):
        if chosen[one]:
            continue
        sides = (
            (market_.investor, market_.rank_for_investor, market_.investor_capacity),
            (market_.gap, market_.rank_for_gap, market_.gap_capacity),
        )
        wishes = 0
        for owner, rank, capacity in sides:
            mine = [n for n in range(size) if chosen[n] and owner[n] == owner[one]]
            has_room = len(mine) < capacity[owner[one]]
            wishes += bool(has_room or any(rank[n] > rank[one] for n in mine))
        count += wishes == 2
    return count


@st.composite
def markets(draw: st.DrawFn, most: int = 5) -> Market:
    people, places = draw(st.integers(1, most)), draw(st.integers(1, most))
    cell = st.none() | st.integers(1, 9)
    scores = draw(
        st.lists(st.lists(cell, min_size=places, max_size=places), min_size=people, max_size=people)
    )
    values = draw(
        st.lists(
            st.lists(st.integers(0, 3), min_size=places, max_size=places),
            min_size=people,
            max_size=people,
        )
    )
    investors = draw(st.lists(st.integers(0, 2), min_size=people, max_size=people))
    gaps = draw(st.lists(st.integers(0, 3), min_size=places, max_size=places))
    return made(scores, investors, gaps, values)


@given(markets())
@settings(max_examples=150, deadline=None)
def test_nobody_has_a_pair_that_both_would_rather_have(market_: Market) -> None:
    chosen = deferred_acceptance(market_)
    assert counted_blocking(market_, chosen) == 0
    assert blocking_pairs(market_, chosen).sum() == 0
    assert fits(market_, chosen)


@given(markets(4), st.data())
@settings(max_examples=100, deadline=None)
def test_blocking_pairs_are_counted_as_the_definition_reads(
    market_: Market, data: st.DataObject
) -> None:
    size = len(market_.score)
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), np.bool_)
    if not fits(market_, chosen):
        chosen &= deferred_acceptance(market_)
    assert blocking_pairs(market_, chosen).sum() == counted_blocking(market_, chosen)


def fits(market_: Market, chosen: Flags) -> bool:
    people = np.bincount(market_.investor[chosen], minlength=len(market_.investor_capacity))
    places = np.bincount(market_.gap[chosen], minlength=len(market_.gap_capacity))
    return bool(
        (people <= market_.investor_capacity).all() and (places <= market_.gap_capacity).all()
    )


def test_the_example_of_gale_and_shapley() -> None:
    """Example 2 of Gale and Shapley 1962: four and four, and a single stable set of marriages.

    Men rank A…D as (1 2 3 4), (1 4 3 2), (2 1 3 4), (4 2 3 1); women rank α…δ so that the only
    stable one is (α, C), (β, D), (γ, A), (δ, B).
    """
    men = [[1, 2, 3, 4], [1, 4, 3, 2], [2, 1, 3, 4], [4, 2, 3, 1]]
    women = [[3, 3, 2, 3], [4, 1, 3, 2], [2, 4, 4, 1], [1, 2, 1, 4]]
    scores: list[list[int | None]] = [[9 - rank for rank in row] for row in women]
    values = [[9 - rank for rank in row] for row in men]
    market_ = made(scores, [1] * 4, [1] * 4, values)
    assert held(market_, deferred_acceptance(market_)) == {(0, 2), (1, 3), (2, 0), (3, 1)}


def test_who_is_left_out_is_left_out_in_every_stable_allocation() -> None:
    """Roth 1984: hospitals that do not fill fill with the same in every stable matching."""
    scores: list[list[int | None]] = [[9, 5], [8, 7], [None, 6]]
    values = [[1, 2], [2, 1], [0, 1]]
    market_ = made(scores, [1, 1, 1], [1, 2], values)
    chosen = deferred_acceptance(market_)
    assert chosen.sum() == len(market_.investor_capacity)
    stable = [
        set(pairs)
        for pairs in every_allocation(market_)
        if counted_blocking(market_, flags_of(market_, pairs)) == 0
    ]
    left_out = [{0, 1, 2} - {i for i, _ in pairs} for pairs in stable]
    assert held(market_, chosen) in stable
    assert all(one == left_out[0] for one in left_out)


def every_allocation(market_: Market) -> list[tuple[tuple[int, int], ...]]:
    pairs = list(zip(market_.investor.tolist(), market_.gap.tolist(), strict=True))
    return [
        tuple(pair for pair, is_in in zip(pairs, wanted, strict=True) if is_in)
        for wanted in product((False, True), repeat=len(pairs))
        if fits(market_, np.array(wanted, np.bool_))
    ]


def flags_of(market_: Market, pairs: tuple[tuple[int, int], ...]) -> Flags:
    every = zip(market_.investor.tolist(), market_.gap.tolist(), strict=True)
    return np.array([pair in pairs for pair in every], np.bool_)


def total(market_: Market, chosen: Flags) -> int:
    return int(market_.score[chosen].sum())


@given(markets(3))
@settings(max_examples=60, deadline=None)
def test_no_allocation_has_a_greater_total(market_: Market) -> None:
    chosen = best_total(market_)
    assert fits(market_, chosen)
    best = max(total(market_, flags_of(market_, pairs)) for pairs in every_allocation(market_))
    assert total(market_, chosen) == best


def random_market(people: int, places: int, seed: int, *, capacity: int = 1) -> Market:
    draw = np.random.default_rng(seed)
    is_pair = draw.random((people, places)) < 0.4
    investor, gap = (part.astype(np.int64) for part in np.nonzero(is_pair))
    score, value = draw.integers(1, 10_000, (2, len(investor)))
    return market(
        np.full(people, capacity), draw.integers(1, 4, places), (investor, gap), score, value
    )


@pytest.mark.parametrize("capacity", [1, 2])
def test_the_total_is_that_of_another_solver(capacity: int) -> None:
    market_ = random_market(60, 20, 5, capacity=capacity)
    table = np.zeros((80, len(market_.score)))
    table[market_.investor, np.arange(len(market_.score))] = 1
    table[60 + market_.gap, np.arange(len(market_.score))] = 1
    most = np.concatenate([market_.investor_capacity, market_.gap_capacity])
    linprog = import_module("scipy.optimize").linprog
    other = linprog(-market_.score, A_ub=table, b_ub=most, bounds=(0, 1), method="highs-ipm")
    assert total(market_, best_total(market_)) == round(-other.fun)


def test_a_table_too_large_is_solved_as_a_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    market_ = random_market(30, 10, 6)
    by_table = total(market_, best_total(market_))
    monkeypatch.setattr(solving, "MOST_CELLS", 0)
    assert total(market_, best_total(market_)) == by_table


def test_floors_and_caps_are_kept_and_cost_as_little_as_can_be() -> None:
    market_ = random_market(40, 12, 7)
    zone, region, chain = ints(0, 1, 2), ints(0, 1, 2, 3, 4, 5), ints(1, 3, 5, 7, 9, 11)
    limits = [
        Limit("zone", zone, least=5),
        Limit("region", region, most=8),
        Limit("chain", chain, most=6),
    ]
    chosen = best_total(market_, limits)
    assert fits(market_, chosen)
    for limit in limits:
        count = np.isin(market_.gap[chosen], limit.gaps).sum()
        assert limit.least <= count <= (limit.most or count)
    assert total(market_, chosen) <= total(market_, best_total(market_))
    loose = best_total(market_, [Limit("zone", zone, least=0)])
    assert total(market_, loose) == total(market_, best_total(market_))


@given(markets(3), st.integers(0, 2), st.integers(0, 2))
@settings(max_examples=40, deadline=None)
def test_under_limits_no_allocation_that_keeps_them_has_a_greater_total(
    market_: Market, least: int, most: int
) -> None:
    limits = [
        Limit("first", ints(0), least=least),
        Limit("all", np.arange(len(market_.gap_capacity)), most=most),
    ]
    kept = [
        total(market_, flags_of(market_, pairs))
        for pairs in every_allocation(market_)
        if least <= sum(g == 0 for _, g in pairs) and len(pairs) <= most
    ]
    if not kept:
        with pytest.raises(NotPossible):
            best_total(market_, limits)
        return
    assert total(market_, best_total(market_, limits)) == max(kept)


def crossing(market_: Market) -> list[Limit]:
    """Chains over zones: the relaxed programme may have parts of pairs."""
    places = np.arange(len(market_.gap_capacity))
    zones = [Limit(f"zone {n}", places[places % 4 == n], least=1, most=5) for n in range(4)]
    chains = [Limit(f"chain {n}", places[places % 3 == n], most=6) for n in range(3)]
    return zones + chains


@pytest.mark.parametrize("seed", range(8))
def test_limits_that_cross_are_solved_in_whole_numbers(seed: int) -> None:
    market_ = random_market(30, 12, seed)
    limits = crossing(market_)
    chosen = best_total(market_, limits)
    inside = [np.isin(market_.gap, limit.gaps).astype(np.int64) for limit in limits]
    table = [*inside, *(-row for row in inside)]
    table += [market_.investor == n for n in range(30)] + [market_.gap == n for n in range(12)]
    most = [*(limit.most or 0 for limit in limits), *(-limit.least for limit in limits)]
    most += [*market_.investor_capacity.tolist(), *market_.gap_capacity.tolist()]
    other = import_module("scipy.optimize").linprog(
        -market_.score, A_ub=np.array(table, float), b_ub=most, bounds=(0, 1), integrality=1
    )
    assert total(market_, chosen) == round(-other.fun)


def rings(count: int) -> tuple[Market, list[Limit]]:
    """Three gaps each, any two of which may take one: halves of all would make one and a half."""
    size = 3 * count
    alone = [[2 if g == i else None for g in range(size)] for i in range(size)]
    market_ = made(alone, [1] * size, [1] * size, [[0] * size] * size)
    pairs = [(3 * n + a, 3 * n + b) for n in range(count) for a, b in ((0, 1), (1, 2), (0, 2))]
    return market_, [Limit(f"{a} and {b}", ints(a, b), most=1) for a, b in pairs]


def test_whole_pairs_are_chosen_where_parts_would_be_better() -> None:
    market_, ring = rings(1)
    assert total(market_, best_total(market_, ring)) == 2
    assert total(market_, best_total(market_, [*ring, Limit("last", ints(2), least=1)])) == 2


@pytest.mark.parametrize("least", [3, 4])
def test_floors_that_only_parts_of_pairs_could_meet_are_refused(least: int) -> None:
    market_, two_rings = rings(2)
    with pytest.raises(NotPossible, match="cannot all be kept together"):
        best_total(market_, [*two_rings, Limit("all", np.arange(6), least=least)])


def test_pairs_that_gain_are_taken_in_until_none_does(monkeypatch: pytest.MonkeyPatch) -> None:
    market_ = random_market(40, 12, 9, capacity=2)
    limits = [Limit("zone", ints(0, 1, 2), least=5, most=6)]
    expected = total(market_, best_total(market_, limits))
    monkeypatch.setattr(programme, "FIRST", 0)
    assert total(market_, best_total(market_, limits)) == expected


def test_what_cannot_be_met_is_named() -> None:
    market_ = made([[5, 3], [4, None]], [1, 1], [1, 1], [[0, 0], [0, 0]])
    with pytest.raises(NotPossible, match="west: at least 2, but 1 are possible"):
        best_total(market_, [Limit("west", ints(1), least=2)])
    with pytest.raises(NotPossible, match="cannot all be kept together"):
        best_total(market_, [Limit("a", ints(0, 1), most=1), Limit("b", ints(0, 1), least=2)])
    with pytest.raises(NotPossible, match="east: at least 2, but at most 1"):
        best_total(market_, [Limit("east", ints(0, 1), least=2, most=1)])
    nobody = market(ints(), ints(1), (ints(), ints()), ints(), ints())
    with pytest.raises(NotPossible, match="zone: at least 1, but 0 are possible"):
        best_total(nobody, [Limit("zone", ints(0), least=1)])
    assert best_total(nobody).shape == (0,)
