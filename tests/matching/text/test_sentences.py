import pytest

from matching.codes import IndustryCode
from matching.reference.loader import Reference
from matching.text.code_index import CodeEvidence
from matching.text.matches import TextMatch
from matching.text.mentioned import Mentioned
from matching.text.sentences import (
    LONGEST_QUOTE,
    NO_REASON,
    SCHEMES,
    Why,
    join,
    quote,
    why_code,
    why_words,
)
from matching.vocabulary import CodeScheme


@pytest.mark.parametrize(
    ("match", "zh", "en"),
    [
        (
            TextMatch.EXACT,
            "产品“KrF光刻胶”即该环节的“光刻胶”",
            'The product "KrF光刻胶" is this link\'s "光刻胶"',
        ),
        (
            TextMatch.CONTAINED,
            "产品“KrF光刻胶”含有该环节的“光刻胶”",
            'The product "KrF光刻胶" contains this link\'s "光刻胶"',
        ),
        (
            TextMatch.SIMILAR,
            "产品“KrF光刻胶”与该环节的“光刻胶”相近",
            'The product "KrF光刻胶" is close to this link\'s "光刻胶"',
        ),
        (
            TextMatch.OVERLAP,
            "产品“KrF光刻胶”与该环节的“光刻胶”部分相同",
            'The product "KrF光刻胶" has words in common with this link\'s "光刻胶"',
        ),
        (TextMatch.NONE, "", ""),
    ],
)
def test_words_give_a_reason_in_both_languages(match: TextMatch, zh: str, en: str) -> None:
    assert why_words(Mentioned(0.5, match, "光刻胶", "KrF光刻胶")) == (zh, en)


def test_a_description_is_called_one_and_cut() -> None:
    why = why_words(Mentioned(0.5, TextMatch.CONTAINED, "光刻胶", "从事光刻胶的研发" * 20))
    assert why.zh.startswith("描述“从事光刻胶的研发")
    assert why.en.startswith('The description "')
    assert len(why.zh) < LONGEST_QUOTE + 40


@pytest.mark.parametrize(
    ("scheme", "code", "is_exact", "zh", "en"),
    [
        (
            CodeScheme.GB4754,
            "3985",
            True,
            "行业代码GB/T 4754 3985 电子专用材料制造属于该环节的行业",
            "The industry code GB/T 4754 class 3985 (电子专用材料制造) belongs to "
            "this link's industries",
        ),
        (
            CodeScheme.GB4754,
            "3985",
            False,
            "行业代码GB/T 4754 3985 电子专用材料制造接近该环节的行业",
            "The industry code GB/T 4754 class 3985 (电子专用材料制造) is near "
            "this link's industries",
        ),
        (
            CodeScheme.NACE2,
            "26.11",
            False,
            "行业代码NACE Rev.2 26.11对应GB/T 4754 3985 电子专用材料制造，与该环节的行业相关",
            "The industry code NACE Rev.2 26.11 corresponds to GB/T 4754 class 3985 "
            "(电子专用材料制造), which is related to this link's industries",
        ),
    ],
)
def test_a_code_is_named(
    reference: Reference, scheme: CodeScheme, code: str, is_exact: bool, zh: str, en: str
) -> None:
    evidence = CodeEvidence(0.5, IndustryCode(scheme, code), "3985", is_exact)
    assert why_code(evidence, reference.gb4754) == (zh, en)


def test_every_scheme_has_a_name_people_know() -> None:
    assert SCHEMES.keys() == set(CodeScheme)


def test_reasons_join_as_one_sentence() -> None:
    words, code = Why("甲", "The a"), Why("乙", "The b")
    assert join(words, code) == ("甲；乙", "The a; the b")
    assert join(NO_REASON, code) == code
    assert join(NO_REASON) == NO_REASON


@pytest.mark.parametrize(
    ("phrase", "shown"),
    [
        ("光刻胶", "光刻胶"),
        (" a\nb\tc ", "a b c"),
        ("a\x00\u202eb\ud800", "a b"),
        ("光" * 41, "光" * 40 + "…"),
        ("光" * 1_000_000, "光" * 40 + "…"),
        ("", ""),
    ],
)
def test_a_quote_is_short_and_visible(phrase: str, shown: str) -> None:
    assert quote(phrase) == shown
    assert len(quote(phrase).encode()) >= len(shown)
