"""The negative list with its exceptions, and the encouraged items' numbers by link."""

from collections import defaultdict
from collections.abc import Collection
from importlib.resources.abc import Traversable

from matching.reference.restrictions import CodeMapping, Measure, NegativeException, NegativeItem
from matching.reference.table import Row, read_table, require_unique
from matching.vocabulary import Origin

_ITEM_COLUMNS = (
    "edition", "item_no", "section", "industry_zh", "field_zh", "field_en", "gb4754_codes",
    "wide_codes", "code_mapping", "measure", "measure_kind", "cn_min_share_pct",
    "foreign_max_share_pct", "requirement", "words_zh", "words_en", "unless_zh", "unless_en",
    "description_zh", "description_en", "note", "provenance", "source_note",
)  # fmt: skip


def read_negative_list(
    folder: Traversable, gb4754: Collection[str], provinces: Collection[str]
) -> tuple[NegativeItem, ...]:
    """The items in the list's order, each with the exceptions that open or ease it."""
    rows = read_table(folder, "negative_list", _ITEM_COLUMNS)
    require_unique(rows, "edition", "item_no")
    numbers = {row.text("item_no") for row in rows}
    exceptions = _read_exceptions(folder, numbers, provinces)
    return tuple(_item(row, gb4754, exceptions[row.integer("item_no")]) for row in rows)


def _read_exceptions(
    folder: Traversable, numbers: Collection[str], provinces: Collection[str]
) -> defaultdict[int, list[NegativeException]]:
    columns = (
        "item_no",
        "provinces",
        "origins",
        "countries",
        "name_zh",
        "name_en",
        "description_zh",
        "description_en",
        "source",
        "provenance",
    )
    rows = read_table(folder, "negative_exceptions", columns)
    require_unique(rows, "item_no", "name_zh")
    found: defaultdict[int, list[NegativeException]] = defaultdict(list)
    for row in rows:
        row.known("item_no", numbers)
        found[row.integer("item_no")].append(_exception(row, provinces))
    return found


def _exception(row: Row, provinces: Collection[str]) -> NegativeException:
    row.text("provinces")
    everywhere = row.cell("provinces") == "all"
    row.text("origins")
    return NegativeException(
        item_no=row.integer("item_no"),
        provinces=tuple(provinces) if everywhere else row.all_known("provinces", provinces),
        origins=tuple(map(Origin, row.all_known("origins", (Origin.FOREIGN, Origin.HMT)))),
        countries=row.all_known("countries", ("HK", "MO", "TW")),
        name_zh=row.text("name_zh"),
        name_en=row.text("name_en"),
        description_zh=row.text("description_zh"),
        description_en=row.text("description_en"),
        source=row.text("source"),
        provenance=row.provenance(),
    )


def _item(row: Row, gb4754: Collection[str], exceptions: list[NegativeException]) -> NegativeItem:
    return NegativeItem(
        edition=row.text("edition"),
        item_no=row.integer("item_no"),
        section=row.known("section", gb4754),
        industry_zh=row.text("industry_zh"),
        field_zh=row.text("field_zh"),
        field_en=row.text("field_en"),
        gb4754_codes=row.all_known("gb4754_codes", gb4754),
        wide_codes=row.all_known("wide_codes", gb4754),
        code_mapping=row.word("code_mapping", CodeMapping),
        measure=row.word("measure", Measure),
        measure_kind=row.filled("measure_kind"),
        cn_min_share_pct=_share(row, "cn_min_share_pct"),
        foreign_max_share_pct=_share(row, "foreign_max_share_pct"),
        requirement=row.listed("requirement"),
        words_zh=row.filled("words_zh"),
        words_en=row.filled("words_en"),
        unless_zh=row.listed("unless_zh"),
        unless_en=row.listed("unless_en"),
        description_zh=row.text("description_zh"),
        description_en=row.text("description_en"),
        note=row.optional("note"),
        exceptions=tuple(exceptions),
        provenance=row.provenance(),
        source_note=row.optional("source_note"),
    )


def _share(row: Row, column: str) -> int | None:
    share = row.optional_integer(column)
    if share is not None and share > 100:  # noqa: PLR2004 - a percentage
        raise row.fault(column, "is over 100 %")
    return share


def read_encouraged(
    folder: Traversable, links: Collection[str], provinces: Collection[str]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Link → province → numbers of the regional catalogue's items that may cover the link."""
    columns = ("link_id", "province_code", "item_nos", "provenance")
    rows = read_table(folder, "encouraged", columns)
    require_unique(rows, "link_id", "province_code")
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in rows:
        row.provenance()
        link, province = row.known("link_id", links), row.known("province_code", provinces)
        found[link][province] = row.filled("item_nos")
    return dict(found)
