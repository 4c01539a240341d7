"""What differs between two references."""

from dataclasses import replace

from matching.reference.differing import FieldChange, differences
from matching.reference.laying import lay
from matching.vocabulary import EditionChange, EditionTable
from tests.matching.reference.editions import (
    ITEMS,
    REFERENCE,
    a_keywords_edition,
    a_landscape_edition,
    a_landscape_row,
    a_link_row,
    a_links_edition,
    an_encouraged_edition,
    link_rows,
)


def test_a_reference_does_not_differ_from_itself() -> None:
    assert differences(REFERENCE, REFERENCE) == ()
    assert differences(REFERENCE, lay(REFERENCE, a_links_edition())) == ()


def test_links_and_edges_that_come_and_go_are_named() -> None:
    first, *rest = link_rows()
    rows = [replace(first, name_zh="改名", customers=()), *rest]
    after = lay(REFERENCE, a_links_edition(rows, "ic", a_link_row(customers=("ic.eda",))))
    there = differences(REFERENCE, after)
    renamed, added = [d for d in there if d.table is EditionTable.LINKS]
    assert (renamed.key, renamed.change) == (first.link_id, EditionChange.CHANGED)
    assert renamed.fields == (FieldChange("name_zh", (first.name_zh,), ("改名",)),)
    assert (added.key, added.change, added.fields) == ("ic.new", EditionChange.ADDED, ())
    edges = {d.key: d.change for d in there if d.table is EditionTable.EDGES}
    gone = dict.fromkeys((f"{first.link_id} > {c}" for c in first.customers), EditionChange.REMOVED)
    assert edges == {"ic.new > ic.eda": EditionChange.ADDED, **gone}
    back = differences(after, REFERENCE)
    assert {d.change for d in back if d.key == "ic.new"} == {EditionChange.REMOVED}
    assert len(back) == len(there)


def test_keywords_differ_as_a_field_of_their_link() -> None:
    (found,) = differences(REFERENCE, lay(REFERENCE, a_keywords_edition()))
    assert (found.table, found.key) == (EditionTable.LINKS, "ic.eda")
    assert [field.field for field in found.fields] == ["keywords_zh", "keywords_en"]
    assert found.fields[0].after == ("版图神器",)


def test_items_differ_by_link_and_province() -> None:
    one = lay(REFERENCE, an_encouraged_edition())
    two = lay(REFERENCE, an_encouraged_edition((replace(ITEMS[1], item_nos=("9",)),)))
    changed, removed = differences(one, two)
    assert (changed.key, changed.change) == ("ic.eda 32", EditionChange.CHANGED)
    assert changed.fields == (FieldChange("item_nos", ("9", "12"), ("9",)),)
    assert (removed.key, removed.change) == ("ic.eda all", EditionChange.REMOVED)


def test_a_landscape_differs_by_link_and_region_group() -> None:
    one = lay(REFERENCE, a_landscape_edition())
    two = lay(one, a_landscape_edition(a_landscape_row(zones_known=12)))
    assert [d.change for d in differences(REFERENCE, one)] == [EditionChange.ADDED]
    (found,) = differences(one, two)
    assert (found.table, found.key) == (EditionTable.LANDSCAPE, "ic.photoresist east")
    assert found.fields == (FieldChange("zones_known", ("10",), ("12",)),)
