"""Phrases against owners of words: the scale of scoring.md from exact name down to overlap."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from matching.text.compounds import Compounds
from matching.text.containment import Mention, mentions
from matching.text.context import ChainContext
from matching.text.fronting import front
from matching.text.lexicon import Entry, Lexicon
from matching.text.likeness import likeness
from matching.text.matches import NO_MENTION, Hit, Mentioned, TextMatch, better
from matching.text.normalise import read, readings
from matching.text.overlap import OverlapIndex, parts
from matching.text.tokens import Tokens, tokenise

OVERLAP = 0.8
"""What full overlap is worth (scoring.md)."""

LEAST_OVERLAP = 0.28
"""Overlap below it is chance: common parts of words such as 电池 or 制造 meet everywhere (ours)."""

CONTEXT = 0.02
"""How much of a contained word's value the rest of the phrase must earn for its owner (ours)."""

STRANGE = 0.5
"""How much a contained word loses where the rest of the phrase speaks of another chain (ours)."""

LONGEST_PHRASE = 40
"""Tokens from which a phrase is read as a description, mention by mention."""

CANDIDATES = 10
"""Owners, best overlap first, whose words are compared letter by letter."""

LEAST_CANDIDATE = 0.12
"""Overlap from which it is worth comparing letter by letter."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody with words: a link or a class. Its number is its place in the matcher's list."""

    words: tuple[str, ...]
    group: int
    confusable: frozenset[int] = frozenset()


class Matcher:
    """Finds whose words a phrase meets; built once, then read by any number of threads."""

    def __init__(self, owners: Sequence[Owner]) -> None:
        self._owners = owners
        self._groups = [owner.group for owner in owners]
        written = [[(w, read(w)) for w in owner.words] for owner in owners]
        self._compounds = Compounds(tokens for words in written for _, tokens in words)
        self._words = [[(w, self._compounds.unify(t)) for w, t in words] for words in written]
        self._lexicon = Lexicon(
            (tokens, Entry(number, word))
            for number, words in enumerate(self._words)
            for word, tokens in words
        )
        self._overlap = OverlapIndex([[tokens for _, tokens in words] for words in self._words])
        self._context = ChainContext(self._overlap, self._groups)

    def hits(self, phrase: str) -> dict[int, Hit]:
        """Owner number → its best hit by the phrase; in traditional script by its best reading."""
        best: dict[int, Hit] = {}
        for reading in readings(phrase):
            tokens = self._compounds.unify(tokenise(front(reading)))
            for owner, hit in self._read(tokens).items():
                best[owner] = better(best.get(owner), hit)
        return best

    def _read(self, tokens: Tokens) -> dict[int, Hit]:
        if not tokens.words:
            return {}
        found = list(mentions(tokens, self._lexicon.spans(tokens), self._groups))
        if len(tokens.words) > LONGEST_PHRASE:
            return described(found)
        exact = self._lexicon.get(tokens.key)
        asked = parts(tokens)
        shares = self._overlap.shares(asked, LEAST_CANDIDATE)
        best: dict[int, Hit] = {e.owner: Hit(1.0, TextMatch.EXACT, e.word) for e in exact}
        for mention in found:
            _keep(best, mention.entry.owner, self._contained(tokens, asked, mention, shares))
        named = {e.owner for e in exact} | {m.entry.owner for m in found if m.is_head}
        barred = {other for owner in named for other in self._owners[owner].confusable} - named
        for owner in barred:
            best.pop(owner, None)
        for owner, hit in self._unsure(tokens, asked, shares, is_known=bool(exact)):
            if owner not in barred:
                _keep(best, owner, hit)
        return best

    def _contained(
        self, tokens: Tokens, asked: Sequence[str], mention: Mention, shares: Mapping[int, float]
    ) -> Hit:
        owner, inside = mention.entry.owner, parts(tokens.cut(mention.span.start, mention.span.end))
        strange = self._context.strangeness(asked, inside, self._groups[owner])
        fit = 1 - STRANGE * strange - CONTEXT * (1 - shares.get(owner, 0.0))
        return Hit(mention.value * fit, TextMatch.CONTAINED, mention.entry.word)

    def _unsure(
        self, tokens: Tokens, asked: Sequence[str], shares: Mapping[int, float], *, is_known: bool
    ) -> Iterator[tuple[int, Hit]]:
        """The hits by likeness and by overlap; a phrase that is itself known has no slip in it."""
        for owner, share in shares.items():
            if share < LEAST_OVERLAP:
                continue
            word, _ = self._words[owner][self._overlap.nearest(owner, asked)]
            yield owner, Hit(OVERLAP * share, TextMatch.OVERLAP, word)
        if is_known:
            return
        for owner in nlargest(CANDIDATES, shares, key=lambda o: (shares[o], -o)):
            for word, known in self._words[owner]:
                ratio = likeness(tokens, known)
                if ratio:
                    yield owner, Hit(ratio, TextMatch.SIMILAR, word)


def best_mentions(matcher: Matcher, phrases: Iterable[str]) -> dict[int, Mentioned]:
    """Owner number → the best that the phrases say of it, whatever their order."""
    best: dict[int, Mentioned] = {}
    for phrase in sorted(set(phrases)):
        for owner, hit in matcher.hits(phrase).items():
            if hit.value > best.get(owner, NO_MENTION).value:
                best[owner] = Mentioned(hit.value, hit.match, hit.word, phrase)
    return best


def described(found: Iterable[Mention]) -> dict[int, Hit]:
    """The hits of a description: what it speaks of most keeps its value, the rest less by share."""
    spoken: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for mention in found:
        words = spoken[mention.entry.owner]
        words[mention.entry.word] = max(words.get(mention.entry.word, 0.0), mention.value)
    most = max((sum(words.values()) for words in spoken.values()), default=0.0)
    return {
        owner: Hit(
            max(words.values()) * (0.55 + 0.45 * sum(words.values()) / most),
            TextMatch.CONTAINED,
            max(words, key=lambda word: (words[word], len(word), word)),
        )
        for owner, words in spoken.items()
    }


def _keep(best: dict[int, Hit], owner: int, hit: Hit) -> None:
    best[owner] = better(best.get(owner), hit)
