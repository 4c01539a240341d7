"""What is the same in characters: the unseen is gone, accents and scripts are one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text.characters import (
    in_mainland_words,
    simplified,
    without_accents,
    without_invisible,
)

UNSEEN = "\u200b\u200d\u2060\ufeff\u00ad\u202e\u2066\ufe0f\u115f\u3164\u2800\ue000\x00\x7f\ud800"


@pytest.mark.parametrize("character", UNSEEN, ids=lambda c: f"U+{ord(c):04X}")
def test_what_is_not_seen_is_gone(character: str) -> None:
    assert without_invisible(f"光{character}刻") == "光刻"


@pytest.mark.parametrize("character", " \t\n\x85\u3000é光-")
def test_spaces_breaks_and_letters_stay(character: str) -> None:
    assert without_invisible(character) == character


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("façade", "facade"),
        ("e\u0301\u0323", "e"),
        ("müller ガ", "muller ガ"),
        ("й", "й"),
        ("plain", "plain"),
        ("ﬁ", "fi"),
    ],
)
def test_marks_leave_latin_letters_only(text: str, plain: str) -> None:
    assert without_accents(text) == plain


@given(st.text(max_size=30))
def test_nothing_is_left_to_take_away(text: str) -> None:
    once = without_accents(text.casefold())
    assert unicodedata.is_normalized("NFKC", once)
    assert without_invisible(without_invisible(text)) == without_invisible(text)


def test_scripts_are_one_and_words_may_be() -> None:
    assert simplified("矽晶圓 wafer") == "矽晶圆 wafer"
    assert in_mainland_words("矽晶圓") == "硅晶圆"
    assert simplified("wafer") == "wafer"
