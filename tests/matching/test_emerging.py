from dataclasses import replace
from math import isnan

import pytest

from matching.codes import IndustryCode
from matching.emerging import BY_DIVISION, RELATED, encouraged, fields_of_codes, of_link
from matching.reference.records import Coverage
from matching.reference.texts import Texts
from matching.vocabulary import CodeScheme
from tests.matching.making import REFERENCE, investor_facts

TEXTS = Texts(
    edition="2025",
    digest="sha256:0",
    national={"1": "示例条目"},
    regional={},
    divisions=frozenset({"39"}),
    guidance=(),
)


@pytest.mark.parametrize("link_id", sorted(REFERENCE.links))
def test_a_link_is_or_is_related_or_is_not(link_id: str) -> None:
    coverages = {r.coverage for r in REFERENCE.sei_by_link.get(link_id, ())}
    expected = 1.0 if Coverage.FULL in coverages else RELATED if coverages else 0.0
    assert of_link(REFERENCE.links[link_id], REFERENCE) == expected


def test_photoresist_is_strategic() -> None:
    assert of_link(REFERENCE.links["ic.photoresist"], REFERENCE) == 1.0


def test_own_classes_are_related_to_fields() -> None:
    own = investor_facts(industry_codes=(IndustryCode(CodeScheme.GB4754, "3973"),))
    assert fields_of_codes(own, REFERENCE)
    foreign = investor_facts(industry_codes=(IndustryCode(CodeScheme.NACE2, "26.11"),))
    assert fields_of_codes(foreign, REFERENCE) == ()


def first_link(*, has_items: bool) -> str:
    return next(
        link.link_id
        for link in REFERENCE.links.values()
        if bool(link.encouraged_items) is has_items
        and "32" not in REFERENCE.encouraged_by_link.get(link.link_id, {})
    )


def test_an_item_that_covers_the_link_counts_with_or_without_the_text() -> None:
    link = REFERENCE.links[first_link(has_items=True)]
    assert encouraged(link, "32", REFERENCE) == 1.0
    assert encouraged(link, "32", replace(REFERENCE, texts=TEXTS)) == 1.0


def test_a_regional_item_counts_in_its_province_only() -> None:
    link_id, provinces = next(
        (link_id, provinces)
        for link_id, provinces in REFERENCE.encouraged_by_link.items()
        if not REFERENCE.links[link_id].encouraged_items
    )
    province = next(iter(provinces))
    elsewhere = next(code for code in REFERENCE.provinces if code not in provinces)
    link = REFERENCE.links[link_id]
    assert encouraged(link, province, REFERENCE) == 1.0
    assert isnan(encouraged(link, elsewhere, REFERENCE))


def test_without_item_and_text_nothing_can_be_said() -> None:
    link = REFERENCE.links[first_link(has_items=False)]
    assert isnan(encouraged(link, "32", REFERENCE))
    loaded = replace(REFERENCE, texts=replace(TEXTS, divisions=frozenset({"99"})))
    assert encouraged(link, "32", loaded) == 0.0
    division = link.gb4754_codes[0][:2]
    near = replace(REFERENCE, texts=replace(TEXTS, divisions=frozenset({division})))
    assert encouraged(link, "32", near) == BY_DIVISION
