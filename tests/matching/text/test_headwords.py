import re

import pytest

from matching.text import headwords


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        (headwords.DOING, "生产"),
        (headwords.DOING, "生产线"),
        (headwords.DOING, "suppliers"),
        (headwords.DOING, "manufacturing"),
        (headwords.LOOSE, "解决方案"),
        (headwords.LOOSE, "materials"),
        (headwords.LOOSE, "药物"),
        (headwords.LOOSE, "drugs"),
        (headwords.TURNING, "设备"),
        (headwords.TURNING, "recycling"),
        (headwords.ENDING, "以及"),
        (headwords.ENDING, "including"),
        (headwords.ENDING, "but"),
    ],
)
def test_a_word_is_taken_whole(pattern: str, word: str) -> None:
    found = re.match(pattern, word)
    assert found is not None
    assert found.group() == word


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        (headwords.DOING, "supplyside"),
        (headwords.DOING, "plantation"),
        (headwords.LOOSE, "systemic"),
        (headwords.TURNING, "toolbox"),
        (headwords.ENDING, "android"),
        (headwords.LOOSE, "drugstore"),
        (headwords.DOING, "光刻胶"),
    ],
)
def test_a_longer_english_word_is_another_one(pattern: str, word: str) -> None:
    assert re.match(pattern, word) is None
