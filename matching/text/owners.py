"""The words of links and of industry classes, made ready to be matched."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from matching.reference.records import Link
from matching.text.matcher import Owner
from matching.text.normalise import read
from matching.text.overlap import parts

_JOINTS = re.compile(r"及其他|[与及和、,，]|\band\b|\(|\)")
_MOST_CHAINS = 2
_SHORTEST_PART = 3


def link_owners(links: Iterable[Link]) -> list[Owner]:
    """The links as owners, in the order of their numbers, grouped by chain."""
    ordered = list(links)
    numbers = {link.link_id: link.number for link in ordered}
    chains = {chain: n for n, chain in enumerate(dict.fromkeys(link.chain_id for link in ordered))}
    spread = _spread(ordered)
    return [
        Owner(
            words=(*_names(link, spread), *link.keywords_zh, *link.keywords_en),
            group=chains[link.chain_id],
            confusable=frozenset(numbers[other] for other in link.confusable_with),
        )
        for link in ordered
    ]


def _keyword_parts(link: Link) -> set[str]:
    words = (*link.keywords_zh, *link.keywords_en)
    return {part for word in words for part in parts(read(word))}


def _spread(links: Iterable[Link]) -> dict[str, int]:
    """How many chains each part of a keyword occurs in."""
    chains: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        for part in _keyword_parts(link):
            chains[part].add(link.chain_id)
    return {part: len(held) for part, held in chains.items()}


def _names(link: Link, spread: Mapping[str, int]) -> Iterable[str]:
    """The link's names and what they join (车身, 一体化压铸), where they stand by themselves.

    Names are to be read within their chain ("Testing and certification" of pv): one counts only
    if it has a part that the link's own keywords have and hardly any other chain's.
    """
    own = {part for part in _keyword_parts(link) if spread[part] <= _MOST_CHAINS}
    for name in (link.name_zh, link.name_en):
        pieces = [piece.strip() for piece in _JOINTS.split(name)]
        for piece in dict.fromkeys((name, *pieces)):
            tokens = read(piece)
            if len(tokens.text) >= _SHORTEST_PART and not own.isdisjoint(parts(tokens)):
                yield piece
