"""Phrases against owners of words, from exact name down to overlap (docs/criteria.md)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nlargest

from matching.text.compounds import Compounds
from matching.text.containment import VALUES, Mention, mentions
from matching.text.context import ChainContext
from matching.text.description import described
from matching.text.grammar import Role, head_end
from matching.text.lexicon import Entry, Lexicon, Span
from matching.text.likeness import alike, likeness
from matching.text.matches import Hit, TextMatch, better
from matching.text.negation import without_bare
from matching.text.overlap import OverlapIndex, last_part, parts
from matching.text.reading import read, read_phrase
from matching.text.slips import Speller
from matching.text.tokens import Tokens, tokenise

OVERLAP = 0.8
"""What full overlap is worth (docs/criteria.md)."""

LEAST_OVERLAP = 0.2
"""Overlap below it is chance: parts such as 电池 or 设备 meet everywhere (ours)."""

CONTEXT = 0.02
"""How much of a contained word's value the rest of the phrase must earn for its owner (ours)."""

STRANGE = 0.5
"""How much a contained word loses where the rest of the phrase speaks of another chain (ours)."""

CLAUSE = 0.75
"""What is left of the overlap of a clause: it is an aside in a longer text (ours)."""

MOST_CLAUSES = 80
"""Clauses of a description whose overlap is looked at."""

LONGEST_PHRASE = 40
"""Tokens up to which a phrase is read whole; a longer one is a description, read by its clauses."""

CANDIDATES = 10
"""Owners, best overlap first, whose words are compared letter by letter."""

LEAST_CANDIDATE = 0.12
"""Overlap from which it is worth comparing letter by letter."""


KEPT = 4_096
"""Phrases whose hits are kept, some two kilobytes each."""

