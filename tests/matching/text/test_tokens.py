import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text.normalise import normalise
from matching.text.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("krf光刻胶", ("krf", "光", "刻", "胶")),
        ("12英寸硅片", ("12", "英", "寸", "硅", "片")),
        ("silicon wafers", ("silicon", "wafer")),
        ("2.5d/3d packaging", ("2.5d", "3d", "packaging")),
        ("un38.3", ("un38.3",)),
        ("", ()),
        (",;/", ()),
    ],
)
def test_a_chinese_character_and_a_word_are_a_token_each(text: str, words: tuple[str, ...]) -> None:
    assert tokenise(text).words == words


def test_spelling_does_not_show_in_the_key() -> None:
    assert tokenise("optical fibres").key == tokenise("optical  fiber").key


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("硅,片", 0, 2, True),
        ("硅;片", 0, 2, True),
        ("硅/片", 0, 2, False),
        ("硅片,", 0, 2, False),
        ("a,硅片", 1, 3, False),
    ],
)
def test_clauses_and_sentences_cut(text: str, start: int, end: int, expected: bool) -> None:
    assert tokenise(text).is_cut(start, end) is expected


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("硅片", [("硅", "片")]),
        ("硅,片/a b;c", [("硅",), ("片",), ("a", "b"), ("c",)]),
        ("", [()]),
    ],
)
def test_clauses_are_the_tokens_between_marks(text: str, clauses: list[tuple[str, ...]]) -> None:
    assert [clause.words for clause in tokenise(text).clauses()] == clauses


@given(st.text(max_size=40))
def test_places_point_at_the_tokens(text: str) -> None:
    tokens = tokenise(normalise(text))
    assert len(tokens.words) == len(tokens.starts) == len(tokens.ends)
    assert all(start < end for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert list(tokens.starts) == sorted(tokens.starts)
    whole = [word for clause in tokens.clauses() for word in clause.words]
    assert tuple(whole) == tokens.words
