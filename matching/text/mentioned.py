"""The best that several phrases say of each owner."""

from collections.abc import Iterable
from dataclasses import dataclass

from matching.text.matcher import Matcher
from matching.text.matches import TextMatch


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The best hit of several phrases, and its phrase; of equal ones the phrase first by letter."""

    value: float
    match: TextMatch
    word: str
    phrase: str


NO_MENTION = Mentioned(0.0, TextMatch.NONE, "", "")


def best_mentions(matcher: Matcher, phrases: Iterable[str]) -> dict[int, Mentioned]:
    """Owner number → the best that the phrases say of it, whatever their order."""
    best: dict[int, Mentioned] = {}
    for phrase in sorted(set(phrases)):
        for owner, hit in matcher.hits(phrase).items():
            if hit.value > best.get(owner, NO_MENTION).value:
                best[owner] = Mentioned(hit.value, hit.match, hit.word, phrase)
    return best
