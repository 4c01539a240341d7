"""Industry classifications, the ways between them, and what their codes are flagged as."""

from collections import defaultdict
from collections.abc import Collection
from importlib.resources.abc import Traversable

from matching.reference.records import (
    Coverage,
    Division,
    ForeignCode,
    GbCode,
    IsicCode,
    SeiField,
    SeiRelation,
)
from matching.reference.table import Row, read_table, require_unique
from matching.vocabulary import CodeScheme, Kind

Ranked = dict[str, tuple[tuple[str, int], ...]]
"""Code → (code of the other classification, rank from 1), best first."""


def read_gb4754(folder: Traversable) -> dict[str, GbCode]:
    """GB/T 4754-2017 code → its entry."""
    columns = ("code", "parent_code", "section", "level", "name_zh", "name_en", "provenance")
    rows = read_table(folder, "gb4754", columns)
    require_unique(rows, "code")
    codes = {row.text("code") for row in rows}
    return {row.text("code"): _gb_code(row, codes) for row in rows}


def _gb_code(row: Row, codes: Collection[str]) -> GbCode:
    return GbCode(
        code=row.text("code"),
        parent_code=row.known("parent_code", codes) if row.cell("parent_code") else None,
        section=row.known("section", codes),
        level=row.choice("level", ("section", "division", "group", "class")),
        name_zh=row.text("name_zh"),
        name_en=row.optional("name_en"),
        provenance=row.provenance(),
    )


def read_isic4(folder: Traversable) -> dict[str, IsicCode]:
    """ISIC Rev.4 code → its entry."""
    columns = ("code", "parent_code", "section", "level", "name_en", "provenance")
    rows = read_table(folder, "isic4", columns)
    require_unique(rows, "code")
    codes = {row.text("code") for row in rows}
    return {row.text("code"): _isic_code(row, codes) for row in rows}


def _isic_code(row: Row, codes: Collection[str]) -> IsicCode:
    return IsicCode(
        code=row.text("code"),
        parent_code=row.known("parent_code", codes) if row.cell("parent_code") else None,
        section=row.known("section", codes),
        level=row.choice("level", ("section", "division", "group", "class")),
        name_en=row.text("name_en"),
        provenance=row.provenance(),
    )


def read_gb_to_isic(
    folder: Traversable, gb4754: Collection[str], isic4: Collection[str]
) -> tuple[Ranked, Ranked]:
    """The crosswalk from GB/T 4754 classes to ISIC classes, and the same reversed."""
    rows = read_table(folder, "gb_to_isic", ("gb_code", "isic_code", "rank", "provenance"))
    require_unique(rows, "gb_code", "isic_code")
    there: dict[str, list[tuple[str, int]]] = defaultdict(list)
    back: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in rows:
        row.provenance()
        gb, isic = row.known("gb_code", gb4754), row.known("isic_code", isic4)
        rank = row.integer("rank")
        if rank < 1:
            raise row.fault("rank", "is below 1")
        there[gb].append((isic, rank))
        back[isic].append((gb, rank))
    return _best_first(there), _best_first(back)


def _best_first(found: dict[str, list[tuple[str, int]]]) -> Ranked:
    return {
        code: tuple(sorted(pairs, key=lambda pair: (pair[1], pair[0])))
        for code, pairs in sorted(found.items())
    }


def read_foreign(folder: Traversable, isic4: Collection[str]) -> tuple[ForeignCode, ...]:
    """The codes of nine foreign classifications with their ISIC classes."""
    columns = ("scheme", "code", "isic_codes", "provenance")
    rows = read_table(folder, "foreign_to_isic", columns)
    require_unique(rows, "scheme", "code")
    return tuple(_foreign_code(row, isic4) for row in rows)


def _foreign_code(row: Row, isic4: Collection[str]) -> ForeignCode:
    row.text("isic_codes")
    return ForeignCode(
        scheme=row.word("scheme", CodeScheme),
        code=row.text("code"),
        isic_codes=row.all_known("isic_codes", isic4),
        provenance=row.provenance(),
    )


