"""The pools that rankings look through: immutable, and brought up to date by what changed.

A pool holds its records by position, their rows as columns, and postings that lead to where a
match may be: from links, and from what gaps want in words of their own. What the postings leave
out has no affinity at all, so that nothing above the relevance floor is missed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, NamedTuple, Protocol, TypeVar, cast

import numpy as np

from matching.columns import Floats, Ints, Sheet
from matching.fit import NEIGHBOUR
from matching.loop import Candidates
from matching.postings import Key, Move, Posting, Postings, Values
from matching.profiles import GapProfile, InvestorProfile
from matching.roster import Change, Identified, Roster
from matching.rows import Gap, Investor
from matching.text.matches import BASIS_POINTS, combine
from matching.text.wordings import PHRASES, WORDS, Wordings


class HasGap(Identified, Protocol):
    """A record of a gap."""

    @property
    def profile(self) -> GapProfile:
        """The gap ready to be scored."""
        ...


class HasInvestor(Identified, Protocol):
    """A record of an investor."""

    @property
    def profile(self) -> InvestorProfile:
        """The investor ready to be scored."""
        ...


GapRecord = TypeVar("GapRecord", bound=HasGap)
InvestorRecord = TypeVar("InvestorRecord", bound=HasInvestor)
Record = TypeVar("Record", bound=HasGap | HasInvestor)


@dataclass(frozen=True)
class GapPool(Generic[GapRecord]):
    """Gaps, closed ones included."""

    records: Roster[GapRecord] = field(default_factory=Roster[GapRecord])
    sheet: Sheet[Gap] = field(default_factory=lambda: Sheet(Gap))
    by_link: Postings[int] = field(default_factory=Postings[int])
    by_word: Postings[str] = field(default_factory=Postings[str])
    words: Wordings = field(default_factory=lambda: Wordings(WORDS))

    def near(self, investor: InvestorProfile) -> Candidates:
        """The gaps with any affinity to the investor, and how much: that of `profiles.fit_of`."""
        linked = [
            _Linked(self.by_link.of(number).positions, fit.value, fit.code)
            for number, fit in investor.fits.items()
        ]
        return _near(linked, _met(investor.facts.products, self.words, self.by_word))

    def changed(self, records: Iterable[GapRecord]) -> "GapPool[GapRecord]":
        """The pool with these records, new ones in the order given; one thread changes it."""
        changes = self.records.changes(records)
        self.words.add(word for change in changes for word in change.after.profile.facts.products)
        return replace(
            self,
            records=self.records.changed(changes),
            sheet=self.sheet.changed({c.position: c.after.profile.row for c in changes}),
            by_link=self.by_link.changed(_moves(changes, _link_of)),
            by_word=self.by_word.changed(_moves(changes, _wordings_of)),
        )


@dataclass(frozen=True)
class InvestorPool(Generic[InvestorRecord]):
    """Investors, closed ones included."""

    records: Roster[InvestorRecord] = field(default_factory=Roster[InvestorRecord])
    sheet: Sheet[Investor] = field(default_factory=lambda: Sheet(Investor))
    by_link: Postings[int] = field(default_factory=lambda: Postings[int](width=2))
    """Where investors are placed, with the affinity there and what codes say of it."""
    by_phrase: Postings[str] = field(default_factory=Postings[str])
    phrases: Wordings = field(default_factory=lambda: Wordings(PHRASES))

    def near(self, gap: GapProfile) -> Candidates:
        """The investors with any affinity to the gap, and how much: that of `profiles.fit_of`."""
        at_link = _with_beside(self.by_link.of(gap.row.link), map(self.by_link.of, gap.beside))
        return _near([at_link], _met(gap.facts.products, self.phrases, self.by_phrase))

    def changed(self, records: Iterable[InvestorRecord]) -> "InvestorPool[InvestorRecord]":
        """The pool with these records, new ones in the order given; one thread changes it."""
        changes = self.records.changes(records)
        self.phrases.add(said for change in changes for said in change.after.profile.facts.products)
        return replace(
            self,
            records=self.records.changed(changes),
            sheet=self.sheet.changed({c.position: c.after.profile.row for c in changes}),
            by_link=self.by_link.changed(_moves(changes, _placed)),
            by_phrase=self.by_phrase.changed(_moves(changes, _wordings_of)),
        )


def _link_of(gap: HasGap) -> Mapping[int, Values]:
    return {gap.profile.row.link: ()}


def _placed(investor: HasInvestor) -> Mapping[int, Values]:
    return {p.number: (p.affinity, p.code) for p in investor.profile.placement}


def _wordings_of(record: HasGap | HasInvestor) -> Mapping[str, Values]:
    return dict.fromkeys(record.profile.facts.products, ())


def _moves(
    changes: Iterable[Change[Record]], keys_of: Callable[[Record], Mapping[Key, Values]]
) -> Iterator[Move[Key]]:
    for position, before, after in changes:
        yield Move(position, {} if before is None else keys_of(before), keys_of(after))


class _Linked(NamedTuple):
    """Positions at a link or beside it, the fit there and what its codes say."""

    positions: Ints
    value: Floats | float
    code: Floats | float


class _Met(NamedTuple):
    """Positions that have a wording which another one meets, and how nearly."""

    positions: Ints
    affinity: float


def _with_beside(at: Posting, beside: Iterable[Posting]) -> _Linked:
    """Those at a link and those one edge away: as `fit.link_fits` has them, the better of both."""
    others = list(beside)
    positions = _union([at.positions, *(other.positions for other in others)])
    own, code, near = (np.zeros(len(positions)) for _ in range(3))
    places = np.searchsorted(positions, at.positions)
    own[places], code[places] = at.values
    for other in others:
        places = np.searchsorted(positions, other.positions)
        worth = np.rint(other.values[0] * NEIGHBOUR * BASIS_POINTS) / BASIS_POINTS
        near[places] = np.maximum(near[places], worth)
    return _Linked(positions, np.maximum(own, near), np.where(near > own, 0.0, code))


def _met(asked: Iterable[str], wordings: Wordings, postings: Postings[str]) -> list[_Met]:
    return [
        _Met(postings.of(wording).positions, affinity)
        for one in asked
        for wording, affinity in wordings.met_by(one).items()
    ]


def _near(linked: Sequence[_Linked], met: Sequence[_Met]) -> Candidates:
    """All of them with their affinity: that at the link, or by words and codes if it is more."""
    at, value, code = _at_links(linked)
    if not met:
        return Candidates(at, value)
    positions = _union([at, *(one.positions for one in met)])
    affinity, codes, words = (np.zeros(len(positions)) for _ in range(3))
    places = np.searchsorted(positions, at)
    affinity[places], codes[places] = value, code
    for met_at, nearness in met:
        places = np.searchsorted(positions, met_at)
        words[places] = np.maximum(words[places], nearness)
    own = cast("Floats", combine(cast("float", codes), cast("float", words)))  # array or not
    return Candidates(positions, np.where(words > 0.0, np.maximum(affinity, own), affinity))


def _at_links(linked: Sequence[_Linked]) -> tuple[Ints, Floats, Floats]:
    """All positions, ascending, with their value and code; none is at two of the links."""
    sizes = [len(one.positions) for one in linked]
    at = np.concatenate([np.zeros(0, np.int64), *(one.positions for one in linked)])
    filled = [
        [np.full(size, one[part]) for size, one in zip(sizes, linked, strict=True)]
        for part in (1, 2)
    ]
    value, code = (np.concatenate([np.zeros(0), *parts]) for parts in filled)
    order = np.argsort(at, kind="stable")  # which is quick with what is in order by parts
    return at[order], value[order], code[order]


def _union(parts: Sequence[Ints]) -> Ints:
    """What is in any of them, ascending; `np.unique` is slower by far."""
    every = np.sort(np.concatenate(parts))
    return every[np.append(True, every[1:] != every[:-1])[: len(every)]]
