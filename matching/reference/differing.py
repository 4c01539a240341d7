"""What differs between two references in the parts of which editions can be loaded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matching.reference.loader import Reference
from matching.reference.records import Link
from matching.vocabulary import EditionChange, EditionTable

Parts = tuple[str, ...]
Fields = Mapping[str, Parts]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row before and after, as the parts of a list; one part where it is none."""

    field: str
    before: Parts
    after: Parts


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is in one reference only, or has other fields in the second."""

    table: EditionTable
    key: str
    change: EditionChange
    fields: tuple[FieldChange, ...]


def differences(before: Reference, after: Reference) -> tuple[Difference, ...]:
    """The rows of links, edges, items and landscape that differ, in the order of `after`.

    Edges are named "supplier > customer", items by their link and province ("all": national), the
    landscape's rows by their link and region group.
    A row that was removed comes after those that are there.
    """
    return (
        *_compared(EditionTable.LINKS, _links(before), _links(after)),
        *_compared(EditionTable.EDGES, _edges(before), _edges(after)),
        *_compared(EditionTable.ENCOURAGED, _items(before), _items(after)),
        *_compared(EditionTable.LANDSCAPE, _landscape(before), _landscape(after)),
    )


def _compared(
    table: EditionTable, before: Mapping[str, Fields], after: Mapping[str, Fields]
) -> Iterator[Difference]:
    for key, fields in after.items():
        if key not in before:
            yield Difference(table, key, EditionChange.ADDED, ())
            continue
        changed = tuple(
            FieldChange(name, before[key][name], fields[name])
            for name in fields
            if before[key][name] != fields[name]
        )
        if changed:
            yield Difference(table, key, EditionChange.CHANGED, changed)
    for key in before:
        if key not in after:
            yield Difference(table, key, EditionChange.REMOVED, ())


def _links(reference: Reference) -> dict[str, Fields]:
    return {link_id: _fields(link) for link_id, link in reference.links.items()}


def _fields(link: Link) -> Fields:
    """What a row of links says; a link's place in the file and its items are not of it."""
    return {
        "name_zh": (link.name_zh,),
        "name_en": (link.name_en,),
        "segment": (link.segment,),
        "keywords_zh": link.keywords_zh,
        "keywords_en": link.keywords_en,
        "gb4754_codes": link.gb4754_codes,
        "tech_barrier": (str(link.tech_barrier),),
        "is_core": (str(link.is_core).lower(),),
        "confusable_with": link.confusable_with,
        "provenance": (link.provenance,),
    }


def _edges(reference: Reference) -> dict[str, Fields]:
    return {f"{supplier} > {customer}": {} for supplier, customer in reference.edges}


def _items(reference: Reference) -> dict[str, Fields]:
    national = {
        f"{link.link_id} all": {"item_nos": link.encouraged_items}
        for link in reference.links.values()
        if link.encouraged_items
    }
    regional = {
        f"{link_id} {province}": {"item_nos": numbers}
        for link_id, by_province in reference.encouraged_by_link.items()
        for province, numbers in by_province.items()
    }
    return {**national, **regional}


def _landscape(reference: Reference) -> dict[str, Fields]:
    counts = ("zones_known", "zones_engaged", "zones_seeking", "zones_holding")
    return {
        f"{link_id} {group}": {name: (str(getattr(row, name)),) for name in counts}
        for (link_id, group), row in (reference.landscape or {}).items()
    }
