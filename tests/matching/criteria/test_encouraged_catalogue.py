from dataclasses import replace
from math import isnan

import pytest

from matching.criteria.encouraged_catalogue import CRITERION, assess
from tests.matching.making import (
    REFERENCE,
    TABLES,
    a_pair,
    gap_facts,
    gap_row,
    investor_row,
    zone_facts,
)
from tests.matching.test_emerging import TEXTS


@pytest.mark.parametrize(("value", "key"), [(1.0, "item"), (0.6, "division"), (0.0, "none")])
def test_every_level_is_reached(value: float, key: str) -> None:
    found = assess(gap_row(encouraged=value), investor_row(), TABLES)
    assert (found, CRITERION.level(found).key) == (value, key)


def test_nothing_known_is_no_evidence() -> None:
    assert isnan(assess(gap_row(), investor_row(), TABLES))


def test_the_items_number_is_quoted_and_nothing_is_promised() -> None:
    held = a_pair()
    met = CRITERION.evidence(held)
    number = held.gap.link.encouraged_items[0]
    assert number in met.words["items"].zh
    assert number in met.words["items"].en
    level = CRITERION.level(1.0)
    assert "不构成优惠承诺" in level.zh
    assert "May be" in level.en
    assert met.facts == ()


def test_the_text_is_quoted_where_it_is_loaded() -> None:
    held = a_pair()
    number = held.gap.link.encouraged_items[0]
    loaded = replace(REFERENCE, texts=replace(TEXTS, national={number: "示例条目"}))
    met = CRITERION.evidence(replace(held, reference=loaded))
    assert [fact.zh for fact in met.facts] == [f"第{number}项：示例条目"]
    assert met.facts[0].source == "catalogue 2025"


def test_a_regional_item_names_its_province() -> None:
    link_id, provinces = next(iter(REFERENCE.encouraged_by_link.items()))
    province = next(iter(provinces))
    zone = zone_facts(REFERENCE.provinces[province].region, province_code=province)
    met = CRITERION.evidence(a_pair(gap=gap_facts(zone, link_id=link_id)))
    assert REFERENCE.provinces[province].short_zh in met.words["items"].zh


def test_no_item_is_a_dash() -> None:
    plain = next(
        link
        for link in REFERENCE.links.values()
        if not link.encouraged_items
        and "32" not in REFERENCE.encouraged_by_link.get(link.link_id, {})
    )
    met = CRITERION.evidence(a_pair(gap=gap_facts(link_id=plain.link_id)))
    assert met.words["items"].en == "–"
