import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matching.text.normalise import MAX_CHARACTERS, contains_words, normalise, readings
from tests.matching.text.hostile import NOTHING_SAID, PIECES, huge


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("光刻胶", "光刻胶"),
        ("光刻膠", "光刻胶"),
        ("ＫｒＦ　光刻胶", "krf 光刻胶"),
        ("KRF光刻胶", "krf光刻胶"),
        ("Lithium-Ion  Battery", "lithium ion battery"),
        ("R&D", "r d"),
        ("PET/CT", "pet/ct"),
        ("2.5D/3D packaging.", "2.5d/3d packaging"),
        ("UN38.3", "un38.3"),
        ("Node.js", "node js"),
        ("光刻胶、显影液；去胶剂", "光刻胶/显影液;去胶剂"),
        ("光刻胶，显影液。", "光刻胶,显影液"),
        ("光刻胶 显影液", "光刻胶/显影液"),
        ("光刻胶（KrF）, ArF", "光刻胶/krf,arf"),
        ("Sold in Asia. Made in Wuhan", "sold in asia;made in wuhan"),
        ("customer's wafers", "customer wafers"),
        ("Kältemittel für Straßen", "kaltemittel fur strassen"),
        ("ﬁber", "fiber"),
        ("光\u200b刻\x00胶", "光刻胶"),
        ("a\ud800b", "ab"),
        ("snake_case", "snake case"),
        ("C++ / C#", "c/c"),
        ("ガラス", "ガラス"),
        ("①②③", "123"),
    ],
)
def test_one_form(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_what_cannot_be_read_is_empty(text: str) -> None:
    assert normalise(text) == ""
    assert readings(text) == ("",)


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_is_read_in_part(piece: str) -> None:
    assert len(normalise(huge(piece))) <= MAX_CHARACTERS


def test_only_the_beginning_counts() -> None:
    beginning = "硅" * MAX_CHARACTERS
    assert normalise(beginning + "片") == normalise(beginning)


@given(st.text(alphabet=st.characters(), max_size=60))
@example("À\u0591")
def test_any_text_has_a_stable_form(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert normalise(text.upper()) == normalise(text.upper().lower())
    assert all(c in ",;/ ." or unicodedata.category(c)[0] in "LNM" for c in once)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("半导体硅片", ("半导体硅片",)),
        ("半導體矽晶圓", ("半导体矽晶圆", "半导体硅晶圆")),
        ("軟體", ("软体", "软件")),
        ("積體電路", ("积体电路", "集成电路")),
        ("光刻膠", ("光刻胶",)),
        ("silicon", ("silicon",)),
        ("", ("",)),
    ],
)
def test_traditional_script_is_also_read_in_the_mainlands_words(
    text: str, expected: tuple[str, ...]
) -> None:
    assert readings(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("substrate", "ate", False),
        ("ate testers", "ATE", False),
        ("ate testers", "ate", True),
        ("rare earth mining", "rare earths", True),
        ("rare earth mining", "earth rare", False),
        ("硅片清洗设备", "清洗", True),
        ("硅片清洗设备", "硅设备", False),
        ("poct试剂", "ct", False),
        ("5g基站", "5g", True),
        ("anything", "", False),
        ("", "word", False),
    ],
)
def test_words_are_found_whole_in_latin_and_anywhere_in_chinese(
    text: str, words: str, expected: bool
) -> None:
    assert contains_words(text, words) is expected
