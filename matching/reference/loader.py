"""The whole reference, read once a process and checked while it is read."""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from matching.reference.crowding import LandscapeRow
from matching.reference.reading import industries, links, places, rules
from matching.reference.records import (
    Chain,
    Division,
    ForeignCode,
    GbCode,
    IsicCode,
    Link,
    OrientationRow,
    Prefecture,
    Province,
    ReferenceZone,
    SeiField,
    SeiRelation,
    TableNote,
    ZoneChains,
    ZoneDimension,
)
from matching.reference.restrictions import NegativeItem
from matching.reference.texts import Texts
from matching.vocabulary import CodeScheme, RegionGroup

EDITIONS_KEPT = 8
"""References of which a process keeps what it has worked out."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Reference:
    """Every fact the score rests on; one object a process, compared by identity.

    Crosswalks: `gb_to_isic` in rank order; `isic_to_gb` as (GB code, rank), rank then code;
    `foreign_to_isic` by scheme. `negative_list`: the place in the tuple is the item's bit.
    `suppliers` and `customers` have every link, sorted by link number. `encouraged_by_link`:
    link → province → item numbers, regional ones only. `landscape`: (link, region group) → how
    crowded, None where no edition of it rules. `digest` names the bytes of all tables and of
    `texts`, the catalogues of a configured folder.
    """

    provinces: Mapping[str, Province]
    prefectures: tuple[Prefecture, ...]
    zones: Mapping[str, ReferenceZone]
    zone_chains: Mapping[str, tuple[str, ...]]
    zone_chain_records: Mapping[str, ZoneChains]
    zone_dimensions: tuple[ZoneDimension, ...]
    orientation: tuple[OrientationRow, ...]
    gb4754: Mapping[str, GbCode]
    isic4: Mapping[str, IsicCode]
    gb_to_isic: Mapping[str, tuple[str, ...]]
    isic_to_gb: Mapping[str, tuple[tuple[str, int], ...]]
    foreign_to_isic: Mapping[CodeScheme, Mapping[str, tuple[str, ...]]]
    sei: Mapping[str, SeiField]
    sei_by_gb: Mapping[str, tuple[str, ...]]
    sei_by_link: Mapping[str, tuple[SeiRelation, ...]]
    high_tech: frozenset[str]
    producer_services: frozenset[str]
    divisions: Mapping[str, Division]
    negative_list: tuple[NegativeItem, ...]
    chains: Mapping[str, Chain]
    links: Mapping[str, Link]
    edges: tuple[tuple[str, str], ...]
    suppliers: Mapping[str, tuple[str, ...]]
    customers: Mapping[str, tuple[str, ...]]
    encouraged_by_link: Mapping[str, Mapping[str, tuple[str, ...]]]
    notes: Mapping[str, TableNote]
    editions: Mapping[str, str]
    digest: str
    texts: Texts | None = None
    landscape: Mapping[tuple[str, RegionGroup], LandscapeRow] | None = None


@cache
def load_reference() -> Reference:
    """The reference that ships with the package; the first call reads it, later ones are free."""
    return read_reference(files("matching.reference") / "data")


def read_reference(folder: Traversable) -> Reference:
    """The reference of a folder of tables.

    Raises:
        ValueError: a broken table; the message names file, row, column and value.
        FileNotFoundError: a table is missing.
    """
    notes = _read_notes(folder)
    provinces = places.read_provinces(folder)
    zones = places.read_zones(folder, provinces)
    gb4754, isic4 = industries.read_gb4754(folder), industries.read_isic4(folder)
    gb_to_isic, isic_to_gb = industries.read_gb_to_isic(folder, gb4754, isic4)
    sei = industries.read_sei(folder)
    chains = links.read_chains(folder)
    link_of = links.read_links(folder, chains, gb4754)
    edges = links.read_edges(folder, link_of)
    zone_chains = places.read_zone_chains(folder, zones, chains)
    return Reference(
        provinces=provinces,
        prefectures=places.read_prefectures(folder, provinces),
        zones=zones,
        zone_chains={zone: record.chain_ids for zone, record in zone_chains.items()},
        zone_chain_records=zone_chains,
        zone_dimensions=places.read_zone_dimensions(folder),
        orientation=places.read_orientation(folder),
        gb4754=gb4754,
        isic4=isic4,
        gb_to_isic={gb: tuple(isic for isic, _ in pairs) for gb, pairs in gb_to_isic.items()},
        isic_to_gb=isic_to_gb,
        foreign_to_isic=_by_scheme(industries.read_foreign(folder, isic4)),
        sei=sei,
        sei_by_gb=industries.read_sei_by_gb(folder, gb4754, sei),
        sei_by_link=industries.read_sei_by_link(folder, link_of, sei),
        high_tech=industries.read_high_tech(folder, gb4754),
        producer_services=industries.read_producer_services(folder, gb4754),
        divisions=industries.read_divisions(folder, gb4754),
        negative_list=rules.read_negative_list(folder, gb4754, provinces),
        chains=chains,
        links=link_of,
        edges=edges,
        suppliers=links.group_neighbours(((to, start) for start, to in edges), link_of),
        customers=links.group_neighbours(edges, link_of),
        encouraged_by_link=rules.read_encouraged(folder, link_of, provinces),
        notes=notes,
        editions={table: note.edition for table, note in notes.items()},
        digest=_digest(folder),
    )


def with_texts(reference: Reference, texts: Texts | None) -> Reference:
    """The reference with the texts, which its digest and editions then name; None adds nothing.

    Raises:
        ValueError: texts of another edition than the one whose item numbers the links carry, or
            of a province or division that is none.
    """
    if texts is None:
        return reference
    _check_texts(reference, texts)
    editions = {**reference.editions}
    if texts.guidance:
        editions["guidance"] = texts.guidance_edition
    digest = hashlib.sha256(f"{reference.digest}\n{texts.digest}".encode()).hexdigest()
    return replace(reference, texts=texts, editions=editions, digest=f"sha256:{digest}")


def _check_texts(reference: Reference, texts: Texts) -> None:
    carried = reference.editions["encouraged"]
    if texts.edition not in {None, carried}:
        raise ValueError(f"encouraged catalogue {texts.edition}: the links carry {carried}'s items")
    named = {province for province, _ in texts.regional}
    for file, codes, known in (
        ("encouraged_regional.csv", named, reference.provinces),
        ("encouraged_national.csv", texts.divisions, reference.gb4754),
    ):
        if strange := sorted(set(codes) - set(known)):
            raise ValueError(f"{file}: no such code as {', '.join(strange)}")


def _by_scheme(codes: tuple[ForeignCode, ...]) -> dict[CodeScheme, dict[str, tuple[str, ...]]]:
    found: dict[CodeScheme, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for code in codes:
        found[code.scheme][code.code] = code.isic_codes
    return dict(found)


def _read_notes(folder: Traversable) -> dict[str, TableNote]:
    tables: Mapping[str, object] = tomllib.loads((folder / "editions.toml").read_text("utf-8"))
    return {table: _note(table, note) for table, note in tables.items()}


def _note(table: str, note: object) -> TableNote:
    match note:
        case {"edition": str(edition), "source": str(source), "quality": str(quality)}:
            return TableNote(edition, source, quality)
        case _:
            raise ValueError(f"editions.toml table {table}: edition, source, quality as text")


def _digest(folder: Traversable) -> str:
    """The SHA-256 over name, length and bytes of every table, in the order of the names."""
    total = hashlib.sha256()
    tables = (file for file in folder.iterdir() if file.name.endswith((".csv", ".toml")))
    for file in sorted(tables, key=lambda file: file.name):
        data = file.read_bytes()
        total.update(f"{file.name}\n{len(data)}\n".encode())
        total.update(data)
    return f"sha256:{total.hexdigest()}"
