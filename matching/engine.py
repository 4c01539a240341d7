"""The score of a pair and the order of a pool: one loop, both directions alike."""

from collections.abc import Iterable
from math import isnan
from typing import NamedTuple

from matching.criteria import CRITERIA
from matching.gate import Gate
from matching.gates import GATES, POOL_GATES
from matching.points import known, points, thousandths
from matching.policy import Policy
from matching.profiles import GapProfile, InvestorProfile, Pair, pair
from matching.rows import Gap, Investor, Tables
from matching.ruleset import Ruleset


class Score(NamedTuple):
    """A scored pair: basis points, and each criterion's value (NaN where there was no evidence)."""

    score: int
    coverage: int
    values: tuple[float, ...]


class Scored(NamedTuple):
    """A pair with its score, ready to be put in order."""

    pair: Pair
    score: Score

    @property
    def key(self) -> tuple[int, int, int, int, int]:
        """Best first: score, coverage, severity of the gap, then the order of registration."""
        gap, investor = self.pair.gap.facts, self.pair.investor.facts
        severity = self.pair.gap.row.severity
        return -self.score.score, -self.score.coverage, -severity, gap.number, investor.number


class Blocked(NamedTuple):
    """A pair above the relevance floor that a gate stops."""

    pair: Pair
    gate: Gate


class Ranking(NamedTuple):
    """A pool held against one subject: what counts, best first, and what is blocked."""

    eligible: list[Scored]
    blocked: list[Blocked]


def score(gap: Gap, investor: Investor, tables: Tables, policy: Policy) -> Score:
    """The additive score of one pair, 0…10,000, under a policy's weights for its case."""
    total = coverage = 0
    values: list[float] = []
    for criterion, weight in zip(CRITERIA, policy.case_weights(gap, investor), strict=True):
        value = criterion.assess(gap, investor, tables) if weight else 0.0
        values.append(value)
        total += points(weight, thousandths(known(value, tables.neutral)))
        coverage += 0 if isnan(value) else weight
    return Score(total, coverage, tuple(values))


def score_pair(held: Pair, rules: Ruleset) -> Scored:
    """The score of a pair that is held together already."""
    return Scored(held, score(held.gap.row, held.row, held.tables, rules.policy))


def is_in_pool(held: Pair) -> bool:
    """Whether the pair is a candidate at all: open, willing and relevant."""
    return not any(gate.blocks(held.gap.row, held.row, held.tables) for gate in POOL_GATES)


def blocking_gate(held: Pair) -> Gate | None:
    """The first gate that stops a candidate."""
    blocking = (gate for gate in GATES if gate.blocks(held.gap.row, held.row, held.tables))
    return next(blocking, None)


def rank_gaps(investor: InvestorProfile, gaps: Iterable[GapProfile], rules: Ruleset) -> Ranking:
    """The gaps that an investor could mend, best first."""
    return _rank((pair(investor, gap, rules.tables, rules.reference) for gap in gaps), rules)


def rank_investors(
    gap: GapProfile, investors: Iterable[InvestorProfile], rules: Ruleset
) -> Ranking:
    """The investors that could mend a gap, best first."""
    return _rank((pair(who, gap, rules.tables, rules.reference) for who in investors), rules)


def _rank(pairs: Iterable[Pair], rules: Ruleset) -> Ranking:
    eligible: list[Scored] = []
    blocked: list[Blocked] = []
    for held in pairs:
        if not is_in_pool(held):
            continue
        gate = blocking_gate(held)
        if gate is None:
            eligible.append(score_pair(held, rules))
        else:
            blocked.append(Blocked(held, gate))
    eligible.sort(key=lambda scored: scored.key)
    blocked.sort(
        key=lambda stopped: (stopped.pair.gap.facts.number, stopped.pair.investor.facts.number)
    )
    return Ranking(eligible, blocked)
