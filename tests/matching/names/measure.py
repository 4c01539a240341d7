"""`python -m tests.matching.names.measure [names]`: what a register of names costs and finds.

Times are of this thread's own work; the peer is rapidfuzz's full scan in the same run.
"""

import sys
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import thread_time
from typing import NamedTuple

from rapidfuzz import fuzz, process

from matching.names.comparing import likeness_of
from matching.names.parsing import parse, parse_folded
from matching.names.register import LEAST, UNIT, Register
from tests.matching.names.synthetic import NameMaker

SEED = 7
SEARCHES, SCANS, CHECKED = 400, 5, 100
SCANNED = 20_000
"""Names that the full scan by our own likeness goes through, to check what is found."""


class Figures(NamedTuple):
    """Milliseconds but for the last three; `megabytes` of the columns.

    `equal` is the share of misspelled names of the register, `equal_others` that of names that are
    not in it, for which the best match is as good as a full scan's.
    """

    build_ms_a_name: float
    add_ms: float
    search_p50: float
    search_p95: float
    ratio_scan: float
    weighted_scan: float
    equal: float
    equal_others: float
    megabytes: float


def measure(count: int, checked: int = CHECKED) -> Figures:
    """The figures of a register of so many names."""
    maker = NameMaker(SEED)
    names = [maker.make() for _ in range(count)]
    start = thread_time()
    register = Register(names)
    build = (thread_time() - start) * 1e3 / count
    sought = [maker.misspell(names[at * 7919 % count]) for at in range(SEARCHES)]
    parse_folded.cache_clear()
    held, checks = names[:SCANNED], range(checked)
    times = [timed(lambda name=name: register.search(name, 1)) for name in sought]
    return Figures(
        build_ms_a_name=build,
        add_ms=median(timed(lambda: register.add(maker.make())) for _ in range(SEARCHES)),
        search_p50=median(times),
        search_p95=quantiles(times, n=20)[-1],
        ratio_scan=_scan(names, sought, fuzz.ratio),
        weighted_scan=_scan(names, sought, fuzz.WRatio),
        equal=share_equal(held, [maker.misspell(held[at * 7919 % len(held)]) for at in checks]),
        equal_others=share_equal(held, [maker.misspell(maker.make()) for _ in checks]),
        megabytes=register.megabytes,
    )


def _scan(names: Sequence[str], sought: Sequence[str], scorer: Callable[..., float]) -> float:
    """Milliseconds in which the peer compares one name with all."""
    return median(
        timed(lambda name=name: process.cdist([name], names, scorer=scorer))
        for name in sought[:SCANS]
    )


def timed(work: Callable[[], object]) -> float:
    start = thread_time()
    work()
    return (thread_time() - start) * 1e3


def share_equal(names: Sequence[str], sought: Sequence[str]) -> float:
    """The share of searches that find as good a name as comparing with every name does."""
    register, parsed = Register(names), [parse(name) for name in names]
    right = 0
    for name in sought:
        one = parse(name)
        best = max(likeness_of(one, other).likeness for other in parsed)
        found = register.search(name, 1)
        expected = int(best * UNIT) if best >= LEAST else None
        right += (found[0].score if found else None) == expected
    return right / len(sought)


def render(count: int, figures: Figures) -> str:
    """The figures as lines of text."""
    found = figures._asdict()
    ratio = figures.ratio_scan / figures.search_p50
    lines = [f"{key:<16} {value:10.3f}" for key, value in found.items()]
    return "\n".join([f"{count:,} names", *lines, f"{'faster than scan':<16} {ratio:10.0f}", ""])


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    sys.stdout.write(render(asked, measure(asked)))
