"""Nine wedges and bars of parts: what is unknown is not drawn as nothing."""

import re

import pytest

from service.pages.site.drawing.rose import RADIUS, SIZE, rings, rose
from service.pages.site.drawing.strip import strip

VALUES = [[80.0, None, 0.0], [50.0, 25.0, 100.0], [10.0, 20.0, 30.0]]


def test_wedges_are_numbered_and_keep_their_group() -> None:
    found = rose(VALUES)
    assert [wedge.number for wedge in found] == list(range(1, 10))
    assert [wedge.group for wedge in found] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert [wedge.value for wedge in found] == [value for group in VALUES for value in group]


def test_unknown_and_zero_reach_nowhere_but_are_told_apart() -> None:
    known, unknown, none, *_ = rose(VALUES)
    assert known.path
    assert unknown.path == none.path == ""
    assert unknown.value is None
    assert none.value == 0
    assert unknown.whole


@pytest.mark.parametrize("number", [0, 3, 4, 5])
def test_a_wedge_is_as_long_as_its_value(number: int) -> None:
    wedge = rose(VALUES)[number]
    assert wedge.value is not None
    radius = float(re.findall(r"A([\d.]+)", wedge.path)[0])
    assert radius == pytest.approx(RADIUS * wedge.value / 100, abs=0.06)


def test_numbers_lie_outside_the_circle_and_inside_the_drawing() -> None:
    for wedge in rose(VALUES):
        away = ((wedge.x - SIZE / 2) ** 2 + (wedge.y - SIZE / 2) ** 2) ** 0.5
        assert RADIUS < away < SIZE / 2
    assert max(rings()) == RADIUS


def test_without_dimensions_nothing_is_drawn() -> None:
    assert rose([]) == ()


def test_parts_fill_the_bar() -> None:
    found = strip({"strong": 3, "steady": 0, "weak": 1}, 240)
    assert [(part.name, part.count) for part in found] == [("strong", 3), ("weak", 1)]
    assert found[-1].x + found[-1].width == 240
    assert strip({"strong": 0}, 240) == ()
