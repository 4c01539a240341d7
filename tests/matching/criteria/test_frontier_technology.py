from math import isnan
from typing import Any

import pytest

from matching.codes import IndustryCode
from matching.criteria.frontier_technology import CRITERION, assess
from matching.vocabulary import CodeScheme
from tests.matching.making import TABLES, a_pair, gap_facts, gap_row, investor_facts, investor_row

FULL = {"rd_intensity": 0.08, "rd_centre": 1.0, "high_tech_class": 1.0, "technology_level": 5.0}


@pytest.mark.parametrize(
    ("gap", "investor", "value"),
    [
        ({"zone_technology_level": 3.0}, FULL, 1.0),
        ({"zone_technology_level": 3.0}, {**FULL, "rd_intensity": 0.2}, 1.0),
        ({"zone_technology_level": 4.0}, FULL, 0.9),
        ({"zone_technology_level": 5.0}, {**FULL, "technology_level": 1.0}, 0.8),
        ({}, FULL, 0.88),
        ({"tech_barrier": 3.0}, {"high_tech_class": 0.0}, 0.14 + 0.1 + 0.2 + 0.08),
        ({"tech_barrier": 2.0}, {"high_tech_class": 0.0}, 0.14 + 0.1 + 0.0 + 0.08),
        ({}, {"rd_intensity": 0.04}, 0.175 + 0.1 + 0.08 + 0.08),
        ({}, {"rd_centre": 0.0}, 0.14 + 0.0 + 0.08 + 0.08),
        ({"zone_technology_level": 3.0}, {"technology_level": 5.0}, 0.14 + 0.1 + 0.08 + 0.2),
    ],
)
def test_value_is_research_centre_field_and_level(
    gap: dict[str, float], investor: dict[str, float], value: float
) -> None:
    assert assess(gap_row(**gap), investor_row(**investor), TABLES) == pytest.approx(value)


def test_nothing_known_is_no_evidence() -> None:
    assert isnan(assess(gap_row(tech_barrier=2.0), investor_row(), TABLES))


@pytest.mark.parametrize(
    ("known", "link", "key"),
    [
        ({"rd_intensity_pct": 12.0, "rd_centre_committed": True}, "ic.photoresist", "frontier"),
        ({"rd_intensity_pct": 4.0}, "ic.photoresist", "advanced"),
        ({"rd_intensity_pct": 0.5, "rd_centre_committed": False}, "battery.pack", "ordinary"),
    ],
)
def test_every_level_is_reached(known: dict[str, Any], link: str, key: str) -> None:
    held = a_pair(investor_facts(**known), gap_facts(link_id=link))
    assert CRITERION.level(assess(held.gap.row, held.row, TABLES)).key == key


def test_a_high_technology_class_counts_where_the_barrier_is_lower() -> None:
    electronics = investor_facts(industry_codes=(IndustryCode(CodeScheme.GB4754, "3973"),))
    garments = investor_facts(industry_codes=(IndustryCode(CodeScheme.GB4754, "1811"),))
    gap = gap_facts(link_id="battery.pack")
    assert a_pair(electronics, gap).row.high_tech_class == 1.0
    assert a_pair(garments, gap).row.high_tech_class == 0.0
    assert isnan(a_pair(gap=gap).row.high_tech_class)
    assert "unverified" in CRITERION.evidence(a_pair(garments, gap)).facts[0].source
    assert CRITERION.evidence(a_pair(gap=gap)).facts == ()


def test_sentence_words_say_what_is_known() -> None:
    met = CRITERION.evidence(
        a_pair(investor_facts(rd_intensity_pct=6.5, rd_centre_committed=False))
    )
    assert met.words["rd"].zh == "6.5%"
    assert met.words["centre"].en == "not committed"
    unknown = CRITERION.evidence(a_pair())
    assert unknown.words["rd"].en == "not stated"
    assert unknown.words["centre"].zh == "未说明"
