"""Wordings asked all at once against `word_affinity` asked one by one."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.text import wordings
from matching.text.wordings import PHRASES, WORDS, Wordings
from matching.text.words import word_affinity
from tests.matching.making import REFERENCE
from tests.matching.text.hostile import NOTHING_SAID, PIECES

KEYWORDS = sorted(
    {word for link in REFERENCE.links.values() for word in (*link.keywords_zh, *link.keywords_en)}
)
SAID = (
    "KrF光刻胶",
    "photo resist",
    "fotoresist materials",
    "lithium-ion batterys",
    "硅片清洗设备",
    "正极材料、负极材料",
    "separators for batteries",
    "不含光刻胶的设备",
    "3D 打印机",
    "12 inch wafers",
    "…",
    "",
)
SEVERAL = KEYWORDS[::23]
HOSTILE = (*NOTHING_SAID, *PIECES)


def meant_by(phrase: str, words: Iterable[str]) -> dict[str, float]:
    found = {word: word_affinity(phrase, word) for word in words}
    return {word: value for word, value in found.items() if value > 0}


def held(kind: wordings.Kind, texts: Iterable[str]) -> Wordings:
    found = Wordings(kind)
    found.add(texts)
    return found


@pytest.mark.parametrize("said", [*SAID, *KEYWORDS[::701]])
def test_the_words_a_phrase_means_are_all_found_and_no_others(said: str) -> None:
    words = (*SEVERAL, *SAID)
    assert held(WORDS, words).met_by(said) == meant_by(said, words)


@pytest.mark.parametrize("word", [*SAID, *KEYWORDS[::701]])
def test_the_phrases_that_mean_a_word_are_all_found_and_no_others(word: str) -> None:
    phrases = (*SEVERAL, *SAID)
    expected = {phrase: word_affinity(phrase, word) for phrase in phrases}
    assert held(PHRASES, phrases).met_by(word) == {p: v for p, v in expected.items() if v > 0}


@given(st.sampled_from(KEYWORDS), st.integers(0, 12), st.sampled_from("aе光1 -"))
@settings(max_examples=150, deadline=None)
def test_a_slip_is_found_wherever_it_is(word: str, at: int, letter: str) -> None:
    slipped = word[:at] + letter + word[at + 1 :]
    assert held(WORDS, [word, "other"]).met_by(slipped) == meant_by(slipped, [word, "other"])
    assert held(WORDS, [slipped]).met_by(word) == meant_by(word, [slipped])


def test_something_of_every_kind_is_met() -> None:
    words = held(WORDS, KEYWORDS)
    values = {
        value
        for said in (*SAID, "photomaks", "cathode materails")
        for value in words.met_by(said).values()
    }
    assert {1.0, 0.9} < values
    assert any(0.8 < value < 0.9 or 0.9 < value < 1 for value in values)


def test_what_is_added_later_is_met_too() -> None:
    words = held(WORDS, ["光刻胶"])
    assert set(words.met_by("KrF光刻胶")) == {"光刻胶"}
    words.add(["光刻胶", "KrF光刻胶"])
    assert words.met_by("KrF光刻胶") == {"光刻胶": 0.9, "KrF光刻胶": 1.0}


def test_answers_are_kept_and_not_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordings, "MOST_KEPT", 2)
    words = held(WORDS, ["光刻胶"])
    first = words.met_by("光刻胶")
    assert words.met_by("光刻胶") is first
    for other in ("a", "b"):
        words.met_by(other)
    assert words.met_by("光刻胶") is not first
    assert words.met_by("光刻胶") == first


def test_hostile_wordings_are_held_and_asked_without_harm() -> None:
    words, phrases = held(WORDS, HOSTILE), held(PHRASES, HOSTILE)
    for text in HOSTILE:
        assert words.met_by(text) == meant_by(text, set(HOSTILE))
        assert all(value > 0 for value in phrases.met_by(text).values())
