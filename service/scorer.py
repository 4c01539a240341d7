"""The pure engine, made once per process for each reference: placement and policies."""

import gc
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Final

from matching.codes import IndustryCode
from matching.diagnosis.placing import Placed, place
from matching.diagnosis.strength import Counted, count
from matching.facts import EnterpriseFacts
from matching.loop import Loop
from matching.policy import built_in
from matching.reference.loader import Reference, load_reference, with_texts
from matching.reference.texts import load_texts
from matching.ruleset import Ruleset, ruleset
from matching.text.placement import LinkAffinity, Placer

LEAST_AFFINITY: Final = 0.6
"""A gap is placed only where a product is nearly a name of the link: a wrong link is worse than a
question."""

FITS_KEPT: Final = 10_000


@dataclass(frozen=True)
class Scorer:
    """What is needed to place, score and explain; immutable, shared by all threads."""

    reference: Reference
    placer: Placer
    rulesets: tuple[Ruleset, ...]
    """Of the built-in policies over the built-in reference, newest first."""
    compiled: Loop | None = None
    """The loop over pairs as machine code, where there is one: it changes no answer."""

    def links(
        self, phrases: Sequence[str], codes: Sequence[IndustryCode], text: str = ""
    ) -> tuple[LinkAffinity, ...]:
        """Where a description belongs, best first."""
        return self.placer.links(phrases, codes, text)

    @cached_property
    def near(self) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
        """The links that products belong to, best first; kept."""
        return lru_cache(maxsize=FITS_KEPT)(partial(_near, self.placer))

    @cached_property
    def fits(self) -> Callable[[tuple[str, ...]], Mapping[str, float]]:
        """The mean affinity of products to each link that one of them nearly names; kept."""
        return lru_cache(maxsize=FITS_KEPT)(partial(_fits, self.placer))

    def count(
        self, firms: Iterable[EnterpriseFacts], corrections: Mapping[str, tuple[str, ...]]
    ) -> Counted:
        """A zone's firms at their links, corrections by external id, and what they add up to."""
        placed = [self._stood(firm, corrections.get(firm.external_id)) for firm in firms]
        return count(placed, self.reference)

    @cached_property
    def _stood(self) -> Callable[[EnterpriseFacts, tuple[str, ...] | None], Placed]:
        """A firm at its links; kept."""
        made = partial(place, placer=self.placer, reference=self.reference)
        return lru_cache(maxsize=FITS_KEPT)(made)


def _near(placer: Placer, products: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(link.link_id for link in placer.links(products, ()))


def _fits(placer: Placer, products: tuple[str, ...]) -> Mapping[str, float]:
    found = [placer.links([product], ()) for product in products]
    total: defaultdict[str, float] = defaultdict(float)
    for links in found:
        for link in links:
            total[link.link_id] += link.affinity
    named = {link.link_id for links in found for link in links if link.affinity >= LEAST_AFFINITY}
    return {link: total[link] / len(products) for link in named}


def load_scorer(texts_folder: Path | None = None, compiled: Loop | None = None) -> Scorer:
    """Read the reference, build the placer and join the built-in policies; about half a second.

    Args:
        texts_folder: where the catalogues' texts are, if anywhere.
        compiled: the loop that `compiled.compiled_loop` makes.

    Raises:
        ValueError: a text is broken; the message names file, row and column.
    """
    with nothing_thrown_away():
        texts = None if texts_folder is None else load_texts(texts_folder)
        reference = with_texts(load_reference(), texts)
        rulesets = tuple(ruleset(policy, reference) for policy in built_in())
        return Scorer(reference, Placer(reference), rulesets, compiled)


@contextmanager
def nothing_thrown_away(*, for_good: bool = True) -> Generator[None]:
    """Build what stays: a search for garbage would find none, in a third of the time.

    Args:
        for_good: whether what there is afterwards is left out of every later search, too.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if for_good:
            gc.freeze()
        if was_on:
            gc.enable()
