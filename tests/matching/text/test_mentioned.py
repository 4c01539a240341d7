import pytest

from matching.text.matcher import Matcher, Owner
from matching.text.matches import TextMatch
from matching.text.mentioned import NO_MENTION, best_mentions


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher((Owner(("硅片", "silicon wafer"), 0), Owner(("光刻机",), 0)))


def test_the_best_of_several_phrases_names_its_phrase(matcher: Matcher) -> None:
    phrases = ("高纯硅片", "硅片", "光刻机")
    best = best_mentions(matcher, phrases)
    assert best == best_mentions(matcher, reversed(phrases))
    assert (best[0].phrase, best[0].value, best[0].match) == ("硅片", 1.0, TextMatch.EXACT)
    assert best[1].word == "光刻机"


def test_of_two_equal_phrases_the_first_by_letter_is_named(matcher: Matcher) -> None:
    best = best_mentions(matcher, ("硅片", "silicon wafers"))
    assert best[0].phrase == "silicon wafers"


def test_nothing_said_meets_nobody(matcher: Matcher) -> None:
    assert best_mentions(matcher, ("", " ", "😀")) == {}
    assert (NO_MENTION.value, NO_MENTION.match) == (0.0, TextMatch.NONE)
