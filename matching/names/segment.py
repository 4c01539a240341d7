"""One unchanging piece of a register: names with the postings under which they are found."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST = 262_144
"""Postings read of the rarest gram when it alone is over an effort's."""
_SIGNATURE_BITS = 64
OVERLAP, LENGTH = 0.03, 0.005
"""What a gram in common by signature counts, and a gram more or less, beside the rare ones."""

Entry = tuple[str, tuple[int, ...]]
"""A folded name and its grams."""
Candidate = tuple[float, int]
"""How promising a name is, and its position."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How far a search goes."""

    postings: int
    """It reads the rarest grams first, as many as fit in so many postings …"""
    share: float
    """… or until they make this share of what all grams of the name tell."""
    gained: float
    """It passes over names that gain less than this share of what the best name gains by them."""
    sifted: int
    """It holds so many names against the letters, or 2 k …"""
    read: int
    """… reads so many of them word by word, or 2 k …"""
    early: int
    """… and after so many, or k, …"""
    fall: float
    """… only names that promise this share of what the first one promises."""


@dataclass(frozen=True, slots=True, eq=False)
class Sought:
    """What a search reads: the rarest grams of a name, each with the weight of its rarity."""

    grams: NDArray[np.int32]
    weights: NDArray[np.float32]
    signature: np.uint64
    size: int
    """How many grams the name has."""
    gained: float
    """As the effort has it."""


