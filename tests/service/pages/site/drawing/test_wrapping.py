"""Words in lines: nothing lost, nothing wider than it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages.site.drawing.wrapping import width_of, wrapped


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        pytest.param(
            "Wafer fabrication (foundry)", 9, ["Wafer", "fabrication", "(foundry)"], id="en"
        ),
        pytest.param("光刻与涂胶显影设备", 6, ["光刻与涂胶显", "影设备"], id="zh"),
        pytest.param("CMP抛光材料", 4, ["CMP抛光", "材料"], id="mixed"),
        pytest.param("Extraordinarily", 3, ["Extraordinarily"], id="one word too wide"),
        pytest.param("", 5, [""], id="nothing"),
    ],
)
def test_lines(text: str, ems: float, lines: list[str]) -> None:
    assert wrapped(text, ems) == lines


@given(st.text(st.sampled_from("甲乙丙 abc-/"), max_size=20), st.integers(4, 12))
def test_nothing_is_lost_and_lines_fit(text: str, ems: int) -> None:
    lines = wrapped(text, ems)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        is_one_word = not any(ord(char) > 255 or char in " -/" for char in line.rstrip(" -/"))
        assert width_of(line) <= ems or is_one_word
