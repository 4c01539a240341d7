"""The words that company names are made of: forms, places, trades, brands, abbreviations.

The tables under data/ are written by us from general knowledge; data/sources.toml says how.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

Tokens = tuple[str, ...]
"""Latin words, folded."""
Lengths = tuple[int, ...]
"""Lengths of words, the longest first."""


class Role(StrEnum):
    """What a word of a name says."""

    CORE = "core"
    """字号: what makes the name its own."""
    TRADE = "trade"
    """行业: the business."""
    BROAD = "broad"
    """A business that firms of any kind state: network technology, consulting."""
    GENERAL = "general"
    """A word any company may bear: group, holding, international."""
    PLACE = "place"
    """行政区划: a place."""


@dataclass(frozen=True, slots=True)
class Form:
    """组织形式: a legal form."""

    form_id: str
    kind: str
    """limited, stock, partnership …; "any" says nothing. Forms of one kind translate each other."""
    family: str
    """The country or region of its law; "" for any."""


@dataclass(frozen=True, slots=True)
class Trade:
    """A Chinese word of business with the English words (stems) that say it."""

    role: Role
    english: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Every table; Chinese keys are folded text, Latin keys are tokens."""

    han_forms: Mapping[str, Form]
    latin_forms: Mapping[Tokens, Form]
    han_places: Mapping[str, str]
    latin_places: Mapping[Tokens, frozenset[str]]
    """Latin letters may mean two places: Suzhou is 苏州 and 宿州."""
    within: Mapping[str, str]
    """A place → the place around it; the outermost are absent."""
    levels: Mapping[str, str]
    trades: Mapping[str, Trade]
    latin_roles: Mapping[str, Role]
    """A stem → trade or general; a word that is absent belongs to the core."""
    meanings: Mapping[str, tuple[Tokens, ...]]
    han_brands: Mapping[str, str]
    latin_brands: Mapping[Tokens, str]
    marks: Mapping[str, frozenset[str]]
    """By kind, the Latin words that say nothing of the company (the, ADR, class)."""
    form_lengths: Mapping[str, Lengths]
    """The last two characters of a Chinese form → how long forms with them are."""
    place_lengths: Mapping[str, Lengths]
    """The first two characters of a Chinese place → how long places with them are."""
    trade_lengths: Mapping[str, Lengths]
    brand_lengths: Mapping[str, Lengths]

    def around(self, place: str) -> Iterator[str]:
        """The place itself and every place around it, from the inside."""
        here: str | None = place
        while here is not None:
            yield here
            here = self.within.get(here)
