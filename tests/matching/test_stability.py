import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.criteria import CRITERIA
from matching.points import WHOLE
from matching.preparing import prepare_gap, prepare_investor
from matching.stability import (
    PRIMES,
    SEED,
    TRIALS,
    best,
    changed_by,
    changed_scores,
    promethee,
    stability,
    topsis,
)
from matching.vocabulary import GapKind
from tests.matching.making import PLACER, REFERENCE, RULES, gap_facts, investor_facts
from tests.matching.oracle import rank_gaps

UNITS = st.floats(0, 1)
ROWS = st.lists(st.tuples(UNITS, UNITS, UNITS), min_size=1, max_size=6)
EQUAL = (0.5, 0.3, 0.2)


def ranking(*link_ids: str):
    investor = prepare_investor(investor_facts(), REFERENCE, PLACER)
    gaps = [
        prepare_gap(
            gap_facts(id=f"gap_{n}", number=n, link_id=link, kind=GapKind.WEAK),
            REFERENCE,
            is_open=True,
        )
        for n, link in enumerate(link_ids)
    ]
    return rank_gaps(investor, gaps, RULES).eligible


def test_a_clear_first_stays_first() -> None:
    found = stability(ranking("ic.photoresist", "ic.fab", "ic.wafer_si", "ic.photomask"), RULES)
    assert found.same_first == WHOLE
    assert found.trials == 200
    assert [m.name for m in found.methods] == ["topsis", "promethee_ii"]
    assert all(m.top[0] == 0 and 1 <= m.shared <= 3 for m in found.methods)


def test_equal_candidates_keep_their_order() -> None:
    found = stability(ranking(*["ic.photoresist"] * 5), RULES)
    assert (found.same_first, found.same_top) == (WHOLE, WHOLE)
    assert all(m.top == (0, 1, 2) and m.shared == 3 for m in found.methods)


@pytest.mark.parametrize("links", [(), ("ic.photoresist",), ("ic.photoresist", "ic.fab")])
def test_a_short_ranking_is_stable(links: tuple[str, ...]) -> None:
    found = stability(ranking(*links), RULES)
    assert found.same_top == WHOLE
    assert all(m.shared == len(links) for m in found.methods)


def test_weights_are_changed_evenly_by_up_to_a_tenth() -> None:
    assert len(PRIMES) == len(CRITERIA)
    for prime in PRIMES:
        factors = [changed_by(trial, prime) for trial in range(SEED, SEED + TRIALS)]
        assert all(0.9 <= factor <= 1.1 for factor in factors)
        assert abs(sum(factors) / TRIALS - 1) < 0.01
        assert max(factors) - min(factors) > 0.19


def test_it_repeats() -> None:
    eligible = ranking("ic.photoresist", "ic.fab", "ic.wafer_si", "ic.photomask")
    assert stability(eligible, RULES) == stability(eligible, RULES)


@given(ROWS)
def test_who_is_best_in_everything_is_first_by_every_method(rows: list[tuple[float, ...]]) -> None:
    rows = [(1.0, 1.0, 1.0), *rows]
    weights = [EQUAL] * len(rows)
    for scores in (
        topsis(rows, weights),
        promethee(rows, weights),
        changed_scores(rows, weights, (1.1, 0.9, 1.0)),
    ):
        assert best(scores)[0] == 0


@given(ROWS)
def test_flows_cancel_and_nearness_is_a_share(rows: list[tuple[float, ...]]) -> None:
    weights = [EQUAL] * len(rows)
    assert sum(promethee(rows, weights)) == pytest.approx(0.0, abs=1e-9)
    assert all(0 <= near <= 1 for near in topsis(rows, weights))
