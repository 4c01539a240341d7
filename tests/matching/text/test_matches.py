import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text.matches import Hit, TextMatch, better, combine


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [(0, 0, 0), (1, 1, 1), (1, 0, 0.4905), (0, 1, 0.9264), (1 / 3, 1, 0.9510), (0, 0.9, 0.8338)],
)
def test_code_and_text_combine_as_in_the_scoring_page(
    code: float, text: float, expected: float
) -> None:
    assert combine(code, text) == pytest.approx(expected, abs=1e-4)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_more_evidence_never_lowers(code: float, text: float, more: float) -> None:
    assert 0 <= combine(code, text) <= 1
    assert combine(max(code, more), text) >= combine(code, text)
    assert combine(code, max(text, more)) >= combine(code, text)


def test_the_better_hit_does_not_depend_on_the_order() -> None:
    a = Hit(0.9, TextMatch.CONTAINED, "硅片")
    b = Hit(0.9, TextMatch.CONTAINED, "大硅片")
    c = Hit(1.0, TextMatch.EXACT, "硅片")
    assert better(a, b) == better(b, a)
    assert better(a, c) == better(c, a) == c
    assert better(None, a) == a


def test_what_either_hit_names_is_named() -> None:
    aside = Hit(0.7, TextMatch.CONTAINED, "硅片")
    named = Hit(0.5, TextMatch.CONTAINED, "大硅片", is_named=True)
    assert better(aside, named) == better(named, aside)
    assert better(aside, named) == Hit(0.7, TextMatch.CONTAINED, "硅片", is_named=True)
