"""Editions that can be laid over the reference that ships, with keyword overrides."""

from collections.abc import Iterable
from typing import Any

from matching.reference.crowding import LandscapeEdition, LandscapeRow
from matching.reference.edition import (
    EncouragedEdition,
    ItemRow,
    KeywordRow,
    KeywordsEdition,
    LinkRow,
    LinksEdition,
)
from matching.reference.loader import load_reference
from matching.reference.records import TableNote
from matching.vocabulary import RegionGroup

REFERENCE = load_reference()
NOTE = TableNote("2027", "tests", "made up")
ITEMS = (ItemRow("ic.eda", ("7",)), ItemRow("ic.eda", ("9", "12"), "32"))


def link_rows(chain_id: str = "ic") -> tuple[LinkRow, ...]:
    """The rows that say of a chain what the reference says."""
    customers = REFERENCE.customers
    same = (
        "link_id", "name_zh", "name_en", "segment", "keywords_zh", "keywords_en", "gb4754_codes",
        "tech_barrier", "is_core", "confusable_with", "provenance",
    )  # fmt: skip
    return tuple(
        LinkRow(**{name: getattr(link, name) for name in same}, customers=customers[link.link_id])
        for link in REFERENCE.links.values()
        if link.chain_id == chain_id
    )


def a_link_row(link_id: str = "ic.new", **known: Any) -> LinkRow:
    base: dict[str, Any] = {
        "link_id": link_id,
        "name_zh": "玻璃基板封装",
        "name_en": "Glass core substrates",
        "segment": "midstream",
        "keywords_zh": ("玻璃基板封装",),
        "keywords_en": ("glass core substrate",),
        "tech_barrier": 3,
        "is_core": True,
    }
    return LinkRow(**{**base, **known})


def a_links_edition(
    rows: Iterable[LinkRow] | None = None, chain_id: str = "ic", *more: LinkRow
) -> LinksEdition:
    """A chain as the reference has it, with some more links behind."""
    return LinksEdition(chain_id, NOTE, (*(link_rows(chain_id) if rows is None else rows), *more))


def a_keywords_edition(link_id: str = "ic.eda", zh: str = "版图神器") -> KeywordsEdition:
    return KeywordsEdition(NOTE, (KeywordRow(link_id, (zh,), ("layout wonder",)),))


def an_encouraged_edition(rows: tuple[ItemRow, ...] = ITEMS) -> EncouragedEdition:
    return EncouragedEdition(NOTE, rows)


def a_landscape_row(link_id: str = "ic.photoresist", **known: Any) -> LandscapeRow:
    counts = {"zones_known": 10, "zones_engaged": 4, "zones_seeking": 1, "zones_holding": 3}
    group = known.pop("region_group", RegionGroup.EAST)
    return LandscapeRow(link_id, group, **{**counts, **known})


def a_landscape_edition(*rows: LandscapeRow) -> LandscapeEdition:
    return LandscapeEdition(NOTE, rows or (a_landscape_row(),))
