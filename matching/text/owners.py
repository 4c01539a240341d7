"""The words of links, ready to be matched: keywords, and the names that stand by themselves."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from matching.reference.records import Link
from matching.text.matcher import Owner
from matching.text.overlap import parts
from matching.text.reading import read

MOST_CHAINS = 2
"""In how many chains a part may occur to be a link's own; how many must hold a name (ours)."""

FEW_CHAINS = 4
"""In how many chains a part may occur for a whole name to tell its link by it (ours)."""

_JOINTS = re.compile(r"及其他|[与及和、,，]|\band\b|\(|\)")
_SHORTEST_PIECE = 3


def link_owners(links: Iterable[Link]) -> list[Owner]:
    """The links as owners, in the order of their numbers, grouped by chain."""
    ordered = list(links)
    numbers = {link.link_id: link.number for link in ordered}
    chains = {chain: n for n, chain in enumerate(dict.fromkeys(link.chain_id for link in ordered))}
    names = _Names(ordered)
    return [
        Owner(
            words=(*names.of(link), *link.keywords_zh, *link.keywords_en),
            group=chains[link.chain_id],
            confusable=frozenset(numbers[other] for other in link.confusable_with),
        )
        for link in ordered
    ]


class _Names:
    """Which names of links mean their link by themselves.

    Names are to be read within their chain ("Testing and certification" of pv). A whole name
    counts if it is a keyword in several chains, or unless longer words of other chains hold it
    (检测认证 in 电池检测认证) or the keywords of many chains have all its parts. One of what a name
    joins (车身, 一体化压铸) counts if it has a part that the link's own keywords have and hardly
    any other chain's. Neither does if it is the keyword of another link of the chain.
    """

    def __init__(self, links: Sequence[Link]) -> None:
        self._chains: defaultdict[str, set[str]] = defaultdict(set)
        self._holders: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self._within: dict[str, set[str]] = {read(n).key: set() for k in links for n in _both(k)}
        self._parts: dict[str, frozenset[str]] = {}
        for link in links:
            words = [read(word) for word in _keywords(link)]
            for tokens in words:
                self._holders[tokens.key].add((link.chain_id, link.link_id))
            held = frozenset(part for tokens in words for part in parts(tokens))
            self._parts[link.link_id] = held
            for part in held:
                self._chains[part].add(link.chain_id)
            for word in (*_keywords(link), *_both(link)):
                for key in filter(self._within.__contains__, _pieces(read(word).words)):
                    self._within[key].add(link.chain_id)

    def of(self, link: Link) -> Iterator[str]:
        """The names and pieces of names that count, the whole name first."""
        held = self._parts[link.link_id]
        own = {part for part in held if len(self._chains[part]) <= MOST_CHAINS}
        for name in _both(link):
            pieces = (piece.strip() for piece in _JOINTS.split(name))
            for piece in dict.fromkeys((name, *pieces)):
                is_meant = self._tells(piece, link) if piece == name else _is_own(piece, own)
                if is_meant and not self._is_taken(piece, link):
                    yield piece

    def _tells(self, name: str, link: Link) -> bool:
        """Whether a whole name tells its link without its chain."""
        key = read(name).key
        if len({chain for chain, _ in self._holders.get(key, ())}) >= MOST_CHAINS:
            return True
        if len(self._within[key] - {link.chain_id}) >= MOST_CHAINS:
            return False
        spread = [len(self._chains[part]) for part in parts(read(name)) if part in self._chains]
        return not spread or min(spread) <= FEW_CHAINS

    def _is_taken(self, words: str, link: Link) -> bool:
        """Whether another link of the chain has the words as a keyword."""
        holders = self._holders.get(read(words).key, set())
        return any(chain == link.chain_id and other != link.link_id for chain, other in holders)


def _keywords(link: Link) -> tuple[str, ...]:
    return (*link.keywords_zh, *link.keywords_en)


def _both(link: Link) -> tuple[str, str]:
    return link.name_zh, link.name_en


def _pieces(words: tuple[str, ...]) -> Iterator[str]:
    """The keys of what a longer word holds, itself left out."""
    size = len(words)
    return (" ".join(words[a : a + n]) for n in range(1, size) for a in range(size - n + 1))


def _is_own(piece: str, own: set[str]) -> bool:
    tokens = read(piece)
    return len(tokens.text) >= _SHORTEST_PIECE and not own.isdisjoint(parts(tokens))
