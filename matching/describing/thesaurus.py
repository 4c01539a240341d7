"""Lines of business as sets of words: our glossary and the links of the chains.

A line of business is how people name it, in Chinese and English. A word of a text leads to its
lines of business, and these to the classes of a list, so that an English text reaches a Chinese
list and the other way round.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from matching.reference.loader import Reference
from matching.reference.records import Link
from matching.reference.table import read_table, require_unique

_SECTOR_COLUMNS = ("sector", "words_zh", "words_en")
_WORD_COLUMNS = ("words_zh", "words_en", "sector", "gb4754")
_CODE_OF_DIVISION = 2


@dataclass(frozen=True, slots=True)
class Business:
    """A line of business; `sectors` are the words for what it is a part of, broad ones."""

    words: tuple[str, ...]
    sectors: tuple[str, ...]
    divisions: tuple[str, ...]
    """GB/T 4754 divisions, two digits, the main one first."""


@lru_cache(maxsize=4)
def businesses(reference: Reference) -> tuple[Business, ...]:
    """Every line of business known: the glossary's, then the links'."""
    folder = files("matching.describing") / "data"
    return (*read_glossary(folder, reference), *_of_links(reference))


def read_glossary(folder: Traversable, reference: Reference) -> tuple[Business, ...]:
    """The lines of business of `words.csv`, within the sectors of `sectors.csv`.

    Raises:
        ValueError: a broken table, or a sector or division that is not known.
    """
    sectors = _read_sectors(folder)
    rows = read_table(folder, "words", _WORD_COLUMNS)
    require_unique(rows, "words_zh")
    found: list[Business] = []
    for row in rows:
        sector, division = row.text("sector"), row.text("gb4754")
        if sector not in sectors:
            raise row.fault("sector", "is not in sectors.csv")
        if division not in reference.gb4754 or len(division) != _CODE_OF_DIVISION:
            raise row.fault("gb4754", "is no division of GB/T 4754")
        words = (*row.filled("words_zh"), *row.filled("words_en"))
        found.append(Business(words, sectors[sector], (division,)))
    return tuple(found)


def _read_sectors(folder: Traversable) -> Mapping[str, tuple[str, ...]]:
    rows = read_table(folder, "sectors", _SECTOR_COLUMNS)
    require_unique(rows, "sector")
    return {row.text("sector"): (*row.filled("words_zh"), *row.filled("words_en")) for row in rows}


def _of_links(reference: Reference) -> Iterator[Business]:
    for link in reference.links.values():
        yield _of_link(link, reference)


def _of_link(link: Link, reference: Reference) -> Business:
    names = (link.name_zh, link.name_en)
    chain = reference.chains[link.chain_id]
    return Business(
        words=tuple(dict.fromkeys((*names, *link.keywords_zh, *link.keywords_en))),
        sectors=(chain.name_zh, chain.name_en),
        divisions=tuple(dict.fromkeys(code[:_CODE_OF_DIVISION] for code in link.gb4754_codes)),
    )
