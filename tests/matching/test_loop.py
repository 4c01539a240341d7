"""The plain loop, and the compiled one where numba is, held against the engine pair by pair."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.columns import CHUNK, sheet_of
from matching.criteria import CRITERIA
from matching.engine import score
from matching.gates import GATES, POOL_GATES
from matching.loop import (
    BLOCKED,
    ELIGIBLE,
    OUTSIDE,
    Candidates,
    Judged,
    Loop,
    functions,
    judge_gaps,
    judge_investors,
    loop_text,
    plain,
)
from matching.reweighting import reweighted
from matching.rows import Gap, Investor
from matching.ruleset import Ruleset, ruleset
from tests.matching.making import REFERENCE, RULES, gap_row, investor_row
from tests.matching.random_rows import INVESTOR, drawn_gap, drawn_investor, seeded

Numbers = tuple[int, int, int]
EACH_WAY = 200
SEEDS = st.integers(0, 2**32)


@pytest.fixture(scope="module", params=["plain", "compiled"])
def loop(request: pytest.FixtureRequest) -> Loop:
    if request.param == "plain":
        return plain
    return request.getfixturevalue("machine_code")


def engine_says(gap: Gap, investor: Investor, rules: Ruleset = RULES) -> Numbers:
    """Verdict, score and coverage by the functions that explain a pair."""
    if any(gate.blocks(gap, investor, rules.tables) for gate in POOL_GATES):
        return OUTSIDE, 0, 0
    if any(gate.blocks(gap, investor, rules.tables) for gate in GATES):
        return BLOCKED, 0, 0
    result = score(gap, investor, rules.tables, rules.policy)
    return ELIGIBLE, result.score, result.coverage


def candidates(affinity: Sequence[float], positions: Sequence[int] | None = None) -> Candidates:
    at = range(len(affinity)) if positions is None else positions
    return Candidates(np.array(at, np.int64), np.array(affinity, np.float64))


def numbers(judged: Judged) -> list[Numbers]:
    return list(zip(*(array.tolist() for array in judged), strict=True))


def test_forty_thousand_pairs_are_equal_to_the_point_in_both_directions(loop: Loop) -> None:
    draw = seeded(20260401)
    gaps = [drawn_gap(draw) for _ in range(EACH_WAY)]
    investors = [drawn_investor(draw) for _ in range(EACH_WAY)]
    affinity = [[draw(INVESTOR["affinity"]) for _ in gaps] for _ in investors]
    expected = [
        [
            engine_says(gap, who._replace(affinity=near))
            for gap, near in zip(gaps, nears, strict=True)
        ]
        for who, nears in zip(investors, affinity, strict=True)
    ]
    gap_sheet, investor_sheet = sheet_of(Gap, gaps), sheet_of(Investor, investors)
    for who, nears, row in zip(investors, affinity, expected, strict=True):
        assert numbers(judge_gaps(loop, who, gap_sheet, candidates(nears), RULES)) == row
    columns = list(zip(*expected, strict=True))
    for n, gap in enumerate(gaps):
        near = candidates([nears[n] for nears in affinity])
        judged = judge_investors(loop, gap, investor_sheet, near, RULES)
        assert numbers(judged) == list(columns[n])
    seen = Counter(verdict for row in expected for verdict, _, _ in row)
    assert min(seen[v] for v in (OUTSIDE, ELIGIBLE, BLOCKED)) > 2_000
    assert len({score for row in expected for _, score, _ in row}) > 1_000


@given(st.data(), SEEDS)
@settings(max_examples=60, deadline=None)
def test_any_pair_is_equal_to_the_point(loop: Loop, data: st.DataObject, seed: int) -> None:
    def draw(values: Sequence[Any]) -> Any:
        return data.draw(st.sampled_from(values))

    gap, who = drawn_gap(draw), drawn_investor(seeded(seed))
    near = candidates([who.affinity])
    expected = [engine_says(gap, who)]
    assert numbers(judge_gaps(loop, who, sheet_of(Gap, [gap]), near, RULES)) == expected
    assert numbers(judge_investors(loop, gap, sheet_of(Investor, [who]), near, RULES)) == expected


STOPPED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("status", {"is_open": False}, {}),
    ("status", {}, {"is_closed": True}),
    ("opt_out", {}, {"opt_out": True}),
    ("relevance", {}, {"affinity": 0.1994}),
    ("negative_list", {"listed_by_words": 1}, {"listed_by_words": 1, "listed_by_code": 1}),
    ("investment_floor", {"investment_floor_cny": 1e8}, {"plan_cny": 99_999_999.0}),
    ("technology_level_floor", {"technology_level_floor": 3.0}, {"technology_level": 2.0}),
    ("red_line", {"energy_cap_tce": 9.0}, {"energy_tce": 9.1}),
    ("red_line", {"emissions_cap_tco2e": 9.0}, {"emissions_tco2e": 9.1}),
    ("red_line", {"energy_cap_per_10k": 0.1}, {"energy_tce": 9.0, "output_10k_cny": 89.0}),
]
RULES_THAT_PROHIBIT_ITEM_0 = replace(RULES, tables=RULES.tables._replace(prohibited=1))


def test_the_table_of_stopped_pairs_names_every_gate() -> None:
    only_asks = {"guidance_catalogue"}
    named = {key for key, _, _ in STOPPED}
    assert named | only_asks == {gate.key for gate in (*POOL_GATES, *GATES)}


@pytest.mark.parametrize(("key", "of_gap", "of_investor"), STOPPED)
def test_every_gate_stops_as_it_does_in_the_engine(
    loop: Loop, key: str, of_gap: dict[str, Any], of_investor: dict[str, Any]
) -> None:
    rules = RULES_THAT_PROHIBIT_ITEM_0
    gap, who = gap_row(**of_gap), investor_row(**of_investor)
    gates = [g for g in (*POOL_GATES, *GATES) if g.blocks(gap, who, rules.tables)]
    assert [gate.key for gate in gates] == [key]
    verdict = OUTSIDE if gates[0] in POOL_GATES else BLOCKED
    judged = judge_gaps(loop, who, sheet_of(Gap, [gap]), candidates([who.affinity]), rules)
    assert numbers(judged) == [(verdict, 0, 0)]
    free = judge_gaps(loop, investor_row(), sheet_of(Gap, [gap_row()]), candidates([1.0]), rules)
    assert free.verdict.tolist() == [ELIGIBLE]


def _policies() -> list[Ruleset]:
    flat = reweighted(RULES.policy, {"ecology": 3000, "scale_fit": 0})
    case = [10_000, *[0] * (len(CRITERIA) - 1)]
    one = replace(RULES.policy, weights=(tuple(case),) * 4, neutral=0, relevance_floor=1)
    return [ruleset(policy, REFERENCE) for policy in (flat, one)]


@pytest.mark.parametrize("rules", _policies(), ids=["reweighted", "one criterion"])
def test_weights_and_tables_are_read_not_built_in(loop: Loop, rules: Ruleset) -> None:
    draw = seeded(5)
    gaps, who = [drawn_gap(draw) for _ in range(200)], drawn_investor(draw)
    who = who._replace(opt_out=False, is_closed=False)
    judged = judge_gaps(loop, who, sheet_of(Gap, gaps), candidates([who.affinity] * 200), rules)
    assert numbers(judged) == [engine_says(gap, who, rules) for gap in gaps]


@given(SEEDS, st.permutations(range(30)), st.sets(st.integers(0, 29)))
@settings(max_examples=40, deadline=None)
def test_dropping_or_shuffling_candidates_changes_nobody_s_numbers(
    loop: Loop, seed: int, order: list[int], kept: set[int]
) -> None:
    draw = seeded(seed)
    gaps, who = [drawn_gap(draw) for _ in range(30)], drawn_investor(draw)
    affinity = [draw(INVESTOR["affinity"]) for _ in gaps]
    whole = numbers(judge_gaps(loop, who, sheet_of(Gap, gaps), candidates(affinity), RULES))
    at = sorted(kept)
    some = candidates([affinity[n] for n in at], at)
    assert numbers(judge_gaps(loop, who, sheet_of(Gap, gaps), some, RULES)) == [
        whole[n] for n in at
    ]
    mixed = sheet_of(Gap, [gaps[n] for n in order])
    near = candidates([affinity[n] for n in order])
    assert numbers(judge_gaps(loop, who, mixed, near, RULES)) == [whole[n] for n in order]


def test_positions_reach_over_chunks(loop: Loop) -> None:
    size = 2 * CHUNK + 10
    sheet = sheet_of(Gap, [gap_row(technology_level_wanted=float(n % 5 + 1)) for n in range(size)])
    at = [0, 1, CHUNK - 1, CHUNK, 2 * CHUNK, size - 1]
    who = investor_row(technology_level=3.0)
    near = [0.3, 0.4, 0.5, 0.6, 0.7, 0.1]
    kept = candidates(near, at)
    for array in kept:
        array.setflags(write=False)
    assert numbers(judge_gaps(loop, who, sheet, kept, RULES)) == [
        engine_says(sheet.row(p), who._replace(affinity=a)) for p, a in zip(at, near, strict=True)
    ]
    in_the_last = candidates([0.9], [2 * CHUNK])
    assert judge_gaps(loop, who, sheet, in_the_last, RULES).verdict.tolist() == [ELIGIBLE]


def test_no_candidates_are_judged_to_nothing(loop: Loop) -> None:
    for sheet in (sheet_of(Gap, ()), sheet_of(Gap, [gap_row()])):
        assert numbers(judge_gaps(loop, investor_row(), sheet, candidates([]), RULES)) == []


@pytest.mark.parametrize(
    ("positions", "affinity", "message"),
    [
        ([0, 3], [1.0, 1.0], "positions 0 to 3 of 3 rows"),
        ([-1, 0], [1.0, 1.0], "positions -1 to 0 of 3 rows"),
        ([1, 0], [1.0, 1.0], "not ascending"),
        ([1, 1], [1.0, 1.0], "not ascending"),
        ([0, -5, 2], [1.0, 1.0, 1.0], "not ascending"),
        ([0, 1], [1.0], "affinities"),
    ],
)
def test_positions_that_cannot_be_read_are_refused(
    positions: list[int], affinity: list[float], message: str
) -> None:
    near = candidates(affinity, positions)
    gaps, investors = sheet_of(Gap, [gap_row()] * 3), sheet_of(Investor, [investor_row()] * 3)
    with pytest.raises(ValueError, match=message):
        judge_gaps(plain, investor_row(), gaps, near, RULES)
    with pytest.raises(ValueError, match=message):
        judge_investors(plain, gap_row(), investors, near, RULES)


def test_the_text_asks_every_gate_and_criterion_in_order() -> None:
    called = [name for name in functions() if f"{name}(gap, investor, tables)" in loop_text()]
    assert len(called) == len(POOL_GATES) + len(GATES) + len(CRITERIA)
    places = [loop_text().index(f"{name}(gap") for name in called]
    assert places == sorted(places)
