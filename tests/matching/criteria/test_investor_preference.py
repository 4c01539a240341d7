from math import isnan
from typing import Any

import pytest

from matching.criteria.investor_preference import CRITERION, assess
from matching.vocabulary import Region
from tests.matching.making import TABLES, a_pair, investor_facts


@pytest.mark.parametrize(
    ("known", "value", "key"),
    [
        ({"preferred_provinces": ("32",)}, 1.0, "province"),
        (
            {"preferred_provinces": ("32", "11"), "preferred_regions": (Region.WEST,)},
            1.0,
            "province",
        ),
        ({"preferred_regions": (Region.EAST,)}, 0.8, "region"),
        ({"preferred_provinces": ("11",), "preferred_regions": (Region.EAST,)}, 0.8, "region"),
        ({"preferred_regions": (Region.WEST,)}, 0.0, "elsewhere"),
        ({"preferred_provinces": ("11",)}, 0.0, "elsewhere"),
    ],
)
def test_value_is_how_near_the_zone_is_to_what_is_named(
    known: dict[str, Any], value: float, key: str
) -> None:
    held = a_pair(investor_facts(**known))
    found = assess(held.gap.row, held.row, TABLES)
    assert (found, CRITERION.level(found).key) == (value, key)


def test_no_preference_is_no_evidence() -> None:
    held = a_pair()
    assert isnan(assess(held.gap.row, held.row, TABLES))
    assert CRITERION.evidence(held).investor_value == "–"


def test_evidence_shows_what_was_named() -> None:
    held = a_pair(investor_facts(preferred_provinces=("11",), preferred_regions=(Region.EAST,)))
    met = CRITERION.evidence(held)
    assert (met.investor_value, met.gap_value) == ("11, east", "32 east")