def read_sei(folder: Traversable) -> dict[str, SeiField]:
    """Strategic emerging industry code → field or part of one."""
    rows = read_table(folder, "sei", ("code", "parent_code", "level", "name_zh", "provenance"))
    require_unique(rows, "code")
    codes = {row.text("code") for row in rows}
    return {
        row.text("code"): SeiField(
            code=row.text("code"),
            parent_code=row.known("parent_code", codes) if row.cell("parent_code") else None,
            level=row.integer("level"),
            name_zh=row.text("name_zh"),
            provenance=row.provenance(),
        )
        for row in rows
    }


def read_sei_by_gb(
    folder: Traversable, gb4754: Collection[str], sei: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """GB/T 4754 class → strategic emerging industries it is related to (every one in part)."""
    columns = ("gb_code", "sei_code", "coverage", "provenance")
    rows = read_table(folder, "sei_by_gb", columns)
    require_unique(rows, "gb_code", "sei_code")
    related: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        row.provenance()
        row.choice("coverage", ("partial",))
        related[row.known("gb_code", gb4754)].append(row.known("sei_code", sei))
    return {code: tuple(fields) for code, fields in related.items()}


def read_sei_by_link(
    folder: Traversable, links: Collection[str], sei: Collection[str]
) -> dict[str, tuple[SeiRelation, ...]]:
    """Link → its strategic emerging and future industries, full ones first; no entry for none."""
    columns = ("link_id", "sei_code", "coverage", "provenance", "source_note")
    rows = read_table(folder, "sei_by_link", columns)
    require_unique(rows, "link_id", "sei_code")
    related: dict[str, list[SeiRelation]] = defaultdict(list)
    for row in rows:
        relation = SeiRelation(
            link_id=row.known("link_id", links),
            sei_code=row.known("sei_code", sei),
            coverage=row.word("coverage", Coverage),
            provenance=row.provenance(),
            source_note=row.optional("source_note"),
        )
        related[relation.link_id].append(relation)
    order = tuple(Coverage)
    return {
        link: tuple(sorted(found, key=lambda relation: order.index(relation.coverage)))
        for link, found in related.items()
    }


def read_high_tech(folder: Traversable, gb4754: Collection[str]) -> frozenset[str]:
    """The GB/T 4754 classes of high-technology manufacturing and services."""
    rows = read_table(folder, "high_tech", ("gb_code", "family", "provenance"))
    for row in rows:
        row.choice("family", ("manufacturing", "services"))
    return _flagged(rows, gb4754)


def read_producer_services(folder: Traversable, gb4754: Collection[str]) -> frozenset[str]:
    """The GB/T 4754 classes of producer services."""
    return _flagged(read_table(folder, "producer_services", ("gb_code", "provenance")), gb4754)


def _flagged(rows: list[Row], gb4754: Collection[str]) -> frozenset[str]:
    require_unique(rows, "gb_code")
    for row in rows:
        row.provenance()
    return frozenset(row.known("gb_code", gb4754) for row in rows)


def read_divisions(folder: Traversable, gb4754: Collection[str]) -> dict[str, Division]:
    """GB/T 4754 division → its usual factor kind and flags."""
    columns = (
        "code",
        "name_zh",
        "kind",
        "disputed",
        "high_energy",
        "strategic_emerging",
        "high_end_service",
        "producer_service",
        "high_tech_manufacturing",
        "provenance",
    )
    rows = read_table(folder, "divisions", columns)
    require_unique(rows, "code")
    return {
        row.text("code"): Division(
            code=row.known("code", gb4754),
            name_zh=row.text("name_zh"),
            kind=row.optional_word("kind", Kind),
            disputed=row.boolean("disputed"),
            high_energy=row.boolean("high_energy"),
            strategic_emerging=row.boolean("strategic_emerging"),
            high_end_service=row.boolean("high_end_service"),
            producer_service=row.boolean("producer_service"),
            high_tech_manufacturing=row.boolean("high_tech_manufacturing"),
            provenance=row.provenance(),
        )
        for row in rows
    }
