"""Who makes the blocks: threads of this process, or the workers of a Ray cluster.

Both call the same `AllPairs.block`, so both give the same bytes. Ray (the extra `cluster`) is
imported only where it is asked for.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib import import_module
from typing import Any, Final

from service.nightly.blocks import AllPairs
from service.nightly.keeping import Basis

Range = tuple[int, int]
Made = Iterator[tuple[Range, bytes]]
"""Blocks as they come, in any order."""

OPEN: Final = 2
"""Blocks a worker is given ahead, so that it never waits for the next one."""


class NoRay(RuntimeError):  # noqa: N818 - house style: the name is the sentence
    """Install the extra: `pip install "bulian[cluster]"`."""


class StateMoved(RuntimeError):  # noqa: N818 - house style
    """Start the run again: a worker found other records than the run began with."""


def local(pairs: AllPairs, ranges: Sequence[Range], workers: int | None = None) -> Made:
    """By threads of this process: the compiled loop leaves Python's lock while it runs."""
    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        found = {pool.submit(pairs.block, *one): one for one in ranges}
        try:
            for future in as_completed(found):
                yield found[future], future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def on_ray(prepare: Callable[[Basis], AllPairs], basis: Basis, ranges: Sequence[Range]) -> Made:
    """By an actor for each processor of the cluster, each with the pools in its own memory.

    Args:
        prepare: makes a worker's pairs in its own process, for the basis of the run.
        basis: what the run rests on.
        ranges: the blocks to make.

    Raises:
        NoRay: Ray is not installed.
    """
    ray = imported_ray()
    started = not ray.is_initialized()
    if started:
        ray.init(log_to_driver=False, include_dashboard=False, configure_logging=False)
    try:
        count = min(len(ranges), max(1, int(ray.cluster_resources().get("CPU", 1))))
        actor = ray.remote(num_cpus=1)(Worker)
        actors = [actor.remote(prepare, basis) for _ in range(count)]
        yield from _spread(ray, actors, ranges)
    finally:
        if started:
            ray.shutdown()


class Worker:
    """One worker of a cluster: the pairs, made once, and blocks of them."""

    def __init__(self, prepare: Callable[[Basis], AllPairs], basis: Basis) -> None:
        self._pairs = prepare(basis)

    def block(self, g0: int, g1: int) -> bytes:
        """The lists of some gaps."""
        return self._pairs.block(g0, g1)


def imported_ray() -> Any:
    """Ray.

    Raises:
        NoRay: it is not installed.
    """
    try:
        return import_module("ray")
    except ImportError:
        raise NoRay from None


def _spread(ray: Any, actors: Sequence[Any], ranges: Sequence[Range]) -> Made:
    """Give each actor some blocks, and another one whenever one is done."""
    waiting = list(reversed(ranges))
    under_way: dict[Any, tuple[Any, Range]] = {}

    def give(actor: Any) -> None:
        if waiting:
            one = waiting.pop()
            under_way[actor.block.remote(*one)] = actor, one

    for actor in list(actors) * OPEN:
        give(actor)
    while under_way:
        done, _ = ray.wait(list(under_way), num_returns=1)
        actor, one = under_way.pop(done[0])
        yield one, ray.get(done[0])
        give(actor)
