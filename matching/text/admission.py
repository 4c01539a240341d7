"""Which industry codes count beside an investor's words: words decide the link, codes the chain."""

from collections.abc import Mapping, Sequence

from matching.reference.records import Link
from matching.text.code_index import CodeEvidence
from matching.text.matches import TextMatch
from matching.text.mentioned import Mentioned

PLACED = 0.5
"""What words must be worth at a link to place the investor there (docs/criteria.md)."""


def is_placed(said: Mapping[int, Mentioned]) -> bool:
    """Whether words place the investor anywhere; if not, only its codes tell where it belongs."""
    return bool(_places(said))


def admitted(
    coded: Mapping[str, CodeEvidence], said: Mapping[int, Mentioned], links: Sequence[Link]
) -> dict[str, CodeEvidence]:
    """Link id → its code evidence, where the words do not speak against it.

    A code says nothing at a link confusable with one that the words name, unless they name it
    too (3985 for a maker of 正极材料 is not 负极材料). Where words place the investor, a code says
    nothing at links that they do not touch in chains in which they place nothing: 3985 brings a
    maker of photoresist near silicon wafers, which are of its chain, not near rare-earth magnets.
    `links` are in the order of their numbers, by which `said` is keyed.
    """
    named = {links[number].link_id for number, m in said.items() if m.is_named}
    mistaken = {other for link in links if link.link_id in named for other in link.confusable_with}
    kept = coded.keys() - (mistaken - named)
    if is_placed(said):
        kept &= _open(said, links)
    return {link_id: evidence for link_id, evidence in coded.items() if link_id in kept}


def _open(said: Mapping[int, Mentioned], links: Sequence[Link]) -> set[str]:
    """The links that the words touch, and those of the chains in which they place the investor."""
    chains = {links[number].chain_id for number in _places(said)}
    return {link.link_id for link in links if link.number in said or link.chain_id in chains}


def _places(said: Mapping[int, Mentioned]) -> list[int]:
    """Where words place the investor: by parts of words in common only if by nothing surer."""
    places = [number for number, mentioned in said.items() if mentioned.value >= PLACED]
    surer = [number for number in places if said[number].match is not TextMatch.OVERLAP]
    return surer or places
