"""A register of company names that finds the best fits for a name without reading them all."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from heapq import nsmallest
from itertools import islice
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from matching.names.comparing import likeness_of
from matching.names.grams import grams_of
from matching.names.judged import RELATED, SAME
from matching.names.parsing import parse, parse_folded
from matching.names.parts import CompanyName
from matching.names.segment import (
    LENGTH,
    OVERLAP,
    Candidate,
    Effort,
    Entry,
    Segment,
    Sought,
    choose,
    join_segments,
    make_segment,
    signature_of,
)

TAIL = 1_024
"""Names that wait in plain tables before they become a segment."""
CHUNK = 65_536
"""Names read at once when a register is made, which bounds the memory it takes on the way."""
QUICK = Effort(postings=3_000, share=0.5, gained=1 / 2, sifted=12, read=6, early=2, fall=0.93)
THOROUGH = Effort(postings=49_152, share=0.8, gained=1 / 3, sifted=48, read=12, early=4, fall=0.85)
DEEP = Effort(postings=49_152, share=0.9, gained=1 / 3, sifted=96, read=96, early=24, fall=0.6)
SURE = 0.9
EFFORTS = ((QUICK, SURE), (THOROUGH, SAME), (DEEP, 0.0))
"""Each with the likeness from which on what it finds is enough."""
LEAST = RELATED
"""The likeness below which a name does not fit."""
UNIT = 1000


class Found(NamedTuple):
    """A name that fits: its position, and a score in 0-1000 as `compare` gives it."""

    position: int
    score: int


class Register:
    """Company names by position, in the order they were added.

    One thread adds at a time; any number search meanwhile, and find every name whose `add` has
    returned. About 100 bytes a name. A search makes a quick effort, and greater ones where that
    finds nothing sure. Names are held in segments that double in length, so that adding costs about
    log n times the work of one name.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        chunks: tuple[Segment, ...] = ()
        first, unread = 0, iter(names)
        while entries := [_entry(name) for name in islice(unread, CHUNK)]:
            chunks = _joined([*chunks, make_segment(first, entries)])
            first += len(entries)
        self._adding = Lock()
        whole = (reduce(join_segments, chunks),) if chunks else ()
        self._state: State = (whole, _Tail(first))

    def __len__(self) -> int:
        _, tail = self._state
        return tail.first + len(tail.texts)

    @property
    def megabytes(self) -> float:
        """What the columns of the segments take, in millions of bytes."""
        return sum(segment.size for segment in self._state[0]) / 1e6

    def add(self, name: str) -> int:
        """Add a name and give its position."""
        entry = _entry(name)
        with self._adding:
            segments, tail = self._state
            position = tail.add(entry)
            if len(tail.texts) == TAIL:
                made = _joined([*segments, make_segment(tail.first, tail.entries())])
                self._state = (made, _Tail(position + 1))
        return position

    def search(self, name: str, k: int) -> list[Found]:
        """The k names most like this one, best first, then by position; [] when none fits."""
        state = self._state
        named = parse(name)
        grams = grams_of(named)
        if not grams or k < 1:
            return []
        best: list[Candidate] = []
        for effort, enough in EFFORTS:
            best = _found(state, named, grams, k, effort)
            if len(best) >= k and best[-1][0] >= enough:
                break
        return [Found(position, int(likeness * UNIT)) for likeness, position in best]


def _found(
    state: "State", named: CompanyName, grams: Mapping[int, float], k: int, effort: Effort
) -> list[Candidate]:
    """The likeness and position of the names that an effort finds, best first."""
    found: list[Candidate] = []
    perfect = 0
    sifted = _sifted(state, named, _promising(state, grams, max(effort.sifted, 2 * k), effort))
    for at, (promise, position, text) in enumerate(sifted[: max(effort.read, 2 * k)]):
        is_enough = at >= max(effort.early, k) and promise < effort.fall * sifted[0].promise
        if is_enough or perfect == k:
            break
        likeness = likeness_of(named, parse_folded(text)).likeness
        perfect += likeness == 1
        if likeness >= LEAST:
            found.append((likeness, position))
    return nsmallest(k, found, key=_order)


