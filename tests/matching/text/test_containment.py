import pytest

from matching.text.containment import CONTAINED, SHARED_HEAD, VALUES, mentions
from matching.text.grammar import Role
from matching.text.lexicon import Entry, Lexicon
from matching.text.reading import read

WORDS = (
    ("硅片", 0),
    ("清洗设备", 1),
    ("光刻胶", 2),
    ("金刚线", 3),
    ("金刚线切片机", 4),
    ("线束", 5),
    ("航空线束", 6),
    ("CT", 7),
    ("POCT", 8),
    ("电源管理芯片", 9),
    ("芯片设计", 10),
    ("光模块", 2),
    ("光模块", 5),
    ("210", 11),
    ("封装", 12),
    ("封装基板", 13),
    ("固态电池", 14),
    ("电池膜", 15),
)
GROUPS = (0, 0, 0, 1, 1, 2, 3, 4, 4, 0, 0, 1, 0, 0, 1, 1)


def said(phrase: str) -> dict[int, float]:
    lexicon = Lexicon((read(word), Entry(owner, word)) for word, owner in WORDS)
    tokens = read(phrase)
    return {m.entry.owner: m.value for m in mentions(tokens, lexicon.spans(tokens), GROUPS)}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("KrF光刻胶", {2: CONTAINED}),
        ("硅片清洗设备", {0: VALUES[Role.TURNED], 1: CONTAINED}),
        ("硅片与清洗设备", {0: CONTAINED, 1: CONTAINED}),
        ("硅片某某物", {0: VALUES[Role.FRONT]}),
        ("金刚线切片机", {4: CONTAINED}),
        ("金刚线", {3: CONTAINED}),
        ("POCT试纸", {8: VALUES[Role.FRONT]}),
        ("航空线束", {6: CONTAINED, 5: SHARED_HEAD}),
        ("封装基板", {13: CONTAINED}),
        ("电源管理芯片设计", {9: CONTAINED}),
        ("固态电池膜", {14: VALUES[Role.TURNED], 15: CONTAINED}),
        ("高速光模块", {2: CONTAINED, 5: CONTAINED}),
        ("210员工", {}),
        ("用于硅片的光刻胶", {0: VALUES[Role.PURPOSE], 2: CONTAINED}),
        ("硅片某，清洗设备", {0: VALUES[Role.FRONT], 1: CONTAINED}),
        ("", {}),
    ],
)
def test_the_longest_word_and_the_head_count(phrase: str, expected: dict[int, float]) -> None:
    assert said(phrase) == expected


def test_a_head_is_worth_more_than_any_other_place() -> None:
    assert max(VALUES, key=lambda role: VALUES[role]) is Role.HEAD
    assert SHARED_HEAD < CONTAINED


def test_many_words_take_time_in_proportion() -> None:
    assert said("光刻胶、" * 700) == {2: CONTAINED}
