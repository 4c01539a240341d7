"""Provinces, prefectures, zones and what the regions are to favour."""

from collections.abc import Collection, Mapping
from importlib.resources.abc import Traversable

from matching.reference.records import (
    OrientationRole,
    OrientationRow,
    Prefecture,
    Province,
    ReferenceZone,
    ZoneChains,
    ZoneDimension,
)
from matching.reference.table import Row, read_table, require_unique
from matching.vocabulary import Provenance, Region, RegionGroup, ZoneTier

ORIENTATION_REGIONS = (*Region, "central_west", "central_west_northeast_hainan", "all")
"""The regions a source speaks of: the four, two groups of the sources, and all."""


def read_provinces(folder: Traversable) -> dict[str, Province]:
    """Province code → province."""
    columns = (
        "code",
        "name_zh",
        "short_zh",
        "name_en",
        "pinyin",
        "aliases",
        "region",
        "region_group",
        "in_regional_catalogue",
        "provenance",
    )
    rows = read_table(folder, "provinces", columns)
    require_unique(rows, "code")
    return {row.text("code"): _province(row) for row in rows}


def _province(row: Row) -> Province:
    return Province(
        code=row.text("code"),
        name_zh=row.text("name_zh"),
        short_zh=row.text("short_zh"),
        name_en=row.text("name_en"),
        pinyin=row.text("pinyin"),
        aliases=row.listed("aliases"),
        region=row.word("region", Region),
        region_group=row.word("region_group", RegionGroup),
        in_regional_catalogue=row.boolean("in_regional_catalogue"),
        provenance=row.provenance(),
    )


def read_prefectures(folder: Traversable, provinces: Collection[str]) -> tuple[Prefecture, ...]:
    """The places below the provinces; no full name stands twice."""
    columns = ("province_code", "name_zh", "short_zh", "provenance")
    rows = read_table(folder, "prefectures", columns)
    require_unique(rows, "name_zh")
    return tuple(
        Prefecture(
            name_zh=row.text("name_zh"),
            short_zh=row.optional("short_zh"),
            province_code=row.known("province_code", provinces),
            provenance=row.provenance(),
        )
        for row in rows
    )


def read_zones(folder: Traversable, provinces: Mapping[str, Province]) -> dict[str, ReferenceZone]:
    """Zone id → national high-tech zone, in file order."""
    columns = (
        "zone_id",
        "name_zh",
        "name_short_zh",
        "aliases_zh",
        "name_en",
        "province_code",
        "city_zh",
        "city_code",
        "approval_year",
        "tier",
        "leading_industries_zh",
        "year_provenance",
        "provenance",
        "source_note",
    )
    rows = read_table(folder, "zones", columns)
    require_unique(rows, "zone_id")
    return {row.text("zone_id"): _zone(row, provinces) for row in rows}


def _zone(row: Row, provinces: Mapping[str, Province]) -> ReferenceZone:
    province_code = row.known("province_code", provinces)
    if not row.text("city_code").startswith(province_code):
        raise row.fault("city_code", f"is not in province {province_code}")
    return ReferenceZone(
        zone_id=row.text("zone_id"),
        name_zh=row.text("name_zh"),
        name_short_zh=row.text("name_short_zh"),
        aliases_zh=row.listed("aliases_zh"),
        name_en=row.text("name_en"),
        province_code=province_code,
        city_zh=row.text("city_zh"),
        city_code=row.text("city_code"),
        region=provinces[province_code].region,
        approval_year=row.optional_integer("approval_year"),
        tier=row.word("tier", ZoneTier),
        leading_industries_zh=row.listed("leading_industries_zh"),
        year_provenance=row.word("year_provenance", Provenance),
        provenance=row.provenance(),
        source_note=row.optional("source_note"),
    )


def read_zone_chains(
    folder: Traversable, zones: Collection[str], chains: Collection[str]
) -> dict[str, ZoneChains]:
    """Zone id → the chains it is known to lead in."""
    columns = ("zone_id", "chain_ids", "provenance", "source_note")
    rows = read_table(folder, "zone_chains", columns)
    require_unique(rows, "zone_id")
    return {row.text("zone_id"): _zone_chains(row, zones, chains) for row in rows}


def _zone_chains(row: Row, zones: Collection[str], chains: Collection[str]) -> ZoneChains:
    row.text("chain_ids")
    return ZoneChains(
        zone_id=row.known("zone_id", zones),
        chain_ids=row.all_known("chain_ids", chains),
        provenance=row.provenance(),
        source_note=row.optional("source_note"),
    )


def read_zone_dimensions(folder: Traversable) -> tuple[ZoneDimension, ...]:
    """The nine dimensions in the article's order."""
    columns = (
        "key",
        "force",
        "force_zh",
        "force_en",
        "name_zh",
        "name_en",
        "indicator_en",
        "provenance",
    )
    rows = read_table(folder, "zone_dimensions", columns)
    require_unique(rows, "key")
    return tuple(
        ZoneDimension(
            key=row.text("key"),
            force=row.choice(
                "force", ("strategy_planning", "resource_integration", "implementation")
            ),
            force_zh=row.text("force_zh"),
            force_en=row.text("force_en"),
            name_zh=row.text("name_zh"),
            name_en=row.text("name_en"),
            indicator_en=row.text("indicator_en"),
            provenance=row.provenance(),
        )
        for row in rows
    )


def read_orientation(folder: Traversable) -> tuple[OrientationRow, ...]:
    """What the article and three policies want favoured where, in file order."""
    columns = (
        "region",
        "kind",
        "kind_zh",
        "role",
        "priority",
        "source",
        "note_zh",
        "provenance",
        "source_note",
    )
    rows = read_table(folder, "orientation", columns)
    require_unique(rows, "region", "kind", "source")
    return tuple(
        OrientationRow(
            region=row.choice("region", ORIENTATION_REGIONS),
            kind=row.text("kind"),
            kind_zh=row.text("kind_zh"),
            role=row.word("role", OrientationRole),
            priority=row.integer("priority"),
            source=row.text("source"),
            note_zh=row.optional("note_zh"),
            provenance=row.provenance(),
            source_note=row.optional("source_note"),
        )
        for row in rows
    )
