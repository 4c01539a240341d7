"""Rankings pair by pair, in plain Python: slow, and what the pools are held against."""

from collections.abc import Iterable
from typing import NamedTuple

from matching.engine import Scored, blocking_gate, is_in_pool, score_pair
from matching.gate import Gate
from matching.profiles import GapProfile, InvestorProfile, Pair, pair
from matching.ruleset import Ruleset

Key = tuple[int, int, int, int, int]


class Blocked(NamedTuple):
    """A pair above the relevance floor that a gate stops."""

    pair: Pair
    gate: Gate


class Ranked(NamedTuple):
    """A pool held against one subject: what counts, best first, and what is blocked."""

    eligible: list[Scored]
    blocked: list[Blocked]


def key(scored: Scored) -> Key:
    """Best first: score, coverage, severity of the gap, then the order of registration."""
    gap, investor = scored.pair.gap.facts, scored.pair.investor.facts
    severity = scored.pair.gap.row.severity
    return -scored.score.score, -scored.score.coverage, -severity, gap.number, investor.number


def rank_gaps(investor: InvestorProfile, gaps: Iterable[GapProfile], rules: Ruleset) -> Ranked:
    """The gaps that an investor could mend, best first."""
    return _rank((pair(investor, gap, rules.tables, rules.reference) for gap in gaps), rules)


def rank_investors(gap: GapProfile, investors: Iterable[InvestorProfile], rules: Ruleset) -> Ranked:
    """The investors that could mend a gap, best first."""
    return _rank((pair(who, gap, rules.tables, rules.reference) for who in investors), rules)


def _rank(pairs: Iterable[Pair], rules: Ruleset) -> Ranked:
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
    eligible.sort(key=key)
    blocked.sort(key=lambda b: (b.pair.gap.facts.number, b.pair.investor.facts.number))
    return Ranked(eligible, blocked)
