import time

import pytest

from matching.text.negation import affirmed, without_bare
from matching.text.normalise import normalise
from matching.text.tokens import tokenise
from tests.matching.text.hostile import PIECES, huge


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("不做正极材料，只做负极材料", "只做负极材料"),
        ("我们不生产正极材料，专注负极材料", "专注负极材料"),
        ("不再生产正极材料；做负极材料", "做负极材料"),
        ("不做正极材料只做负极材料", "只做负极材料"),
        ("做负极材料，没有正极材料，有隔膜", "做负极材料,有隔膜"),
        ("做负极材料但不做正极材料", "做负极材料"),
        ("we do not make cathodes, we make anodes", "we make anodes"),
        ("anodes, not cathodes", "anodes"),
        ("anodes but not cathodes", "anodes"),
        ("anodes, without cathodes", "anodes"),
        ("We don't make photoresist", ""),
        ("不做正极材料", ""),
    ],
)
def test_a_clause_that_denies_is_left_out(text: str, left: str) -> None:
    assert affirmed(normalise(text)) == left


@pytest.mark.parametrize(
    "text",
    [
        "不锈钢",
        "不仅做正极材料,也做负极材料",
        "not only cathodes but also anodes",
        "notebooks",
        "glue without solvents",
        "not for profit hospitals",
        "非晶带材",
        "无人机",
        "no 1 supplier",
        "",
    ],
)
def test_what_denies_nothing_stays(text: str) -> None:
    assert affirmed(text) == text


CATHODE = "正极材料"


@pytest.mark.parametrize(
    ("text", "known", "left"),
    [
        ("负极,非正极材料", (CATHODE,), "负极"),
        ("无正极材料,负极", (CATHODE,), "负极"),
        ("负极,无正极材料,隔膜", (CATHODE,), "负极,隔膜"),
        ("anodes,no cathodes", ("cathodes",), "anodes"),
        ("非正极材料", (CATHODE,), None),
        ("负极/非正极材料", (CATHODE,), None),
        ("负极,无钴正极材料", (CATHODE,), None),
        ("整机,无人机", ("人机", "无人机"), None),
        ("负极,正极材料", (CATHODE,), None),
        ("", (), None),
    ],
)
def test_a_bare_denial_needs_a_known_word_and_something_else_said(
    text: str, known: tuple[str, ...], left: str | None
) -> None:
    tokens = tokenise(text)
    places = [(text.find(word), text.find(word) + len(word)) for word in known]
    words = {
        (
            sum(start < first for start in tokens.starts),
            sum(start < end for start in tokens.starts),
        )
        for first, end in places
    }
    assert without_bare(tokens, words) == left


@pytest.mark.parametrize("piece", [*PIECES, "不做", "not ", "but not ", "不做,", "无,", "但"])
def test_no_text_takes_long(piece: str) -> None:
    text = normalise(huge(piece))
    tokens = tokenise(text)
    began = time.process_time()
    assert len(affirmed(text)) <= len(text)
    assert without_bare(tokens, set()) is None
    assert time.process_time() - began < 0.5  # a tenth of it on an idle machine
