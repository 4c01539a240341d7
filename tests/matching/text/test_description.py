import pytest

from matching.text.description import ASIDE, described
from matching.text.matches import Hit, TextMatch


def hit(value: float, word: str) -> Hit:
    return Hit(value, TextMatch.CONTAINED, word)


def test_what_is_spoken_of_most_keeps_its_value() -> None:
    found = described([(1, hit(0.9, "隔膜")), (1, hit(0.9, "湿法隔膜")), (2, hit(0.9, "电池"))])
    assert found[1].value == pytest.approx(0.9)
    assert found[2].value == pytest.approx(0.9 * (ASIDE + (1 - ASIDE) / 2))


def test_a_word_said_twice_counts_once_at_its_best() -> None:
    found = described([(1, hit(0.5, "隔膜")), (1, hit(0.9, "隔膜")), (2, hit(0.9, "电池"))])
    assert found[1] == found[2].__class__(0.9, TextMatch.CONTAINED, "隔膜")
    assert found[2].value == pytest.approx(0.9)


def test_nothing_said_is_nothing() -> None:
    assert described([]) == {}
