"""Whether the rows of an edition can be laid over a reference; every fault names its row."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from matching.reference.crowding import LandscapeEdition, LandscapeRow
from matching.reference.edition import (
    Edition,
    ItemRow,
    KeywordRow,
    KeywordsEdition,
    LinkRow,
    LinksEdition,
)
from matching.reference.loader import Reference

BARRIERS = (1, 2, 3)
MOST_CHARACTERS = 200
"""Of a name or keyword; the longest of ours have 42."""

MOST_WORDS = 100
"""Keywords of a link in one language; ours have 30 at most."""

SEPARATOR = ";"
"""Stands between the parts of a list where rows are written as a table."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row; `place` counts the rows from 0."""

    place: int
    column: str
    why: str

    def __str__(self) -> str:
        return f"row {self.place + 1} column {self.column}: {self.why}"


def faults_of(edition: Edition, reference: Reference) -> tuple[Fault, ...]:
    """Everything that keeps an edition from being laid over the reference, in row order."""
    if not edition.rows:
        return (Fault(0, "link_id", "there is no row"),)
    match edition:
        case LinksEdition():
            found = _of_links(edition, reference)
        case KeywordsEdition():
            found = _of_keywords(edition.rows, reference)
        case LandscapeEdition():
            found = _of_landscape(edition.rows, reference)
        case _:
            found = _of_items(edition.rows, reference)
    return tuple(sorted(found, key=lambda fault: fault.place))


def _of_links(edition: LinksEdition, reference: Reference) -> Iterator[Fault]:
    if edition.chain_id not in reference.chains:
        yield Fault(0, "link_id", f"there is no chain {edition.chain_id}")
    rows = edition.rows
    yield from _repeated(rows, [row.link_id for row in rows])
    confusable = {row.link_id: row.confusable_with for row in rows}
    for place, row in enumerate(rows):
        if not row.link_id.startswith(f"{edition.chain_id}."):
            yield Fault(place, "link_id", f"does not begin with its chain {edition.chain_id}")
        if row.tech_barrier not in BARRIERS:
            yield Fault(place, "tech_barrier", "is not 1, 2 or 3")
        for column in ("name_zh", "name_en"):
            yield from _of_texts(place, column, [getattr(row, column)])
        yield from _of_words(place, row)
        yield from _strange(place, "gb4754_codes", row.gb4754_codes, reference.gb4754)
        yield from _of_neighbours(place, "customers", row, confusable)
        yield from _of_neighbours(place, "confusable_with", row, confusable)
        for other in row.confusable_with:
            if row.link_id not in confusable.get(other, (row.link_id,)):
                yield Fault(place, "confusable_with", f"{other} does not name it in turn")


def _of_keywords(rows: Sequence[KeywordRow], reference: Reference) -> Iterator[Fault]:
    yield from _repeated(rows, [row.link_id for row in rows])
    for place, row in enumerate(rows):
        yield from _strange(place, "link_id", [row.link_id], reference.links)
        yield from _of_words(place, row)


def _of_items(rows: Sequence[ItemRow], reference: Reference) -> Iterator[Fault]:
    yield from _repeated(rows, [(row.link_id, row.province_code) for row in rows])
    for place, row in enumerate(rows):
        yield from _strange(place, "link_id", [row.link_id], reference.links)
        if row.province_code is not None:
            yield from _strange(place, "province_code", [row.province_code], reference.provinces)
        if not row.item_nos:
            yield Fault(place, "item_nos", "is empty")
        yield from _twice(place, "item_nos", row.item_nos)
        if not all(item.isascii() and item.isdigit() for item in row.item_nos):
            yield Fault(place, "item_nos", "is not whole numbers")


def _of_landscape(rows: Sequence[LandscapeRow], reference: Reference) -> Iterator[Fault]:
    yield from _repeated(rows, [(row.link_id, row.region_group) for row in rows])
    known: dict[str, int] = {}
    for place, row in enumerate(rows):
        yield from _strange(place, "link_id", [row.link_id], reference.links)
        if row.zones_known != known.setdefault(row.region_group, row.zones_known):
            yield Fault(place, "zones_known", "is not the same in all rows of the region group")
        if not row.zones_engaged <= row.zones_known:
            yield Fault(place, "zones_engaged", "is more than the zones known")
        parts = row.zones_seeking, row.zones_holding
        if not max(parts) <= row.zones_engaged <= sum(parts):
            yield Fault(place, "zones_engaged", "is not those that hold or seek it, each once")


def _of_words(place: int, row: LinkRow | KeywordRow) -> Iterator[Fault]:
    for column, words in (("keywords_zh", row.keywords_zh), ("keywords_en", row.keywords_en)):
        if not words:
            yield Fault(place, column, "is empty")
        if len(words) > MOST_WORDS:
            yield Fault(place, column, f"has more than {MOST_WORDS} words")
        yield from _twice(place, column, words)
        yield from _of_texts(place, column, words)


def _of_texts(place: int, column: str, texts: Iterable[str]) -> Iterator[Fault]:
    for text in texts:
        if not text or text != text.strip():
            yield Fault(place, column, "is empty or has spaces around it")
        if len(text) > MOST_CHARACTERS:
            yield Fault(place, column, f"is longer than {MOST_CHARACTERS} characters")
        if SEPARATOR in text or "\n" in text:
            yield Fault(place, column, "holds a semicolon or a line break")


def _of_neighbours(
    place: int, column: str, row: LinkRow, links: Collection[str]
) -> Iterator[Fault]:
    """Faults of a list of other links of the chain."""
    others: tuple[str, ...] = getattr(row, column)
    yield from _strange(place, column, others, links)
    yield from _twice(place, column, others)
    if row.link_id in others:
        yield Fault(place, column, "names the link itself")


def _strange(
    place: int, column: str, names: Iterable[str], known: Collection[str]
) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield Fault(place, column, f"{name} is not known")


def _twice(place: int, column: str, parts: Sequence[str]) -> Iterator[Fault]:
    if len(set(parts)) < len(parts):
        yield Fault(place, column, "repeats a part")


def _repeated(rows: Sequence[object], keys: Sequence[Hashable]) -> Iterator[Fault]:
    seen: dict[Hashable, int] = {}
    for place in range(len(rows)):
        first = seen.setdefault(keys[place], place)
        if first != place:
            yield Fault(place, "link_id", f"repeats row {first + 1}")
