import pytest

from matching.text.lexicon import LONGEST_WORD, Entry, Lexicon, Span
from matching.text.reading import read

WORDS = {"光刻胶": 0, "光刻机": 1, "EUV光刻胶": 0, "silicon wafer": 2, "CT": 3, "胶": 4}


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon((read(word), Entry(owner, word)) for word, owner in WORDS.items())


@pytest.mark.parametrize(
    ("phrase", "owners"),
    [("光刻膠", [0]), ("Silicon-Wafers", [2]), ("silicon", []), ("光刻", []), ("", [])],
)
def test_a_whole_phrase_is_found_in_any_writing(
    lexicon: Lexicon, phrase: str, owners: list[int]
) -> None:
    assert [entry.owner for entry in lexicon.get(read(phrase).key)] == owners


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("EUV光刻胶", ["EUV光刻胶", "光刻胶", "胶"]),
        ("光刻胶与光刻机", ["光刻胶", "胶", "光刻机"]),
        ("POCT", []),
        ("CT扫描", ["CT"]),
        ("silicon, wafer", []),
        ("silicon/wafer", ["silicon wafer"]),
        ("", []),
    ],
)
def test_what_a_phrase_holds(lexicon: Lexicon, phrase: str, words: list[str]) -> None:
    assert [s.entries[0].word for s in lexicon.spans(read(phrase))] == words


def test_a_word_may_have_several_owners_each_once() -> None:
    pairs = [(1, "光模块"), (2, "光模块"), (1, "光模块")]
    lexicon = Lexicon((read(word), Entry(owner, word)) for owner, word in pairs)
    assert [entry.owner for entry in lexicon.get("光 模 块")] == [1, 2]


def test_empty_and_overlong_words_are_left_out() -> None:
    long = "长" * (LONGEST_WORD + 1)
    lexicon = Lexicon([(read(""), Entry(0, "")), (read(long), Entry(1, long))])
    assert lexicon.get("") == ()
    assert lexicon.spans(read(long)) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0, 3), (1, 3), True),
        ((0, 3), (2, 4), True),
        ((0, 2), (1, 3), False),
        ((0, 3), (3, 4), False),
        ((0, 3), (0, 3), False),
    ],
)
def test_the_longer_of_two_over_the_same_tokens_wins(
    one: tuple[int, int], other: tuple[int, int], expected: bool
) -> None:
    assert Span(*one, ()).beats(Span(*other, ())) is expected
