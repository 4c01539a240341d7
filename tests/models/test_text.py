import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text import (
    ChainId,
    Key,
    LanguageTag,
    LinkId,
    LongText,
    Name,
    ProvinceCode,
    ShortText,
    ZoneCode,
    clean_line,
    clean_lines,
)
from tests.models.bodies import accept, refuse

FREE = [Name, ShortText, LongText, Key]
ONE_LINE = [Name, ShortText, Key]
LENGTHS = [(Name, 500), (ShortText, 500), (LongText, 5000), (Key, 100)]


@pytest.mark.parametrize("kind", FREE)
@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("光刻胶", "光刻胶"),
        ("  光刻胶\t\n", "光刻胶"),
        ("\u3000光刻胶\u00a0", "光刻胶"),
        ("\ufeff光刻胶\u200b", "光刻胶"),
        ("Cafe\u0301", "Café"),
        ("a\u200db", "a\u200db"),
        ("א\u200eb", "א\u200eb"),
        ("𠮷野家", "𠮷野家"),
        ("😀", "😀"),
        ("A&B <script>", "A&B <script>"),
    ],
)
def test_text_is_stripped_and_composed(kind: Any, value: str, kept: str) -> None:
    assert accept(kind, value) == kept


@pytest.mark.parametrize("kind", FREE)
@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "blank"),
        (" \t\n", "blank"),
        ("\u200b\u2060\ufeff", "blank"),
        ("\u202e\u2066", "blank"),
        ("\u2028", "blank"),
        ("a\x00b", "control character"),
        ("a\x1bb", "control character"),
        ("a\x7fb", "control character"),
        ("a\x85b", "control character"),
        ("a\x9fb", "control character"),
        ("a\ud800", "surrogate"),
        ("\udfffb", "surrogate"),
        ("\ud83d\ude00", "surrogate"),
        ("a\u202egnp.exe", "direction"),
        ("a\u202ab\u202c", "direction"),
        ("\u2066a\u2069", "direction"),
        (1, "valid string"),
        (None, "valid string"),
        (["a"], "valid string"),
        (True, "valid string"),
    ],
)
def test_text_refuses(kind: Any, value: object, message: str) -> None:
    assert message in refuse(kind, value)


@pytest.mark.parametrize("kind", ONE_LINE)
@pytest.mark.parametrize("value", ["a\nb", "a\rb", "a\tb"])
def test_one_line_has_no_breaks(kind: Any, value: str) -> None:
    assert "control character" in refuse(kind, value)


@pytest.mark.parametrize(
    ("value", "kept"), [("a\nb", "a\nb"), ("a\r\nb\rc", "a\nb\nc"), ("a\tb", "a\tb")]
)
def test_long_text_keeps_breaks_and_tabs(value: str, kept: str) -> None:
    assert accept(LongText, value) == kept


@pytest.mark.parametrize(("kind", "length"), LENGTHS)
def test_length_counts_characters_after_stripping(kind: Any, length: int) -> None:
    assert accept(kind, f" {'链' * length} ") == "链" * length
    assert f"at most {length} characters" in refuse(kind, "链" * (length + 1))


@pytest.mark.parametrize(("kind", "length"), LENGTHS)
def test_a_megabyte_is_refused_by_its_length(kind: Any, length: int) -> None:
    assert f"at most {length} characters" in refuse(kind, "x" * 1_000_000)


def test_no_message_repeats_the_value() -> None:
    assert "secret" not in refuse(Name, "secret\x00")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_what_is_accepted_is_clean_and_stays_as_it_is(value: str) -> None:
    try:
        kept = clean_line(value)
    except ValueError:
        return
    assert isinstance(kept, str)
    assert kept
    assert kept == kept.strip()
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(unicodedata.category(character) == "Cc" for character in kept)
    assert clean_line(kept) == kept


@given(st.text(max_size=100), st.characters(categories=["Cs"]), st.text(max_size=100))
def test_half_a_pair_is_never_accepted(before: str, half: str, after: str) -> None:
    for clean in (clean_line, clean_lines):
        with pytest.raises(ValueError, match="surrogate"):
            clean(before + half + after)


@given(
    st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1),
    st.sampled_from([chr(n) for n in [*range(9), *range(14, 28), *range(127, 133)]]),
)
def test_a_control_character_inside_is_never_accepted(word: str, control: str) -> None:
    for clean in (clean_line, clean_lines):
        with pytest.raises(ValueError, match="control"):
            clean(word + control + word)


@given(st.one_of(st.integers(), st.none(), st.lists(st.text()), st.binary()))
def test_what_is_no_string_is_left_for_pydantic(value: object) -> None:
    assert clean_line(value) is value
    assert clean_lines(value) is value


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        (ZoneCode, ["CNHTZ-3205", "z", "Suzhou_1.a", "9"]),
        (ChainId, ["ic", "new_mat", "x1"]),
        (LinkId, ["ic.photoresist", "ic.wafer_si"]),
        (ProvinceCode, ["11", " 32 "]),
        (LanguageTag, ["zh", "en", "zh-Hant", "pt-BR", "yue"]),
    ],
)
def test_codes_accept(kind: Any, good: list[str]) -> None:
    assert [accept(kind, value) for value in good] == [value.strip() for value in good]


@pytest.mark.parametrize(
    ("kind", "bad"),
    [
        (ZoneCode, ["", "-a", "a b", "高新区", "a/b", "x" * 41, "a\n"[::-1] + "b c"]),
        (ChainId, ["IC", "i c", "ic.photoresist", "", "x" * 41]),
        (LinkId, ["ic", "ic.", ".x", "ic.a.b", "IC.EDA", "ic/eda", f"ic.{'x' * 80}"]),
        (ProvinceCode, ["1", "320000", "3a", "３２", "江苏"]),
        (LanguageTag, ["z", "chinese-", "ZH", "zh_CN", "1", "x" * 21]),
    ],
)
def test_codes_refuse(kind: Any, bad: list[str]) -> None:
    for value in bad:
        assert refuse(kind, value)
