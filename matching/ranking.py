"""A pool held against one subject: who is eligible, best first, and who is blocked."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matching import ordering
from matching.columns import Ints
from matching.engine import Scored, score_pair
from matching.loop import BLOCKED, Candidates, Judged, Loop, judge_gaps, judge_investors, plain
from matching.pools import GapPool, GapRecord, InvestorPool, InvestorRecord
from matching.profiles import GapProfile, InvestorProfile, Pair, pair
from matching.ruleset import Ruleset

COMPILED_FROM = 2
"""Candidates for which calling the compiled loop pays; one is as soon judged in Python."""

Order = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates as keys and positions; pairs are made of the few that are looked at."""

    keys: Ints
    """Of the eligible, best first (see `ordering`)."""
    blocked: Ints
    """Positions above the relevance floor that a gate stops, in the order of registration."""
    rules: Ruleset
    investor_at: Callable[[int], InvestorProfile]
    gap_at: Callable[[int], GapProfile]

    def pair_at(self, position: int) -> Pair:
        """The subject and the candidate at a position, held together."""
        investor, gap = self.investor_at(position), self.gap_at(position)
        return pair(investor, gap, self.rules.tables, self.rules.reference)

    def scored_at(self, position: int) -> Scored:
        """The same with its score, by the functions that explain it."""
        return score_pair(self.pair_at(position), self.rules)

    def order_of(self, key: int) -> Order:
        """What a key stands for where positions mean nothing: the least of these comes first.

        Score, coverage and severity with their signs turned, then the numbers under which gap and
        investor were registered.
        """
        score, coverage, severity, position = ordering.parts(key)
        gap, investor = self.gap_at(position).facts, self.investor_at(position).facts
        return -score, -coverage, -severity, gap.number, investor.number


def rank_gaps(
    investor: InvestorProfile,
    pool: GapPool[GapRecord],
    near: Candidates,
    rules: Ruleset,
    compiled: Loop | None = None,
) -> Ranking:
    """Those gaps of `pool.near(investor)` that are given, held against the investor."""
    judged = judge_gaps(_loop(compiled, near), investor.row, pool.sheet, near, rules)
    severity = pool.sheet.numbers("severity", near.positions)
    return Ranking(
        *_ordered(judged, near, severity),
        rules,
        investor_at=lambda _: investor,
        gap_at=lambda position: pool.records.at(position).profile,
    )


def rank_investors(
    gap: GapProfile,
    pool: InvestorPool[InvestorRecord],
    near: Candidates,
    rules: Ruleset,
    compiled: Loop | None = None,
) -> Ranking:
    """Those investors of `pool.near(gap)` that are given, held against the gap."""
    judged = judge_investors(_loop(compiled, near), gap.row, pool.sheet, near, rules)
    return Ranking(
        *_ordered(judged, near, gap.row.severity),
        rules,
        investor_at=lambda position: pool.records.at(position).profile,
        gap_at=lambda _: gap,
    )


def _loop(compiled: Loop | None, near: Candidates) -> Loop:
    return compiled if compiled and len(near.positions) >= COMPILED_FROM else plain


def _ordered(judged: Judged, near: Candidates, severity: Ints | int) -> tuple[Ints, Ints]:
    keys = np.sort(ordering.keys(judged, near, severity))[::-1]
    return keys, near.positions[judged.verdict == BLOCKED]
