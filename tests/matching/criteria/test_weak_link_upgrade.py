from math import isnan, nan
from typing import Any

import pytest

from matching.criteria.weak_link_upgrade import CRITERION, LEVELS, assess
from matching.vocabulary import GapKind, SmartManufacturing
from tests.matching.making import TABLES, a_pair, gap_facts, gap_row, investor_facts, investor_row

BEST = {"technology_level": 5.0, "rd_centre": 1.0, "smart_share": 1.0}


@pytest.mark.parametrize(
    ("gap", "investor", "value"),
    [
        ({"zone_technology_level": 3.0}, BEST, 1.0),
        ({"zone_technology_level": 2.0}, {**BEST, "technology_level": 4.0}, 1.0),
        ({"zone_technology_level": 3.0}, {**BEST, "technology_level": 4.0}, 0.76),
        ({"zone_technology_level": 3.0}, {**BEST, "technology_level": 3.0}, 0.52),
        ({"zone_technology_level": 3.0}, {**BEST, "technology_level": 2.0}, 0.4),
        ({"zone_technology_level": 5.0}, BEST, 1.0),
        ({"technology_level_wanted": 4.0}, {**BEST, "technology_level": 4.0}, 1.0),
        ({"technology_level_wanted": 4.0}, {**BEST, "technology_level": 3.0}, 0.82),
        ({"technology_level_wanted": 5.0}, {**BEST, "technology_level": 1.0}, 0.4),
        ({}, BEST, 0.6 * 0.4 + 0.4),
        ({"technology_level_wanted": 4.0}, {"technology_level": 4.0}, 0.6 + 0.4 * 0.4),
        ({}, {"rd_intensity": 0.025}, 0.24 + 0.1 + 0.08),
        ({}, {"rd_intensity": 0.05, "rd_centre": 0.0}, 0.24 + 0.2 + 0.08),
        ({}, {"rd_centre": 0.0}, 0.24 + 0.0 + 0.08),
    ],
)
def test_value_is_lift_research_and_smart_making(
    gap: dict[str, float], investor: dict[str, Any], value: float
) -> None:
    assert assess(gap_row(**gap), investor_row(**investor), TABLES) == pytest.approx(value)


def test_nothing_known_is_no_evidence() -> None:
    assert isnan(assess(gap_row(technology_level_wanted=3.0), investor_row(), TABLES))
    assert CRITERION.level(nan).key == "no_evidence"


@pytest.mark.parametrize(
    ("technology_level", "rd_centre", "smart", "key"),
    [
        (5, True, tuple(SmartManufacturing), "strong_lift"),
        (3, True, (), "lift"),
        (2, False, (), "some_lift"),
        (1, False, (SmartManufacturing.LEAN,), "no_lift"),
    ],
)
def test_every_level_is_reached_and_names_both_levels(
    technology_level: int,
    rd_centre: bool,
    smart: tuple[SmartManufacturing, ...],
    key: str,
) -> None:
    held = a_pair(
        investor_facts(
            technology_level=technology_level,
            rd_centre_committed=rd_centre,
            smart_manufacturing=smart,
        ),
        gap_facts(kind=GapKind.WEAK, technology_level_wanted=4),
    )
    level = CRITERION.level(assess(held.gap.row, held.row, TABLES))
    met = CRITERION.evidence(held)
    assert level.key == key
    assert met.words["level"].zh == str(technology_level)
    assert met.words["wanted"].en == "4"


def test_evidence_names_what_was_assumed() -> None:
    met = CRITERION.evidence(a_pair(investor_facts(technology_level=4)))
    assert [label.en for label in met.assumed] == ["technology level", "R&D", "smart manufacturing"]
    assert met.words["wanted"].zh == "未说明"


def test_every_level_key_is_distinct() -> None:
    assert len({level.key for level in LEVELS}) == len(LEVELS)
