"""All investors against all gaps, the best of each: what one core does of it, by the pair.

A block of the investors is ranked and the time divided by the pairs it stands for. As in every
ranking, gaps below the relevance floor are no match, and most are never looked at.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from matching import ordering
from matching.loop import Candidates
from matching.pools import GapPool
from matching.preparing import prepare_investor
from matching.profiles import InvestorProfile
from matching.ranking import rank_gaps
from tests.benchmarks import numpy_score
from tests.benchmarks.bench import SEED, SELDOM, Bench, medians
from tests.benchmarks.figures import Bar, Measured, Row, same
from tests.benchmarks.made import Array, by_name, made_gaps, pool_of
from tests.benchmarks.numpy_score import Gaps
from tests.benchmarks.one_ranking import Best
from tests.benchmarks.subject import subject_of
from tests.matching.making import PLACER, REFERENCE, RULES, investor_facts
from tests.matching.pooled import HeldGap
from tests.matching.random_rows import drawn_investor, seeded

MOST = 50
INVESTORS = 10_000
"""Of which a block is ranked."""
PLAIN = {"is_foreign": True, "is_hmt": False, "is_taiwan": False, "opt_out": False}
WIDTH = 14


def investors(count: int) -> list[InvestorProfile]:
    """Investors that say what a link is called, and any or nothing else of themselves."""
    draw, links = seeded(SEED), sorted(REFERENCE.links.values(), key=lambda link: link.number)
    named = (links[7 * n % len(links)].name_zh for n in range(count))
    made = (prepare_investor(investor_facts(products=(n,)), REFERENCE, PLACER) for n in named)
    return [
        replace(who, row=drawn_investor(draw)._replace(is_closed=False, **PLAIN)) for who in made
    ]


def measure(bench: Bench) -> Measured:
    """Compare with numpy investor by investor, then time the block."""
    count, size = bench.either((100_000, 100), (3_000, 5))
    sheet, block = made_gaps(count), investors(size)
    pool, gaps = pool_of(sheet), by_name(sheet)
    ours = partial(_ranked, bench, pool, block)
    by_numpy = partial(_by_numpy, gaps, pool, block)
    same(ours(), by_numpy(), "numpy")
    taken = medians({"ours": ours, "numpy": by_numpy, "blas": _product(count, size)}, SELDOM)
    pairs = count * size
    share = sum(len(pool.near(who).positions) for who in block) / pairs
    each = taken["ours"] * 1e9 / pairs / share
    values = {
        "ours": taken["ours"] * 1e9 / pairs,
        "numpy": taken["numpy"] / taken["ours"],
        "blas": taken["blas"] * 1e9 / pairs,
    }
    notes = {
        "ours": f"{size} of {INVESTORS:,} investors, scaled; {share:.1%} of the pairs have any "
        f"affinity ({each:.0f} ns each), the others are no match and never looked at",
        "numpy": "the same candidates, all formulas over whole columns",
        "blas": f"a product of {WIDTH} numbers a pair for each pair, and the best {MOST} of each",
    }
    return Measured(values, notes)


def _ranked(bench: Bench, pool: GapPool[HeldGap], block: list[InvestorProfile]) -> list[Best]:
    return [
        _shown(rank_gaps(who, pool, pool.near(who), RULES, bench.loop).keys[:MOST]) for who in block
    ]


def _shown(keys: Array) -> Best:
    scores = (keys >> ordering.SCORE).tolist()
    return list(zip(ordering.positions(keys).tolist(), scores, strict=True))


def _by_numpy(gaps: Gaps, pool: GapPool[HeldGap], block: list[InvestorProfile]) -> list[Best]:
    return [_one_by_numpy(gaps, pool.near(who), who) for who in block]


def _one_by_numpy(gaps: Gaps, near: Candidates, who: InvestorProfile) -> Best:
    held = near.only(np.floor(near.affinity * 1000 + 0.5) >= RULES.policy.relevance_floor)
    some = {name: column[held.positions] for name, column in gaps.items()}
    found = numpy_score.best(some, held.affinity, subject_of(who.row, RULES), MOST)
    return [(int(held.positions[at]), score) for at, score in found]


def _product(count: int, size: int) -> Callable[[], object]:
    """What BLAS takes where a score is a product of what is known of both: ours is none."""
    draw = np.random.default_rng(SEED)
    left, right = draw.random((size, WIDTH)), draw.random((WIDTH, count))
    exact = np.sort(np.einsum("k,kn->n", left[0], right))[-MOST:]
    same(True, bool(np.allclose(np.sort(_best_products(left, right)[0]), exact)), "BLAS")
    return partial(_best_products, left, right)


def _best_products(left: Array, right: Array) -> Array:
    return np.partition(left @ right, -MOST, axis=1)[:, -MOST:]


ROW = Row(
    key="pairs",
    what="all pairs 100,000 × 10,000, top 50",
    peers=("numpy", "BLAS"),
    bars=(
        Bar("ours", "a pair on one core", "ns", most=5),
        Bar("numpy", "against numpy columns", "×"),
        Bar("blas", "BLAS and the best of it, a pair", "ns"),
    ),
    measure=measure,
)
