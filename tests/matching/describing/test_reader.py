import pytest

from matching.describing.passages import Passage
from matching.describing.reader import Reader, saturate
from matching.describing.thesaurus import Business


def a_business(*words: str) -> Business:
    return Business(words, (), ())


READER = Reader(
    [a_business("battery", "电池"), a_business("lithium battery", "锂电池"), a_business("电池")]
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("lithium batteries", {1}),
        ("batteries", {0}),
        ("锂电池", {1}),
        ("电池", {0, 2}),
        ("nothing", set[int]()),
        ("", set[int]()),
    ],
)
def test_the_longest_word_is_meant(text: str, numbers: set[int]) -> None:
    assert set(READER.read([Passage(text, 1.0)])) == numbers


def test_a_shared_word_says_less_and_repetition_ever_less() -> None:
    once = READER.read([Passage("battery 电池", 1.0)])
    assert once[0] > once[2]
    twice = READER.read([Passage("battery", 2.0)])[0]
    assert READER.read([Passage("battery", 1.0)])[0] < twice
    assert twice < 2 * READER.read([Passage("battery", 1.0)])[0]


def test_words_without_letters_or_too_long_are_left_out() -> None:
    reader = Reader([a_business("…", "one two three four five six seven")])
    assert reader.read([Passage("one two three four five six seven", 1.0)]) == {}


def test_saturation() -> None:
    assert saturate(0) == 0
    assert 0.9 < saturate(10) < 1
