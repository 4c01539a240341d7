"""The pure engine, made once per process: reference, placement and policies."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matching.codes import IndustryCode
from matching.loop import Loop
from matching.policy import built_in
from matching.reference.loader import Reference, load_reference, with_texts
from matching.reference.texts import load_texts
from matching.ruleset import Ruleset, ruleset
from matching.text.placement import LinkAffinity, Placer


@dataclass(frozen=True)
class Scorer:
    """What is needed to place, score and explain; immutable, shared by all threads."""

    reference: Reference
    placer: Placer
    rulesets: tuple[Ruleset, ...]
    """Of the built-in policies, newest first."""
    compiled: Loop | None = None
    """The loop over pairs as machine code, where there is one: it changes no answer."""

    def links(
        self, phrases: Sequence[str], codes: Sequence[IndustryCode], text: str = ""
    ) -> tuple[LinkAffinity, ...]:
        """Where a description belongs, best first."""
        return self.placer.links(phrases, codes, text)


def load_scorer(texts_folder: Path | None = None, compiled: Loop | None = None) -> Scorer:
    """Read the reference, build the placer and join the built-in policies; about half a second.

    Args:
        texts_folder: where the catalogues' texts are, if anywhere.
        compiled: the loop that `compiled.compiled_loop` makes.

    Raises:
        ValueError: a text is broken; the message names file, row and column.
    """
    texts = None if texts_folder is None else load_texts(texts_folder)
    reference = with_texts(load_reference(), texts)
    rulesets = tuple(ruleset(policy, reference) for policy in built_in())
    return Scorer(reference, Placer(reference), rulesets, compiled)
