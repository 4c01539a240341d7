"""An edition laid over the reference: what it renews, what stays, and the digest."""

from dataclasses import replace

import pytest

from matching.emerging import encouraged
from matching.reference.edition import Edition, KeywordRow
from matching.reference.laying import lay
from matching.reference.texts import Texts
from matching.text.placement import Placer
from tests.matching.reference.editions import (
    ITEMS,
    REFERENCE,
    a_keywords_edition,
    a_link_row,
    a_links_edition,
    an_encouraged_edition,
    link_rows,
)

TEXTS = Texts("2025", "sha256:texts", {"7": "第七项"}, {}, frozenset({"39"}), ())


@pytest.mark.parametrize("chain_id", REFERENCE.chains)
def test_the_same_rows_again_change_the_digest_and_nothing_else(chain_id: str) -> None:
    laid = lay(REFERENCE, a_links_edition(None, chain_id))
    assert list(laid.links.values()) == list(REFERENCE.links.values())
    assert set(laid.edges) == set(REFERENCE.edges)
    assert (laid.suppliers, laid.customers) == (REFERENCE.suppliers, REFERENCE.customers)
    assert laid.sei_by_link == REFERENCE.sei_by_link
    assert laid.digest != REFERENCE.digest
    assert laid.editions[f"links.{chain_id}"] == "2027"
    assert laid.notes[f"links.{chain_id}"].source == "tests"


def test_a_chain_is_renewed_where_it_stood() -> None:
    rows = [row for row in link_rows("nev") if row.link_id != "nev.motor"]
    kept = [replace(r, customers=tuple(c for c in r.customers if c != "nev.motor")) for r in rows]
    new = a_link_row("nev.new", customers=(kept[0].link_id,))
    trimmed = [
        replace(row, confusable_with=tuple(c for c in row.confusable_with if c != "nev.motor"))
        for row in kept
    ]
    laid = lay(REFERENCE, a_links_edition([*trimmed, new], "nev"))
    assert "nev.motor" not in laid.links
    assert "nev.motor" not in laid.suppliers
    assert laid.customers["nev.new"] == (kept[0].link_id,)
    assert "nev.new" in laid.suppliers[kept[0].link_id]
    assert [link.number for link in laid.links.values()] == list(range(len(laid.links)))
    others = [link for link in laid.links if not link.startswith("nev.")]
    assert others == [link for link in REFERENCE.links if not link.startswith("nev.")]
    assert "nev.motor" not in laid.encouraged_by_link
    assert "nev.motor" in REFERENCE.links


def test_a_link_keeps_its_items_and_a_new_one_has_none() -> None:
    laid = lay(REFERENCE, a_links_edition(None, "ic", a_link_row()))
    assert laid.links["ic.eda"].encouraged_items == REFERENCE.links["ic.eda"].encouraged_items
    assert laid.links["ic.new"].encouraged_items == ()
    assert "ic.new" not in laid.sei_by_link


def test_products_are_placed_by_the_keywords_of_the_edition() -> None:
    laid = lay(REFERENCE, a_keywords_edition())
    assert Placer(laid).links(["版图神器"], ())[0].link_id == "ic.eda"
    assert laid.links["ic.ip"] is REFERENCE.links["ic.ip"]
    assert REFERENCE.links["ic.eda"].keywords_zh[0] == "EDA"


def test_the_catalogue_is_renewed_as_a_whole() -> None:
    laid = lay(REFERENCE, an_encouraged_edition())
    assert laid.links["ic.eda"].encouraged_items == ("7",)
    assert laid.encouraged_by_link == {"ic.eda": {"32": ("9", "12")}}
    assert not any(link.encouraged_items for link in laid.links.values() if link.number)
    assert laid.editions["encouraged"] == "2027"
    assert REFERENCE.editions["encouraged"] == "2025"
    assert laid.texts is None


def test_texts_of_another_edition_of_the_catalogue_are_not_quoted() -> None:
    with_texts = replace(REFERENCE, texts=TEXTS)
    laid = lay(with_texts, an_encouraged_edition())
    assert laid.texts is not None
    assert (laid.texts.edition, laid.texts.national, laid.texts.divisions) == (None, {}, set())
    assert encouraged(laid.links["ic.ip"], "32", laid) != 0.0
    same = replace(an_encouraged_edition(), note=replace(laid.notes["encouraged"], edition="2025"))
    assert lay(with_texts, same).texts is TEXTS
    assert lay(with_texts, a_keywords_edition()).texts is TEXTS


def test_editions_lie_on_each_other_and_their_order_counts() -> None:
    one, two = a_keywords_edition(), a_keywords_edition(zh="版图工具")
    upon = lay(lay(REFERENCE, one), two)
    assert upon.links["ic.eda"].keywords_zh == ("版图工具",)
    assert upon.digest != lay(lay(REFERENCE, two), one).digest
    assert upon.digest == lay(lay(REFERENCE, one), two).digest


@pytest.mark.parametrize(
    ("edition", "told"),
    [
        (a_links_edition([a_link_row(name_zh="")]), r"edition links.ic: row 1 column name_zh: is"),
        (a_keywords_edition("ic.gone"), "edition keywords: row 1 column link_id: ic.gone is not"),
        (an_encouraged_edition((*ITEMS, ITEMS[0])), "row 3 column link_id: repeats row 1"),
    ],
)
def test_what_cannot_be_laid_names_the_row(edition: Edition, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        lay(REFERENCE, edition)


def test_keywords_of_a_link_that_another_edition_brought_can_be_renewed() -> None:
    below = lay(REFERENCE, a_links_edition(None, "ic", a_link_row()))
    rows = (KeywordRow("ic.new", ("TGV玻璃",), ("TGV glass",)),)
    laid = lay(below, replace(a_keywords_edition(), rows=rows))
    assert laid.links["ic.new"].keywords_en == ("TGV glass",)
