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
    assert best == best_mentions(matcher, phrases[::-1])
    assert (best[0].phrase, best[0].value, best[0].match) == ("硅片", 1.0, TextMatch.EXACT)
    assert best[1].word == "光刻机"


def test_of_two_equal_phrases_the_first_by_letter_is_named(matcher: Matcher) -> None:
    best = best_mentions(matcher, ("硅片", "silicon wafers"))
    assert best[0].phrase == "silicon wafers"


def test_what_any_phrase_names_is_named(matcher: Matcher) -> None:
    assert best_mentions(matcher, ("硅片",))[0].is_named
    assert best_mentions(matcher, ("高纯硅片",))[0].is_named
    assert not best_mentions(matcher, ("硅片清洗设备",))[0].is_named
    both = best_mentions(matcher, ("硅片清洗设备", "研发生产硅片"))
    assert both[0].is_named


def test_a_description_is_told_from_products(matcher: Matcher) -> None:
    best = best_mentions(matcher, ("硅片",), "光刻机的制造")
    assert (best[0].is_description, best[1].is_description) == (False, True)
    assert not best_mentions(matcher, ("光刻机",), "光刻机")[1].is_description


def test_nothing_said_meets_nobody(matcher: Matcher) -> None:
    assert best_mentions(matcher, ("", " ", "😀")) == {}
    assert (NO_MENTION.value, NO_MENTION.match) == (0.0, TextMatch.NONE)
