"""What one process holds of each reference in use: placer, pools and descriptions."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

from matching.reference.loader import Reference
from matching.text.placement import Placer
from service.descriptions import Descriptions
from service.index import Index
from service.scorer import Scorer, nothing_thrown_away

MOST_KEPT: Final = 2
"""The reference that rules and another one: the pools of each are as large as the pool."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What is needed to place, rank and describe by one reference."""

    scorer: Scorer
    index: Index
    descriptions: Descriptions


def bench_over(scorer: Scorer) -> Bench:
    """An empty bench; its pools fill when they are first asked for."""
    return Bench(scorer, Index(scorer), Descriptions(scorer))


class Library:
    """Benches by the digest of their reference; those used last are kept."""

    def __init__(self, scorer: Scorer) -> None:
        self._built_in = scorer
        self._kept = OrderedDict({scorer.reference.digest: bench_over(scorer)})
        self._lock, self._building = Lock(), Lock()

    def bench(self, reference: Reference) -> Bench:
        """The bench of a reference; about half a second where it must be made.

        Only those who need the new one wait meanwhile.
        """
        found = self._find(reference.digest)
        if found is not None:
            return found
        with self._building:
            found = self._find(reference.digest)
            return self._made(reference) if found is None else found

    def latest(self) -> Bench:
        """The bench that was asked for last."""
        with self._lock:
            return next(reversed(self._kept.values()))

    def _find(self, digest: str) -> Bench | None:
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
            return self._kept.get(digest)

    def _made(self, reference: Reference) -> Bench:
        made = bench_over(self._scorer(reference))
        with self._lock:
            self._kept[reference.digest] = made
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made

    def _scorer(self, reference: Reference) -> Scorer:
        built_in = self._built_in
        if reference.digest == built_in.reference.digest:
            return built_in
        with nothing_thrown_away(for_good=False):
            return replace(built_in, reference=reference, placer=Placer(reference))
