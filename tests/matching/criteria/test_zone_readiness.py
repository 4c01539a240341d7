from math import isnan

import pytest

from matching.criteria.zone_readiness import CRITERION, assess
from tests.matching.making import TABLES, a_pair, gap_facts, gap_row, investor_row, zone_facts

NINE = (80, 70, 60, 90, 80, 70, 60, 50, 70)
FIVE = (True, True, False, True, False)


@pytest.mark.parametrize(
    ("readiness", "path", "value"),
    [
        (NINE, FIVE, 0.6 * 0.7 + 0.4 * 0.6),
        ((None, *NINE[1:]), FIVE, 0.6 * (5.5 / 9 + 0.4 / 9) + 0.4 * 0.6),
        (NINE, (), 0.6 * 0.7 + 0.4 * 0.4),
        ((), FIVE, 0.6 * 0.4 + 0.4 * 0.6),
        ((), (None, True, None, None, None), 0.6 * 0.4 + 0.4 * (0.2 + 0.8 * 0.4)),
        ((100,) * 9, (True,) * 5, 1.0),
        ((0,) * 9, (False,) * 5, 0.0),
    ],
)
def test_value_is_forces_and_path_with_unknown_ones_neutral(
    readiness: tuple[int | None, ...], path: tuple[bool | None, ...], value: float
) -> None:
    held = a_pair(gap=gap_facts(zone_facts(readiness=readiness, promotion_path=path)))
    assert assess(held.gap.row, held.row, TABLES) == pytest.approx(value)


@pytest.mark.parametrize("reported", [(), (None,) * 9])
def test_a_zone_that_reports_nothing_is_no_evidence(reported: tuple[None, ...]) -> None:
    held = a_pair(gap=gap_facts(zone_facts(readiness=reported)))
    assert isnan(assess(held.gap.row, held.row, TABLES))


@pytest.mark.parametrize(("grade", "key"), [(90, "ready"), (60, "partly_ready"), (5, "not_ready")])
def test_every_level_is_reached(grade: int, key: str) -> None:
    zone = zone_facts(readiness=(grade,) * 9, promotion_path=(grade > 50,) * 5)
    held = a_pair(gap=gap_facts(zone))
    value = assess(held.gap.row, held.row, TABLES)
    if grade == 60:
        value = assess(held.gap.row._replace(path=0.4), held.row, TABLES)
    assert CRITERION.level(value).key == key


def test_evidence_shows_the_two_figures() -> None:
    met = CRITERION.evidence(a_pair(gap=gap_facts(zone_facts(readiness=NINE))))
    assert met.gap_value == "readiness 0.7; promotion_path –"
    assert [label.zh for label in met.assumed] == ["全链路五环节"]


def test_the_investor_does_not_matter() -> None:
    gap = gap_row(forces=0.5, forces_unknown=0.0, path=0.5, path_unknown=0.0)
    poor, rich = investor_row(), investor_row(technology_level=5.0)
    assert assess(gap, poor, TABLES) == assess(gap, rich, TABLES)