def choose(
    grams: NDArray[np.int32],
    telling: NDArray[np.float32],
    counts: NDArray[np.int64],
    names: int,
    effort: Effort,
) -> Sought:
    """The grams that tell most for their rarity, as many as the effort allows.

    Shapes (g,): what each gram tells, 0-1, and in how many of the `names` it is; one at least is.
    """
    most = max(effort.postings, int(counts[counts > 0].min()))
    held = np.flatnonzero((counts > 0) & (counts <= most))
    weights = telling[held] * np.log1p(names / counts[held]).astype(np.float32)
    order = np.argsort(-weights, kind="stable")
    best, weights = held[order], weights[order]
    affordable = int(np.searchsorted(np.cumsum(counts[best]), effort.postings, side="right"))
    told: NDArray[np.float32] = np.cumsum(weights)
    enough = 1 + int(np.searchsorted(told, effort.share * float(told[-1])))
    within = max(1, min(affordable, enough))
    chosen = best[:within]
    return Sought(grams[chosen], weights[:within], signature_of(grams), len(grams), effort.gained)


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Names by position from `first` on, in columns.

    Shapes: `texts` UTF-8 of all n names in a row, cut at `text_ends` (n + 1); `signatures` (n,)
    a bit for each gram; `sizes` (n,) grams a name; `keys` (g,) the grams in order, gram i's names
    in `postings` from `starts[i]` to `starts[i + 1]`, counted from `first`.
    """

    first: int
    texts: bytes
    text_ends: NDArray[np.int64]
    signatures: NDArray[np.uint64]
    sizes: NDArray[np.int16]
    keys: NDArray[np.int32]
    starts: NDArray[np.int64]
    postings: NDArray[np.int32]
    scratch: list[NDArray[np.float32]]
    """Arrays of n zeros to add up in, taken and put back by one search at a time."""

    def __len__(self) -> int:
        return len(self.sizes)

    @property
    def size(self) -> int:
        """Bytes of all columns."""
        columns = (self.text_ends, self.signatures, self.sizes, self.keys, self.starts)
        return len(self.texts) + self.postings.nbytes + sum(column.nbytes for column in columns)

    def text(self, position: int) -> str:
        """The folded name at a position of the register."""
        place = position - self.first
        return self.texts[self.text_ends[place] : self.text_ends[place + 1]].decode()

    def counts(self, grams: NDArray[np.int32]) -> NDArray[np.int64]:
        """In how many of the names each gram is."""
        starts, ends = self._spans(grams)
        return ends - starts

    def candidates(self, sought: Sought, most: int) -> list[Candidate]:
        """The names that have most of the rare grams, best first."""
        spans = zip(*(part.tolist() for part in self._spans(sought.grams)), strict=True)
        chosen = [self.postings[start:end][:MOST] for start, end in spans]
        if not any(map(len, chosen)):
            return []
        places, gained = self._add_up(chosen, sought)
        overlap = np.bitwise_count(self.signatures[places] & sought.signature)
        longer = np.abs(self.sizes[places] - sought.size)
        promise = gained / sought.weights.sum() + OVERLAP * overlap - LENGTH * longer
        first = np.lexsort((places, -promise))[:most]
        return [(float(promise[at]), self.first + int(places[at])) for at in first]

    def _spans(self, grams: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the postings of each gram begin and end; both are equal for one that is absent."""
        at = np.searchsorted(self.keys, grams)
        held = np.take(self.keys, at, mode="clip") == grams if len(self.keys) else at < 0
        return self.starts[at], self.starts[at + held]

    def _add_up(
        self, chosen: Sequence[NDArray[np.int32]], sought: Sought
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The best of the places that any gram names, once each, with the weights they gain."""
        sums = self.scratch.pop() if self.scratch else np.zeros(len(self), dtype=np.float32)
        for places, weight in zip(chosen, sought.weights, strict=True):
            sums[places] += weight
        named = np.concatenate(chosen)
        gained = sums[named]
        sums[named] = 0
        self.scratch.append(sums)
        good = gained >= sought.gained * gained.max()
        places, first = np.unique(named[good], return_index=True)
        return places, gained[good][first]


def make_segment(first: int, entries: Sequence[Entry]) -> Segment:
    """A segment of names that stand at `first` and after it."""
    texts = [text.encode() for text, _ in entries]
    sizes = np.array([len(grams) for _, grams in entries], dtype=np.int16)
    flat = np.fromiter((gram for _, grams in entries for gram in grams), dtype=np.int32)
    owners = np.repeat(np.arange(len(entries), dtype=np.int32), sizes)
    ends = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    signatures = _signatures(flat, owners, len(entries))
    keys, starts, postings = _posted(flat, owners)
    return Segment(first, b"".join(texts), ends, signatures, sizes, keys, starts, postings, [])


def join_segments(one: Segment, other: Segment) -> Segment:
    """One segment of two, the second of which follows the first."""
    flat = np.concatenate([np.repeat(part.keys, np.diff(part.starts)) for part in (one, other)])
    keys, starts, postings = _posted(
        flat, np.concatenate([one.postings, other.postings + np.int32(len(one))])
    )
    return Segment(
        one.first,
        one.texts + other.texts,
        np.concatenate([one.text_ends, other.text_ends[1:] + one.text_ends[-1]]),
        np.concatenate([one.signatures, other.signatures]),
        np.concatenate([one.sizes, other.sizes]),
        keys,
        starts,
        postings,
        [],
    )


def _posted(
    flat: NDArray[np.int32], owners: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
    """Keys, starts and postings of pairs of a gram and its name."""
    order = np.argsort(flat, kind="stable")
    keys, starts = np.unique(flat[order], return_index=True)
    return keys, np.append(starts, len(flat)).astype(np.int64), owners[order]


def _signatures(
    flat: NDArray[np.int32], owners: NDArray[np.int32], length: int
) -> NDArray[np.uint64]:
    signatures = np.zeros(length, dtype=np.uint64)
    np.bitwise_or.at(signatures, owners, _bits(flat.astype(np.int64)))
    return signatures


def signature_of(grams: NDArray[np.int32]) -> np.uint64:
    """The bits of all grams in one number."""
    return np.bitwise_or.reduce(_bits(grams.astype(np.int64)))


def _bits(grams: NDArray[np.int64]) -> NDArray[np.uint64]:
    """One of 64 bits for each gram, spread evenly."""
    spread = (grams * 2_654_435_761 >> 16) % _SIGNATURE_BITS
    return np.left_shift(np.uint64(1), spread.astype(np.uint64))