class _Sifted(NamedTuple):
    """A candidate with what its grams and its letters promise, in [0, 2]."""

    promise: float
    position: int
    text: str


def _sifted(
    state: "State", named: CompanyName, promising: Sequence[Candidate]
) -> Sequence[_Sifted]:
    """The candidates by grams and letters together, best first.

    To hold letter against letter takes a microsecond, to read a name some fifty; names in another
    script have no letters in common, and stay in their order.
    """
    texts = [_text(state, position) for _, position in promising]
    sifted = [
        _Sifted(promise + fuzz.ratio(named.folded, text) / 100, position, text)
        for (promise, position), text in zip(promising, texts, strict=True)
    ]
    return sorted(sifted, key=_order)


def _promising(
    state: "State", telling: Mapping[int, float], most: int, effort: Effort
) -> list[Candidate]:
    """The candidates that share most of the rare grams, of all segments and the tail."""
    segments, tail = state
    grams = np.array(sorted(telling), dtype=np.int32)
    counts = tail.counts(grams)
    for segment in segments:
        counts += segment.counts(grams)
    if not counts.any():
        return []
    weights = np.array([telling[gram] for gram in grams.tolist()], dtype=np.float32)
    sought = choose(grams, weights, counts, tail.first + len(tail.texts), effort)
    promising = tail.candidates(sought)
    for segment in segments:
        promising += segment.candidates(sought, most)
    return nsmallest(most, promising, key=_order)


def _order(candidate: Candidate | _Sifted) -> tuple[float, int]:
    """Best first, then by position."""
    return -candidate[0], candidate[1]


def _entry(name: str) -> Entry:
    parsed = parse(name)
    return parsed.folded, tuple(grams_of(parsed))


def _text(state: "State", position: int) -> str:
    segments, tail = state
    if position >= tail.first:
        return tail.texts[position - tail.first]
    at = bisect_right(segments, position, key=lambda segment: segment.first) - 1
    return segments[at].text(position)


def _joined(segments: list[Segment]) -> tuple[Segment, ...]:
    """The segments with those of like size made one, so that there are few."""
    while len(segments) > 1 and len(segments[-2]) < 2 * len(segments[-1]):
        last = segments.pop()
        segments[-1] = join_segments(segments[-1], last)
    return tuple(segments)


class _Tail:
    """The newest names, in plain tables that grow while others read."""

    __slots__ = ("_grams", "_postings", "_signatures", "first", "texts")

    def __init__(self, first: int) -> None:
        self.first = first
        self.texts: list[str] = []
        self._grams: list[tuple[int, ...]] = []
        self._signatures: list[int] = []
        self._postings: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, entry: Entry) -> int:
        position = self.first + len(self.texts)
        text, grams = entry
        self._grams.append(grams)
        self._signatures.append(int(signature_of(np.array(grams, dtype=np.int32))))
        self.texts.append(text)
        for gram in grams:
            self._postings[gram].append(position)
        return position

    def entries(self) -> list[Entry]:
        return list(zip(self.texts, self._grams, strict=True))

    def counts(self, grams: NDArray[np.int32]) -> NDArray[np.int64]:
        """In how many of the names each gram is."""
        found = (len(self._postings.get(gram, ())) for gram in grams.tolist())
        return np.fromiter(found, dtype=np.int64, count=len(grams))

    def candidates(self, sought: Sought) -> list[Candidate]:
        """The names that share any of the grams; they promise what a segment's would."""
        gained: defaultdict[int, float] = defaultdict(float)
        total = float(sought.weights.sum())
        for gram, weight in zip(sought.grams.tolist(), sought.weights.tolist(), strict=True):
            for position in self._postings.get(gram, ()):
                gained[position] += weight / total
        return [
            (promise + self._likeness(position - self.first, sought), position)
            for position, promise in gained.items()
        ]

    def _likeness(self, place: int, sought: Sought) -> float:
        """What the grams promise that were not sought for."""
        overlap = (self._signatures[place] & int(sought.signature)).bit_count()
        return OVERLAP * overlap - LENGTH * abs(len(self._grams[place]) - sought.size)


State = tuple[tuple[Segment, ...], _Tail]
