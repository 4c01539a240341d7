"""Many pairs judged in one pass: a loop made from the very functions that explain a match.

The loop is a short text over CRITERIA and the gates. Run as it is, it is what the compiled one
(`matching.compiled`) is held against. It gives verdict, score and coverage; which gate stops a
pair and what a score is made of is asked of `engine` and `explanation`, for the pairs shown.
"""

from collections.abc import Callable, Iterator
from math import isnan
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np

from matching.columns import CHUNK, Columns, Flags, Floats, Ints, Sheet, columns_of, places
from matching.criteria import CRITERIA
from matching.gates import GATES, POOL_GATES
from matching.points import known, points, thousandths
from matching.policy import case
from matching.rows import Gap, Investor, Tables
from matching.ruleset import Ruleset

OUTSIDE, ELIGIBLE, BLOCKED = 0, 1, 2
"""Verdicts: not in the pool, scored, stopped by a gate. What is not eligible scores 0."""

Row = TypeVar("Row", Gap, Investor)


class Candidates(NamedTuple):
    """Positions in a sheet, ascending, and the affinity of the pair at each."""

    positions: Ints
    affinity: Floats

    def only(self, wanted: Flags) -> "Candidates":
        """Those of them that are wanted, a flag for each."""
        return Candidates(self.positions[wanted], self.affinity[wanted])


class Judged(NamedTuple):
    """Verdict, score and coverage (basis points) of each candidate, in the order given."""

    verdict: Ints
    score: Ints
    coverage: Ints


Loop = Callable[[Columns, Ints, Columns, Ints, Floats, Ints, Tables, Judged], None]
"""Gaps and positions in them, investors and theirs, affinities, weights, tables; the answer."""

TEXT = """\
def judge(gaps, gap_at, investors, investor_at, affinity, weights, tables, judged):
    for n in range(len(affinity)):
        judged.verdict[n] = judged.score[n] = judged.coverage[n] = 0
        g, i = gap_at[n], investor_at[n]
        gap = Gap({gap})
        investor = Investor({investor})
        if {outside}:
            continue
        if {blocked}:
            judged.verdict[n] = 2
            continue
        number = case(gap, investor)
        score = coverage = 0
{criteria}
        judged.verdict[n], judged.score[n], judged.coverage[n] = 1, score, coverage
"""

CRITERION = """\
        weight = weights[number, {number}]
        if weight:
            value = assess_{number}(gap, investor, tables)
            score += points(weight, thousandths(known(value, tables.neutral)))
            coverage += 0 if isnan(value) else weight
"""


def loop_text() -> str:
    """The loop as Python, made from CRITERIA, POOL_GATES and GATES in their order."""
    of_investor = dict(_fields(Investor, "investors", "i")) | {"affinity": "affinity[n]"}
    return TEXT.format(
        gap=", ".join(text for _, text in _fields(Gap, "gaps", "g")),
        investor=", ".join(of_investor.values()),
        outside=_any("outside", len(POOL_GATES)),
        blocked=_any("blocked", len(GATES)),
        criteria="".join(CRITERION.format(number=n) for n in range(len(CRITERIA))).rstrip(),
    )


def _fields(kind: type[Gap] | type[Investor], name: str, i: str) -> Iterator[tuple[str, str]]:
    for field, (array, number) in places(kind).items():
        yield field, f"{name}.{array}[{i}, {number}]"


def _any(name: str, count: int) -> str:
    return " or ".join(f"{name}_{n}(gap, investor, tables)" for n in range(count))


def functions() -> dict[str, Callable[..., object]]:
    """The functions that the text calls, by the names it calls them."""
    return {
        "case": case,
        "points": points,
        "thousandths": thousandths,
        "known": known,
        **{f"outside_{n}": gate.blocks for n, gate in enumerate(POOL_GATES)},
        **{f"blocked_{n}": gate.blocks for n, gate in enumerate(GATES)},
        **{f"assess_{n}": criterion.assess for n, criterion in enumerate(CRITERIA)},
    }


