"""Overlap of what two texts are made of, rarer parts weighing more: words by their bigrams.

Parts: pairs of neighbouring tokens of which one is Chinese (bigrams of characters), and words of
other scripts. A part's weight is its inverse document frequency over the owners, in (0, 1].
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log, sqrt

from matching.text.contrast import contradict
from matching.text.script import has_chinese
from matching.text.spelling import root
from matching.text.tokens import Tokens

TAIL = 0.25
"""How much more the last part of a phrase weighs than the middle one (ours)."""

SINGLE = 0.5
"""What is left of an overlap that is one part only: a word in common is chance (ours)."""

USUAL_HEAD = 0.8
"""What is left where that part is the phrase's head and the owner's usual one (ours)."""

USUAL = 3
"""Words of an owner that must end alike for the ending to be its usual head (ours)."""

_EMPTY = (
    "and or of for the a an in on with by to from at as other using based high new advanced",
    "product manufacturing manufacture manufacturer production producer supplier supply company",
    "equipment system material technology service solution component part device business plant",
    "project processing design development industry industrial",
)
_EMPTY_WORDS = frozenset(" ".join(_EMPTY).split())


def parts(tokens: Tokens) -> tuple[str, ...]:
    """The parts of a phrase, each once, in order.

    >>> from matching.text.tokens import tokenise
    >>> parts(tokenise("n型硅片,silicon wafers"))
    ('n 型', '型 硅', '硅 片', 'silicon', 'wafer')
    """
    words = tokens.words
    chinese = [has_chinese(word) for word in words]
    pairs = [
        f"{words[i]} {words[j]}"
        for i, j in pairwise(range(len(words)))
        if (chinese[i] or chinese[j]) and not tokens.is_cut(i, j + 1)
    ]
    latin = [
        root(word)
        for word, is_chinese in zip(words, chinese, strict=True)
        if not is_chinese and len(word) > 1 and word not in _EMPTY_WORDS
    ]
    return tuple(dict.fromkeys(pairs + latin))


def last_part(tokens: Tokens) -> str:
    """The part in which a phrase ends, "" where it ends in none.

    >>> from matching.text.tokens import tokenise
    >>> last_part(tokenise("ai芯片")), last_part(tokenise("silicon wafers"))
    ('芯 片', 'wafer')
    """
    words, size = tokens.words, len(tokens.words)
    if not words or not has_chinese(words[-1]):
        return next(reversed(parts(tokens.cut(max(0, size - 2), size))), "")
    return "" if size == 1 or tokens.is_cut(size - 2, size) else f"{words[-2]} {words[-1]}"


class OverlapIndex:
    """Which owners share parts with a phrase, and how much of it they cover."""

    def __init__(self, documents: Sequence[Sequence[Tokens]]) -> None:
        words = [[frozenset(parts(tokens)) for tokens in words] for words in documents]
        self._sizes = [[len(word) for word in of_owner] for of_owner in words]
        self._holders = [_holders(of_owner) for of_owner in words]
        self._ends = [_ends(tokens) for tokens in documents]
        self._heads = [_usual_heads(ends) for ends in self._ends]
        self._parts = [frozenset(holders) for holders in self._holders]
        owners: defaultdict[str, list[int]] = defaultdict(list)
        for owner, held in enumerate(self._parts):
            for part in held:
                owners[part].append(owner)
        self._owners: Mapping[str, list[int]] = owners
        size = len(self._parts)
        self._rarity = {p: log(1 + size / len(o)) / log(1 + size) for p, o in owners.items()}

    def parts_of(self, owner: int) -> frozenset[str]:
        """All parts of an owner's words."""
        return self._parts[owner]

    def is_end(self, part: str, owner: int) -> bool:
        """Whether any of the owner's words ends in the part: it is a thing the owner is about."""
        return part in self._ends[owner]

    def rarity(self, part: str) -> float:
        """The part's weight in (0, 1]: 1 for one that one owner has, or nobody."""
        return self._rarity.get(part, 1.0)

    def shares(self, asked: Sequence[str], least: float) -> dict[int, float]:
        """Owner → share in [`least`, 1] of the asked parts it covers, less where they are common.

        The mean of what all its words cover together and what the best one covers alone. Later
        parts weigh more (the head comes last). A single part in common is worth less, unless it
        is what many of the owner's words end in (security, 检测). Owners that say the opposite of
        the phrase (正极 against 负极) are left out.
        """
        weights = _by_place(asked)
        total = sum(weight * self.rarity(part) for part, weight in weights.items())
        worth = {part: weight * self.rarity(part) ** 2 / total for part, weight in weights.items()}
        together: defaultdict[int, float] = defaultdict(float)
        for part, value in worth.items():
            for owner in self._owners.get(part, ()):
                together[owner] += value
        shares = {o: self._share(o, t, worth) for o, t in together.items() if t >= least}
        return {
            owner: share
            for owner, share in shares.items()
            if share >= least and not contradict(asked, self._parts[owner])
        }

    def nearest(self, owner: int, asked: Sequence[str]) -> int:
        """The place of the owner's first word that covers most of the asked parts."""
        covered: defaultdict[int, float] = defaultdict(float)
        for part in asked:
            for place in self._holders[owner].get(part, ()):
                covered[place] += self.rarity(part)
        return min(covered, key=lambda place: (-covered[place], place), default=0)

    def _share(self, owner: int, together: float, worth: dict[str, float]) -> float:
        shared = self._parts[owner].intersection(worth)
        alone = self._alone(owner, worth)
        return min(1.0, self._chance(owner, shared, next(reversed(worth))) * (together + alone) / 2)

    def _alone(self, owner: int, worth: Mapping[str, float]) -> float:
        """What one word covers, less where it says much more (出租车, 空中出租车)."""
        holders, sizes = self._holders[owner], self._sizes[owner]
        met: defaultdict[int, list[float]] = defaultdict(list)
        for part, value in worth.items():
            for place in holders.get(part, ()):
                met[place].append(value)
        return max(sum(found) * sqrt(len(found) / sizes[place]) for place, found in met.items())

    def _chance(self, owner: int, shared: frozenset[str], last: str) -> float:
        """What is left of an overlap for how likely it is to be chance; `last` is the head."""
        if len(shared) > 1:
            return 1.0
        return USUAL_HEAD if last in shared & self._heads[owner] else SINGLE


def _ends(words: Iterable[Tokens]) -> Counter[str]:
    """The parts in which the words end, and how many end so."""
    return Counter(filter(None, map(last_part, words)))


def _usual_heads(ends: Mapping[str, int]) -> frozenset[str]:
    """The parts in which at least `USUAL` of the words end."""
    return frozenset(part for part, count in ends.items() if count >= USUAL)


def _holders(words: Sequence[frozenset[str]]) -> Mapping[str, Sequence[int]]:
    """The places of the words that have a part, by part."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        for part in sorted(word):
            found[part].append(place)
    return {part: tuple(places) for part, places in found.items()}


def _by_place(asked: Sequence[str]) -> dict[str, float]:
    """Each part's weight by its place: from 1 − TAIL for the first to 1 + TAIL for the last."""
    last = max(1, len(asked) - 1)
    return {part: 1 - TAIL + 2 * TAIL * place / last for place, part in enumerate(asked)}
