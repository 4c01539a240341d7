from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.columns import pool_of
from matching.engine import rank_gaps
from matching.loop import (
    BLOCKED,
    ELIGIBLE,
    OUTSIDE,
    Candidates,
    Judged,
    functions,
    judge_gaps,
    made_loop,
)
from matching.ordering import LAST, best, keys, positions
from matching.points import WHOLE
from matching.preparing import prepare_gap, prepare_investor
from matching.profiles import fit_of
from matching.rows import Gap
from matching.vocabulary import GapKind, Origin, Region
from tests.matching.making import (
    PLACER,
    REFERENCE,
    RULES,
    gap_facts,
    investor_facts,
    zone_facts,
)

PLAIN = made_loop(functions())

POINTS = st.sampled_from([0, 1, 4999, 5000, WHOLE])
ROWS = st.lists(
    st.tuples(
        st.sampled_from([OUTSIDE, ELIGIBLE, ELIGIBLE, BLOCKED]),
        POINTS,
        POINTS,
        st.sampled_from([-1, 0, 50, 100]),
    ),
    max_size=30,
)


def judged(rows: list[Any]) -> Judged:
    columns = list(zip(*rows, strict=True))[:3] or [(), (), ()]
    return Judged(*(np.array(column, np.int64) for column in columns))


def candidates(at: list[int]) -> Candidates:
    return Candidates(np.array(at, np.int64), np.ones(len(at)))


@given(ROWS, st.integers(0, 40), st.integers(0, 1000))
@settings(max_examples=200, deadline=None)
def test_the_order_is_score_then_coverage_then_severity_then_position(
    rows: list[Any], count: int, first: int
) -> None:
    at = [first + 3 * n for n in range(len(rows))]
    severity = np.array([row[3] for row in rows], np.int64)
    eligible = [(*row[1:], -p) for p, row in zip(at, rows, strict=True) if row[0] == ELIGIBLE]
    found = keys(judged(rows), candidates(at), severity)
    assert positions(found).tolist() == [-row[-1] for row in eligible]
    expected = [-row[-1] for row in sorted(eligible, reverse=True)][:count]
    assert positions(best(found, count)).tolist() == expected


def test_the_extremes_fit_side_by_side() -> None:
    rows = [(ELIGIBLE, WHOLE, WHOLE, 100), (ELIGIBLE, WHOLE, WHOLE, 100), (ELIGIBLE, 0, 0, -1)]
    found = keys(judged(rows), candidates([0, LAST, 1]), np.array([100, 100, -1]))
    assert found[0] > found[1] > found[2] > 0
    assert positions(found).tolist() == [0, LAST, 1]


def test_one_severity_may_stand_for_all() -> None:
    rows = [(ELIGIBLE, 5, 5), (OUTSIDE, 0, 0), (ELIGIBLE, 5, 6)]
    found = keys(judged(rows), candidates([0, 1, 2]), 40)
    assert found.tolist() == keys(judged(rows), candidates([0, 1, 2]), np.full(3, 40)).tolist()
    assert positions(best(found, 9)).tolist() == [2, 0]


LINKS = ("ic.photoresist", "ic.wafer_si", "ic.eda", "battery.cathode", "ic.fab")
GAPS = [
    prepare_gap(
        gap_facts(
            zone_facts(region, leading_chains=chains),
            id=f"gap_{number}",
            number=number,
            kind=kind,
            link_id=link,
            severity=None if number % 3 else number % 7 * 10,
            products=("光刻胶",) if number % 5 == 0 else (),
            technology_level_floor=4 if number % 11 == 0 else None,
        ),
        REFERENCE,
        is_open=number % 13 != 0,
    )
    for number, (region, kind, link, chains) in enumerate(
        product(Region, GapKind, LINKS, ((), ("ic",), ("battery", "nev")))
    )
]


@pytest.mark.parametrize("origin", Origin)
@pytest.mark.parametrize("phrase", ["光刻胶", "12英寸硅片", "正极材料"])
def test_a_ranking_over_columns_is_the_engine_s(phrase: str, origin: Origin) -> None:
    facts = investor_facts(products=(phrase,), origin=origin, technology_level=3, jobs=900)
    who = prepare_investor(facts, REFERENCE, PLACER)
    pool = pool_of(Gap, [gap.row for gap in GAPS])
    near = Candidates(np.arange(len(GAPS)), np.array([fit_of(who, gap).value for gap in GAPS]))
    said = judge_gaps(PLAIN, who.row, pool, near, RULES)
    found = best(keys(said, near, pool.numbers("severity")), len(GAPS))
    ranking = rank_gaps(who, GAPS, RULES)
    order: list[int] = positions(found).tolist()
    assert [GAPS[p].facts.id for p in order] == [
        scored.pair.gap.facts.id for scored in ranking.eligible
    ]
    assert [said.score[p] for p in order] == [s.score.score for s in ranking.eligible]
    stopped_at = [n for n, verdict in enumerate(said.verdict.tolist()) if verdict == BLOCKED]
    assert [GAPS[p].facts.id for p in stopped_at] == [
        stopped.pair.gap.facts.id for stopped in ranking.blocked
    ]
    assert len(ranking.eligible) > 10
    assert ranking.blocked
