"""`python -m tests.benchmarks.many_investors N`: a pool of N investors and a ranking over it.

A process of its own, so that what it takes is what a server with as many would take: the modules
of the service, the reference, the compiled loop and the pool. Writes {"seconds", "megabytes"}.
"""

import json
import os
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from matching import ordering
from matching.codes import CodeScheme, IndustryCode
from matching.compiled import compiled_loop
from matching.facts import InvestorFacts
from matching.pools import InvestorPool
from matching.preparing import prepare_gap, prepare_investor
from matching.profiles import GapProfile
from matching.ranking import rank_investors
from matching.roster import Roster
from matching.vocabulary import GapKind
from service.app import contract
from service.indexed import IndexedInvestor
from service.packing import Packing
from service.repositories.feed import PORTION
from service.scorer import Scorer, load_scorer
from tests.benchmarks.bench import SEED
from tests.benchmarks.figures import WrongAnswerError
from tests.matching.making import gap_facts, investor_facts

DIFFERENT = 2_000
"""Investors that are placed; all others are one of these under another name."""
ROUNDS = 7
PAGE = 20


def measured(scorer: Scorer, count: int, different: int = DIFFERENT) -> dict[str, float]:
    """Make the pool, rank it for one gap, and say what both took."""
    pool, gap = made_pool(scorer, count, different), wanted(scorer)
    times: list[float] = []
    for _ in range(ROUNDS):
        start = perf_counter()
        first_page(scorer, pool, gap)
        times.append(perf_counter() - start)
    return {"seconds": median(times), "megabytes": resident()}


def made_pool(scorer: Scorer, count: int, different: int) -> InvestorPool[IndexedInvestor]:
    """Investors at all links of the reference, by the portion as a server reads them."""
    reference, placer = scorer.reference, scorer.placer

    def prepared(facts: InvestorFacts, name: str) -> IndexedInvestor:
        return IndexedInvestor(prepare_investor(facts, reference, placer), name)

    some = [prepared(facts, "示例股份有限公司") for facts in _facts(scorer, different)]
    pool = InvestorPool[IndexedInvestor](Roster(Packing(prepared)))
    every = (_another(some[number % different], number) for number in range(count))
    while portion := list(islice(every, PORTION)):
        pool = pool.changed(portion)
    return pool


def wanted(scorer: Scorer) -> GapProfile:
    """A gap that asks for photoresist."""
    facts = gap_facts(link_id="ic.photoresist", kind=GapKind.MISSING)
    return prepare_gap(facts, scorer.reference, is_open=True)


def first_page(
    scorer: Scorer, pool: InvestorPool[IndexedInvestor], gap: GapProfile
) -> list[tuple[int, str]]:
    """Score and name of the first investors for the gap.

    Raises:
        WrongAnswerError: the functions that explain a score come to another one.
    """
    near = pool.near(gap)
    ranking = rank_investors(gap, pool, near, scorer.rulesets[0], scorer.compiled)
    found: list[tuple[int, str]] = []
    for key in ranking.keys[:PAGE].tolist():
        score, _, _, at = ordering.parts(key)
        if ranking.scored_at(at).score.score != score:
            raise WrongAnswerError(f"the score of {pool.records.at(at).id} is not {score}")
        found.append((score, pool.records.at(at).name))
    return found


def resident() -> float:
    """Megabytes of memory this process has now; NaN where there is no /proc."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return float("nan")
    line = next(text for text in status.read_text("utf-8").splitlines() if "VmRSS" in text)
    return int(line.split()[1]) / 1024


def _facts(scorer: Scorer, count: int) -> list[InvestorFacts]:
    """Each a maker of one to three things of a link, two thirds with its class."""
    draw = Random(SEED)  # noqa: S311 - not for secrets
    links = list(scorer.reference.links.values())
    found: list[InvestorFacts] = []
    for _ in range(count):
        link = draw.choice(links)
        words = [*link.keywords_zh, *link.keywords_en]
        codes = draw.sample(link.gb4754_codes, int(draw.random() < 2 / 3))
        found.append(
            investor_facts(
                products=tuple(draw.sample(words, min(len(words), draw.randint(1, 3)))),
                industry_codes=tuple(IndustryCode(CodeScheme.GB4754, code) for code in codes),
                jobs=draw.randint(10, 5_000),
                planned_investment_min_cny=draw.randint(10**7, 10**9),
                technology_level=draw.choice([None, 1, 2, 3, 4, 5]),
                rd_intensity_pct=draw.choice([None, 2.5, 6.1]),
                revenue_cny=draw.choice([None, 10**8, 10**10]),
            )
        )
    return found


def _another(like: IndexedInvestor, number: int) -> IndexedInvestor:
    """An investor of its own number, id, name and plan, else like the one given."""
    name = f"示例第{number}股份有限公司"
    facts = replace(like.profile.facts, id=f"inv_01M{number * 7919 % 10**9:023}", number=number)
    return IndexedInvestor(replace(like.profile, facts=facts), name)


if __name__ == "__main__":
    contract()  # a server's modules are in its memory
    loop = compiled_loop(Path(os.environ["BULIAN_CACHE_DIR"]))
    sys.stdout.write(json.dumps(measured(load_scorer(compiled=loop), int(sys.argv[1]))) + "\n")