ANOTHER_THING = (Role.TURNED, Role.PURPOSE)
"""Roles in which a word says what the phrase is not, so that its parts prove nothing either."""


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
        self._texts = [[tokens.text for _, tokens in words] for words in self._words]
        self._lexicon = Lexicon(
            (tokens, Entry(number, word))
            for number, words in enumerate(self._words)
            for word, tokens in words
        )
        self._overlap = OverlapIndex([[tokens for _, tokens in words] for words in self._words])
        self._context = ChainContext(self._overlap, self._groups)
        self._speller = Speller(self._compounds.words)
        self._kept_hits = lru_cache(maxsize=KEPT)(self._hits)

    def hits(self, phrase: str) -> Mapping[int, Hit]:
        """Owner number → its best hit by the phrase; in traditional script by its best reading.

        What the last `KEPT` phrases hit is known still: the products of many investors are alike.
        """
        return self._kept_hits(phrase)

    def _hits(self, phrase: str) -> Mapping[int, Hit]:
        found: list[tuple[int, Hit]] = []
        for read_so in read_phrase(phrase):
            tokens, spans = self._spans(read_so)
            contained = list(mentions(tokens, spans, self._groups))
            if len(tokens.words) > LONGEST_PHRASE:
                found += described((*_plain(contained), *self._in_clauses(tokens))).items()
            elif tokens.words:
                found += self._in_phrase(tokens, contained)
        best: dict[int, Hit] = {}
        for owner, hit in found:
            best[owner] = better(best.get(owner), hit)
        return best

    def _spans(self, read_so: Tokens) -> tuple[Tokens, list[Span]]:
        """The tokens without what they deny in a word (非正极材料), and the known words in them."""
        tokens = self._compounds.unify(read_so)
        spans = self._lexicon.spans(tokens)
        left = without_bare(tokens, {(span.start, span.end) for span in spans})
        return (tokens, spans) if left is None else self._spans(tokenise(left))

    def _in_phrase(self, tokens: Tokens, contained: Sequence[Mention]) -> Iterator[tuple[int, Hit]]:
        """The hits of a phrase; a link confusable with one that it names is left out."""
        exact = self._lexicon.get(tokens.key)
        asked = parts(tokens)
        shares = self._overlap.shares(asked, LEAST_CANDIDATE)
        heads = {m.entry.owner for m in contained if m.role is Role.HEAD}
        named = heads | {entry.owner for entry in exact}
        barred = {other for owner in named for other in self._owners[owner].confusable} - named
        yield from ((entry.owner, Hit(1.0, TextMatch.EXACT, entry.word, True)) for entry in exact)
        for mention in contained:
            if mention.entry.owner not in barred:
                yield mention.entry.owner, self._contained(tokens, asked, mention, shares)
        barred |= self._of_another_thing(asked, contained) - named
        yield from self._overlapping(asked, _without(barred, shares))
        if not exact:  # a phrase that is itself known has no slip in it
            yield from self._similar(tokens, _without(barred, self._put_right(tokens, shares)))

    def _of_another_thing(self, asked: Sequence[str], contained: Sequence[Mention]) -> set[int]:
        """Owners of which the phrase says that it is another thing, unless they know its head."""
        owners = {m.entry.owner for m in contained if m.role in ANOTHER_THING}
        return {owner for owner in owners if not self._overlap.parts_of(owner) & set(asked[-1:])}

    def _contained(
        self, tokens: Tokens, asked: Sequence[str], mention: Mention, shares: Mapping[int, float]
    ) -> Hit:
        owner, inside = mention.entry.owner, parts(tokens.cut(mention.span.start, mention.span.end))
        strange = self._context.strangeness(asked, inside, self._groups[owner])
        fit = 1 - STRANGE * strange - CONTEXT * (1 - shares.get(owner, 0.0))
        is_kind = mention.role is Role.FRONT and self._is_under_own_head(tokens, mention)
        value = max(mention.value, VALUES[Role.KIND]) if is_kind else mention.value
        return replace(_hit(mention), value=value * fit)

    def _is_under_own_head(self, tokens: Tokens, mention: Mention) -> bool:
        """Whether the head behind a word is one that other words of its owner have (ADC药物)."""
        last = tokens.ends[mention.span.end - 1]
        head = bisect_right(tokens.ends, head_end(tokens.text, last))
        if head == mention.span.end:
            return False
        return self._overlap.is_end(last_part(tokens.cut(0, head)), mention.entry.owner)

    def _overlapping(
        self, asked: Sequence[str], shares: Mapping[int, float]
    ) -> Iterator[tuple[int, Hit]]:
        for owner, share in shares.items():
            if share >= LEAST_OVERLAP:
                word, _ = self._words[owner][self._overlap.nearest(owner, asked)]
                yield owner, Hit(OVERLAP * share, TextMatch.OVERLAP, word)

    def _put_right(self, tokens: Tokens, shares: Mapping[int, float]) -> Mapping[int, float]:
        """The shares with the slips in single words put right; the same where there are none."""
        words = self._speller.corrected(tokens.words)
        if words is None:
            return shares
        return self._overlap.shares(parts(replace(tokens, words=words)), LEAST_CANDIDATE)

    def _similar(self, tokens: Tokens, shares: Mapping[int, float]) -> Iterator[tuple[int, Hit]]:
        for owner in nlargest(CANDIDATES, shares, key=lambda o: (shares[o], -o)):
            for place in alike(tokens.text, self._texts[owner]):
                word, known = self._words[owner][place]
                ratio = likeness(tokens, known, self._compounds.words)
                if ratio:
                    yield owner, Hit(ratio, TextMatch.SIMILAR, word)

    def _in_clauses(self, tokens: Tokens) -> Iterator[tuple[int, Hit]]:
        """What the clauses of a description share with the owners' words."""
        for clause in tokens.clauses()[:MOST_CLAUSES]:
            asked = parts(clause)
            if len(asked) <= LONGEST_PHRASE:
                shares = self._overlap.shares(asked, LEAST_OVERLAP)
                for owner, hit in self._overlapping(asked, shares):
                    yield owner, replace(hit, value=CLAUSE * hit.value)


def _without(barred: Set[int], shares: Mapping[int, float]) -> dict[int, float]:
    return {owner: share for owner, share in shares.items() if owner not in barred}


def _plain(contained: Iterable[Mention]) -> Iterator[tuple[int, Hit]]:
    for mention in contained:
        yield mention.entry.owner, _hit(mention)


def _hit(mention: Mention) -> Hit:
    is_named = mention.role is Role.HEAD
    return Hit(mention.value, TextMatch.CONTAINED, mention.entry.word, is_named)
