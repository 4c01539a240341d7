"""The best that several phrases say of each owner."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from matching.text.matcher import Matcher
from matching.text.matches import TextMatch


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The best hit of several phrases, and its phrase; of equal ones the phrase first by letter."""

    value: float
    match: TextMatch
    word: str
    phrase: str
    is_named: bool = False
    """Whether any of the phrases is one of the owner's words, or has it as its head."""
    is_description: bool = False
    """Whether the phrase is the description and no product."""


NO_MENTION = Mentioned(0.0, TextMatch.NONE, "", "")


def best_mentions(
    matcher: Matcher, products: Collection[str], description: str = ""
) -> dict[int, Mentioned]:
    """Owner number → the best that products and description say of it, whatever their order."""
    best: dict[int, Mentioned] = {}
    for phrase in sorted({*products, description}):
        is_description = phrase not in products
        for owner, hit in matcher.hits(phrase).items():
            before = best.get(owner, NO_MENTION)
            is_named = before.is_named or hit.is_named
            if hit.value > before.value:
                before = Mentioned(
                    hit.value, hit.match, hit.word, phrase, is_description=is_description
                )
            best[owner] = replace(before, is_named=is_named)
    return best
