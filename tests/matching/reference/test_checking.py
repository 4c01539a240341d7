"""Every way in which rows cannot be laid over a reference, by row and column."""

from typing import Any

import pytest

from matching.reference.checking import MOST_CHARACTERS, MOST_WORDS, faults_of
from matching.reference.edition import Edition, ItemRow, KeywordRow, KeywordsEdition
from matching.vocabulary import RegionGroup
from tests.matching.reference.editions import (
    NOTE,
    REFERENCE,
    a_keywords_edition,
    a_landscape_edition,
    a_landscape_row,
    a_link_row,
    a_links_edition,
    an_encouraged_edition,
)


def told(edition: Edition) -> list[str]:
    return [str(fault) for fault in faults_of(edition, REFERENCE)]


@pytest.mark.parametrize(
    "edition",
    [
        *(a_links_edition(None, chain_id) for chain_id in REFERENCE.chains),
        a_links_edition(None, "ic", a_link_row()),
        a_keywords_edition(),
        an_encouraged_edition(),
        a_landscape_edition(
            a_landscape_row(),
            a_landscape_row(zones_engaged=0, zones_seeking=0, zones_holding=0, link_id="ic.eda"),
            a_landscape_row(region_group=RegionGroup.NORTHEAST, zones_known=4),
        ),
    ],
)
def test_what_can_be_laid_has_no_fault(edition: Edition) -> None:
    assert told(edition) == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"link_id": "nev.new"}, "column link_id: does not begin with its chain ic"),
        ({"tech_barrier": 4}, "column tech_barrier: is not 1, 2 or 3"),
        ({"name_zh": ""}, "column name_zh: is empty or has spaces around it"),
        ({"name_en": " Glass"}, "column name_en: is empty or has spaces around it"),
        (
            {"name_en": "x" * (MOST_CHARACTERS + 1)},
            f"column name_en: is longer than {MOST_CHARACTERS} characters",
        ),
        ({"name_zh": "甲;乙"}, "column name_zh: holds a semicolon or a line break"),
        ({"keywords_zh": ()}, "column keywords_zh: is empty"),
        ({"keywords_en": ("a", "a")}, "column keywords_en: repeats a part"),
        (
            {"keywords_en": tuple(map(str, range(MOST_WORDS + 1)))},
            f"column keywords_en: has more than {MOST_WORDS} words",
        ),
        ({"keywords_en": ("a\nb",)}, "column keywords_en: holds a semicolon or a line break"),
        ({"gb4754_codes": ("0000",)}, "column gb4754_codes: 0000 is not known"),
        ({"customers": ("nev.motor",)}, "column customers: nev.motor is not known"),
        ({"customers": ("ic.new",)}, "column customers: names the link itself"),
        ({"customers": ("ic.eda", "ic.eda")}, "column customers: repeats a part"),
        ({"confusable_with": ("ic.gone",)}, "column confusable_with: ic.gone is not known"),
        ({"confusable_with": ("ic.eda",)}, "column confusable_with: ic.eda does not name it in"),
        ({"confusable_with": ("ic.new",)}, "column confusable_with: names the link itself"),
    ],
)
def test_a_fault_of_a_link_names_row_and_column(fields: dict[str, Any], fault: str) -> None:
    rows = (a_link_row("ic.eda"), a_link_row(**fields))
    (line,) = told(a_links_edition(rows))
    assert line.startswith(f"row 2 {fault}")


def test_all_faults_are_told_in_the_order_of_the_rows() -> None:
    rows = (a_link_row(name_zh="", name_en=""), a_link_row("ic.b", tech_barrier=0), a_link_row())
    assert [(f.place, f.column) for f in faults_of(a_links_edition(rows), REFERENCE)] == [
        (0, "name_zh"),
        (0, "name_en"),
        (1, "tech_barrier"),
        (2, "link_id"),
    ]
    assert told(a_links_edition(rows))[-1] == "row 3 column link_id: repeats row 1"


def test_a_chain_is_not_made_by_its_links() -> None:
    rows = (a_link_row("moon.rock"),)
    assert told(a_links_edition(rows, "moon")) == ["row 1 column link_id: there is no chain moon"]


@pytest.mark.parametrize("edition", [a_links_edition([]), an_encouraged_edition(())])
def test_an_edition_without_rows_renews_nothing(edition: Edition) -> None:
    assert told(edition) == ["row 1 column link_id: there is no row"]


def test_keywords_are_for_known_links_once() -> None:
    rows = [KeywordRow(link, ("甲",), ("a",)) for link in ("ic.eda", "ic.gone", "ic.eda")]
    assert told(KeywordsEdition(NOTE, (*rows, KeywordRow("ic.ip", (), ("a",))))) == [
        "row 2 column link_id: ic.gone is not known",
        "row 3 column link_id: repeats row 1",
        "row 4 column keywords_zh: is empty",
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (ItemRow("ic.gone", ("1",)), "link_id: ic.gone is not known"),
        (ItemRow("ic.eda", ("1",), "99"), "province_code: 99 is not known"),
        (ItemRow("ic.eda", ()), "item_nos: is empty"),
        (ItemRow("ic.eda", ("1", "1")), "item_nos: repeats a part"),
        (ItemRow("ic.eda", ("第1",)), "item_nos: is not whole numbers"),
        (ItemRow("ic.eda", ("¹",)), "item_nos: is not whole numbers"),
        (ItemRow("ic.ip", ("1",)), "link_id: repeats row 1"),
    ],
)
def test_a_fault_of_an_item_names_row_and_column(row: ItemRow, fault: str) -> None:
    rows = (ItemRow("ic.ip", ("3",)), row)
    assert told(an_encouraged_edition(rows)) == [f"row 2 column {fault}"]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"link_id": "ic.gone"}, "column link_id: ic.gone is not known"),
        ({"link_id": "ic.photoresist"}, "column link_id: repeats row 1"),
        ({"zones_known": 11}, "column zones_known: is not the same in all rows of the region"),
        ({"zones_engaged": 11, "zones_holding": 11}, "column zones_engaged: is more than the zone"),
        ({"zones_engaged": 5}, "column zones_engaged: is not those that hold or seek it, each"),
        ({"zones_engaged": 2}, "column zones_engaged: is not those that hold or seek it, each"),
    ],
)
def test_counts_of_a_landscape_agree_with_one_another(fields: dict[str, Any], fault: str) -> None:
    second = a_landscape_row(**{"link_id": "ic.eda", **fields})
    found = told(a_landscape_edition(a_landscape_row(), second))
    assert len(found) == 1
    assert found[0].startswith(f"row 2 {fault}")