def made_loop(called: dict[str, Callable[..., object]], name: str = "<loop>") -> Loop:
    """The text as a function over these functions; `name` is the file it is said to be from."""
    names: dict[str, Any] = {
        "__name__": __name__,
        **called,
        "Gap": Gap,
        "Investor": Investor,
        "isnan": isnan,
    }
    exec(compile(loop_text(), name, "exec"), names)  # noqa: S102 — a text of our own
    return cast("Loop", names["judge"])


_RUN = made_loop(functions())


def plain(  # noqa: PLR0913, PLR0917 — the arguments of every loop
    gaps: Columns,
    gap_at: Ints,
    investors: Columns,
    investor_at: Ints,
    affinity: Floats,
    weights: Ints,
    tables: Tables,
    judged: Judged,
) -> None:
    """The loop as Python runs it, on Python's own numbers: some twenty microseconds a pair."""
    every = np.arange(len(affinity))
    _RUN(
        _as_objects(gaps, gap_at),
        every,
        _as_objects(investors, investor_at),
        every,
        cast("Floats", affinity.astype(object)),
        cast("Ints", weights.astype(object)),
        tables,
        judged,
    )


def _as_objects(columns: Columns, at: Ints) -> Columns:
    """The rows at these places; numpy's own numbers would warn where Python's go to infinity."""
    return Columns(*(cast("Any", array[at].astype(object)) for array in columns))


def judge_gaps(
    loop: Loop, investor: Investor, gaps: Sheet[Gap], candidates: Candidates, rules: Ruleset
) -> Judged:
    """What each candidate gap of the sheet is to an investor (whose `affinity` is not read).

    Raises:
        ValueError: the positions are not ascending, not of the sheet, or not as many as affinities.
    """
    one, tables, weights = columns_of(Investor, [investor]), rules.tables, _weights(rules)

    def judge(chunk: Columns, at: Ints, zeros: Ints, affinity: Floats, judged: Judged) -> None:
        loop(chunk, at, one, zeros, affinity, weights, tables, judged)

    return _by_chunk(judge, gaps, candidates)


def judge_investors(
    loop: Loop, gap: Gap, investors: Sheet[Investor], candidates: Candidates, rules: Ruleset
) -> Judged:
    """What each candidate investor of the sheet is to a gap.

    Raises:
        ValueError: the positions are not ascending, not of the sheet, or not as many as affinities.
    """
    one, tables, weights = columns_of(Gap, [gap]), rules.tables, _weights(rules)

    def judge(chunk: Columns, at: Ints, zeros: Ints, affinity: Floats, judged: Judged) -> None:
        loop(one, zeros, chunk, at, affinity, weights, tables, judged)

    return _by_chunk(judge, investors, candidates)


def _by_chunk(
    judge: Callable[[Columns, Ints, Ints, Floats, Judged], None],
    sheet: Sheet[Row],
    candidates: Candidates,
) -> Judged:
    positions, affinity = _checked(candidates, len(sheet))
    size = len(positions)
    judged = Judged(np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64))
    zeros, at = np.zeros(size, np.int64), positions % CHUNK
    for chunk, part in sheet.parts(positions):
        judge(chunk, at[part], zeros[part], affinity[part], Judged(*(a[part] for a in judged)))
    return judged


def _checked(candidates: Candidates, size: int) -> Candidates:
    """The candidates as the loop needs them; it does not check where it reads."""
    positions = np.ascontiguousarray(candidates.positions, np.int64)
    affinity = np.array(candidates.affinity, np.float64)  # a copy: kept arrays may be read-only
    if positions.shape != affinity.shape or positions.ndim != 1:
        msg = f"{positions.shape} positions, {affinity.shape} affinities"
        raise ValueError(msg)
    if len(positions) and (positions[0] < 0 or positions[-1] >= size):
        msg = f"positions {positions[0]} to {positions[-1]} of {size} rows"
        raise ValueError(msg)
    if (positions[1:] <= positions[:-1]).any():
        msg = "positions are not ascending"
        raise ValueError(msg)
    return Candidates(positions, affinity)


def _weights(rules: Ruleset) -> Ints:
    return np.array(rules.policy.weights, np.int64)
