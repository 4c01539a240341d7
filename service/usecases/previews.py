"""What a policy would change if it ruled: the rankings of many subjects under two rulesets.

Both are made by the very functions that make rankings, over the same pools; what is kept of each
is its top, so that memory grows with what is listed and not with what is compared.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from heapq import nsmallest
from itertools import islice
from typing import Final, NamedTuple

import numpy as np

from matching.gates import standing
from matching.loop import Candidates
from matching.preview.comparison import Move, Stops, moves, stops, top_of
from matching.preview.sampling import spread
from matching.ranking import Ranking, rank_gaps, rank_investors
from matching.ruleset import Ruleset
from matching.vocabulary import Region
from models.policy_preview import Direction, PreviewRequest
from models.ranking_query import PolicyQuery
from service import clock, comparisons
from service.comparisons import Compared, Found, Preview, Subject, Tally
from service.errors import PolicyNotFound, invalid
from service.indexed import IndexedGap
from service.repositories import policies
from service.runtime import Work
from service.usecases import ranking
from service.usecases.filtering import looks_for_match, wanted_investors, wants_gap
from service.usecases.ranking import Basis

MOST_PAIRS: Final = 2_000_000
"""Pairs of one call with the compiled loop."""

MOST_PAIRS_PLAIN: Final = 10_000
"""The same in plain Python: up to a tenth of a millisecond each, under both policies."""

MOST_SUBJECTS: Final = 1_500
"""Rankings of one call under each policy: all bounds together keep it below two seconds."""

Ranker = Callable[[Ruleset], Ranking]
"""Gives the ranking of one subject under any rules."""


class Subjects(NamedTuple):
    """Positions in a pool, and what gives the record at one."""

    positions: list[int]
    at: Callable[[int], Subject]


def preview(work: Work, policy_id: str, request: PreviewRequest) -> bytes:
    """The rankings under a stored policy, draft or not, held against those under another one.

    Raises:
        PolicyNotFound: no such policy; the built-in ones are not previewed.
        NotValid: the policy to compare with, or a filter, is not known.
    """
    row = policies.find(work.session, policy_id)
    if row is None:
        raise PolicyNotFound(f"There is no policy {policy_id} of an administrator's")
    ranking.check_filter(work, request, "body")
    basis = ranking.basis_of(work, PolicyQuery(), "body")
    basis = replace(basis, rules=_against(work, request.against, basis.rules))
    rules = _today(work, work.runtime.rulebook.ruleset_of(row))
    subjects = _subjects(basis, request)
    tally = Tally(len(subjects.positions))
    found = _walk(basis, rules, request, subjects, tally)
    listed = nsmallest(request.limit, found, key=_first)
    made = Preview(request, basis.state, basis.rules, rules, tally, listed)
    return comparisons.policy_preview(made)


def _against(work: Work, policy_id: str | None, ruling: Ruleset) -> Ruleset:
    if policy_id is None:
        return ruling
    known = work.rules.of_policy(policy_id)
    if known is not None:
        return _today(work, known)
    row = policies.find(work.session, policy_id)
    if row is None:
        raise invalid(f"There is no policy {policy_id}", "body", "against")
    return _today(work, work.runtime.rulebook.ruleset_of(row))


def _today(work: Work, rules: Ruleset) -> Ruleset:
    """The same policy over the reference that rules today."""
    return work.rules.over(rules, clock.china_day())


def _subjects(basis: Basis, request: PreviewRequest) -> Subjects:
    """Those that look for a match and pass the filter, in the order of registration."""
    gaps, investors = basis.state.gaps, basis.state.investors
    if request.direction is Direction.GAPS:
        found = [
            position
            for position, gap in enumerate(gaps.records.in_order())
            if wants_gap(gap, request) and not standing.of_gap(gap.profile.row)
        ]
        return Subjects(found, gaps.records.at)
    sheet, every = investors.sheet, np.arange(len(investors.sheet))
    wanted = wanted_investors(sheet, every, request) & looks_for_match(sheet, every)
    return Subjects(np.flatnonzero(wanted).tolist(), investors.records.at)


def _walk(
    basis: Basis, rules: Ruleset, request: PreviewRequest, subjects: Subjects, tally: Tally
) -> Iterator[Found]:
    """Every move, subject after subject, until all are compared or the work is used up."""
    most = MOST_PAIRS_PLAIN if basis.compiled is None else MOST_PAIRS
    for number in islice(spread(len(subjects.positions)), request.sample):
        subject = subjects.at(subjects.positions[number])
        near, rank = _held(basis, request, subject)
        size = len(near.positions)
        if tally.subjects and (tally.pairs + size > most or tally.subjects >= MOST_SUBJECTS):
            tally.is_cut = True
            return
        tally.subjects += 1
        tally.pairs += size
        before, after = rank(basis.rules), rank(rules)
        found = moves(before, after, request.top)
        compared = Compared(subject, _top(before, request.top), _top(after, request.top))
        _count(tally, compared, found, stops(before, after))
        yield from (Found(move, compared) for move in found)


def _held(basis: Basis, request: PreviewRequest, subject: Subject) -> tuple[Candidates, Ranker]:
    """The candidates of a subject, and what ranks them under any rules."""
    state, loop = basis.state, basis.compiled
    if isinstance(subject, IndexedGap):
        gap, who = subject.profile, ranking.near_investors(state, subject, request)
        return who, lambda rules: rank_investors(gap, state.investors, who, rules, loop)
    investor, wanted = subject.profile, ranking.near_gaps(state, subject, request)
    return wanted, lambda rules: rank_gaps(investor, state.gaps, wanted, rules, loop)


def _top(ranked: Ranking, top: int) -> Ranking:
    return replace(ranked, keys=ranked.keys[:top].copy(), blocked=ranked.blocked[:0].copy())


def _count(tally: Tally, compared: Compared, found: list[Move], stopped: Stops) -> None:
    tally.changed += bool(found)
    tally.turns.update(move.turn for move in found)
    tally.stops.stopped.update(stopped.stopped)
    tally.stops.freed.update(stopped.freed)
    tally.before.update(_regions(compared.before))
    tally.after.update(_regions(compared.after))


def _regions(ranked: Ranking) -> Iterator[Region]:
    return (ranked.gap_at(at).facts.zone.region for at in top_of(ranked, len(ranked.keys)))


def _first(found: Found) -> tuple[int, int, int, int]:
    """The least is listed first: most places, then highest rank, then the order of registration."""
    move, subject = found.move, found.compared.subject
    ranks = [rank for rank in (move.rank_before, move.rank_after) if rank is not None]
    return -abs(move.places), min(ranks), subject.profile.facts.number, move.position
