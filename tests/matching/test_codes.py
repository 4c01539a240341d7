import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.codes import (
    MAX_CODE_LENGTH,
    RANK_FACTOR,
    GbShare,
    IndustryCode,
    Resolution,
    is_gb4754,
    resolve,
)
from matching.reference.loader import load_reference
from matching.vocabulary import CodeScheme

REFERENCE = load_reference()
S = CodeScheme


def codes_of(scheme: CodeScheme, code: str) -> list[str]:
    return [share.code for share in resolve(REFERENCE, scheme, code).gb]


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("3985", "3985"),
        ("C3985", "3985"),
        ("c3985", "3985"),
        (" C 39 85 ", "3985"),
        ("Ｃ３９８５", "3985"),
        ("398", "398"),
        ("C39", "39"),
        ("C", "C"),
        ("0111", "0111"),
        ("A0111", "0111"),
    ],
)
def test_a_gb_code_means_itself(asked: str, known: str) -> None:
    assert resolve(REFERENCE, S.GB4754, asked) == Resolution(
        found=True, code=known, gb=(GbShare(known, 1.0),), exact=True, fallback_of=None
    )
    assert is_gb4754(REFERENCE, asked)


@pytest.mark.parametrize(("asked", "bare"), [("3988", "3988"), ("C3988", "3988"), ("3980", "3980")])
def test_an_unknown_gb_class_falls_back_to_its_group(asked: str, bare: str) -> None:
    assert resolve(REFERENCE, S.GB4754, asked) == Resolution(
        found=True, code="398", gb=(GbShare("398", 1.0),), exact=False, fallback_of=bare
    )
    assert not is_gb4754(REFERENCE, asked)


HOSTILE = [
    "", " ", "A3985", "D3988", "0000", "9999", "1234", "123", "00", "39850", "398.5", "39-85",
    "3985;3971", "CC3985", "C-3985", "3985\x00", "٣٩٨٥", "398²", "³⁹⁸⁵", "三九八五", "1e3", "+3985",
    "-3985", "0x39", "None", "nan", "\ud800", "39\u200b85", "3985" * 9999, "' OR 1=1", "../3985",
]  # fmt: skip


@pytest.mark.parametrize("asked", HOSTILE)
def test_what_is_no_gb_code_is_not_found(asked: str) -> None:
    assert resolve(REFERENCE, S.GB4754, asked) == Resolution(
        found=False, code=asked, gb=(), exact=False, fallback_of=None
    )
    assert not is_gb4754(REFERENCE, asked)


@pytest.mark.parametrize("scheme", CodeScheme)
@pytest.mark.parametrize("asked", ["", " ", "0x39", "26.11.1.1", "२६११", "nan", "\ud800", "X", "1"])
def test_hostile_codes_are_not_found_in_any_scheme(scheme: CodeScheme, asked: str) -> None:
    found = resolve(REFERENCE, scheme, asked)
    assert (found.found, found.code, found.gb) == (False, asked, ())


@pytest.mark.parametrize("scheme", CodeScheme)
def test_a_code_longer_than_any_is_not_found(scheme: CodeScheme) -> None:
    assert not resolve(REFERENCE, scheme, "2" * (MAX_CODE_LENGTH + 1)).found


def test_nace_electronic_components_mean_the_electronics_classes() -> None:
    found = resolve(REFERENCE, S.NACE2, "26.11")
    first = {share.code for share in found.gb if share.share == 0.25}
    second = {share.code for share in found.gb if share.share == 0.25 * RANK_FACTOR}
    assert len(found.gb) == 16
    assert {"3971", "3972", "3973", "3974", "3975", "3976", "3979", "3985", "3989"} <= first
    assert second == {"3990", "6520"}
    assert (found.found, found.code, found.exact) == (True, "26.11", True)


@pytest.mark.parametrize(
    ("scheme", "asked", "code"),
    [
        (S.NACE2, "2611", "26.11"),
        (S.NACE2, "26.11", "26.11"),
        (S.NACE2, "C26.11", "26.11"),
        (S.NACE2, "２６．１１", "26.11"),
        (S.NACE2, " 26.1 ", "26.1"),
        (S.NACE2, "261", "26.1"),
        (S.NACE2, "26", "26"),
        (S.NACE21, "K61.10", "61.10"),
        (S.UKSIC2007, "26110", "26110"),
        (S.UKSIC2007, "26.11", "2611"),
        (S.UKSIC2007, "26.11/0", "26110"),
        (S.UKSIC2007, "C26110", "26110"),
        (S.ISIC4, "2610", "2610"),
        (S.ISIC4, "c2610", "2610"),
        (S.ISIC4, "261", "261"),
        (S.ISIC4, "C", "C"),
        (S.NAICS2017, "334413", "334413"),
        (S.NAICS2022, "3344", "3344"),
        (S.NIC2008, "2610", "2610"),
        (S.SSIC2020, "A01111", "01111"),
        (S.JSIC13, "0111", "0111"),
        (S.KSIC10, "01110", "01110"),
    ],
)
def test_foreign_codes_are_tolerant_of_writing(scheme: CodeScheme, asked: str, code: str) -> None:
    found = resolve(REFERENCE, scheme, asked)
    assert (found.found, found.code, found.exact, found.fallback_of) == (True, code, True, None)
    assert found.gb


@pytest.mark.parametrize(
    ("scheme", "asked"),
    [
        (S.NACE2, "26.13"),
        (S.NACE2, "2.611"),
        (S.NACE2, "A26.11"),
        (S.NACE2, "C99.99"),
        (S.NACE2, "C0.11"),
        (S.NACE2, "26.11.1"),
        (S.NACE21, "26.99"),
        (S.UKSIC2007, "26199"),
        (S.UKSIC2007, "26/11"),
        (S.ISIC4, "2699"),
        (S.ISIC4, "A2610"),
        (S.ISIC4, "Z"),
        (S.ISIC4, "26.10"),
        (S.NAICS2017, "C334413"),
        (S.NAICS2022, "999999"),
        (S.NAICS2022, "3344131"),
        (S.JSIC13, "9998"),
        (S.NIC2008, "A2610"),
        (S.SSIC2020, "C01111"),
        (S.KSIC10, "00000"),
    ],
)
def test_unknown_foreign_codes_are_not_found(scheme: CodeScheme, asked: str) -> None:
    assert resolve(REFERENCE, scheme, asked) == Resolution(
        found=False, code=asked, gb=(), exact=False, fallback_of=None
    )


@pytest.mark.parametrize(
    ("scheme", "asked", "known", "fallback_of"),
    [
        (S.NIC2008, "26101", "2610", "26101"),
        (S.NIC2008, "C26109", "2610", "26109"),
        (S.KSIC10, "26999", "26", "26999"),
        (S.SSIC2020, "26999", "26", "26999"),
    ],
)
def test_schemes_held_in_part_fall_back_to_the_longest_known_prefix(
    scheme: CodeScheme, asked: str, known: str, fallback_of: str
) -> None:
    found = resolve(REFERENCE, scheme, asked)
    assert (found.found, found.code, found.exact, found.fallback_of) == (
        True,
        known,
        False,
        fallback_of,
    )
    assert found.gb == resolve(REFERENCE, scheme, known).gb


def test_a_group_is_the_union_of_what_it_covers() -> None:
    classes = [code for code in REFERENCE.foreign_to_isic[S.NACE2] if code.startswith("26.1")]
    union = {gb for code in classes for gb in codes_of(S.NACE2, code)}
    assert set(codes_of(S.NACE2, "26.1")) == union
    assert set(codes_of(S.NACE2, "26")) > union


def test_a_class_reached_twice_takes_its_best_rank() -> None:
    whole = {share.code: share.share for share in resolve(REFERENCE, S.ISIC4, "C").gb}
    assert whole["3990"] == pytest.approx(1 / math.sqrt(len(whole)))


def test_a_code_without_counterpart_is_found_and_empty() -> None:
    assert resolve(REFERENCE, S.ISIC4, "0150") == Resolution(
        found=True, code="0150", gb=(), exact=True, fallback_of=None
    )


@pytest.mark.parametrize("scheme", sorted(set(CodeScheme) - {S.GB4754, S.ISIC4}))
def test_every_foreign_code_leads_to_known_gb_classes(scheme: CodeScheme) -> None:
    for code in REFERENCE.foreign_to_isic[scheme]:
        found = resolve(REFERENCE, scheme, code)
        assert (found.found, found.code, found.exact) == (True, code, True)
        first = 1 / math.sqrt(len(found.gb)) if found.gb else 0
        for share in found.gb:
            assert REFERENCE.gb4754[share.code].level == "class"
            assert share.share in {first, first * RANK_FACTOR}
            assert 0 < share.share <= 1
        assert list(found.gb) == sorted(found.gb, key=lambda share: (-share.share, share.code))


def test_every_gb_code_is_known_under_its_section_letter() -> None:
    for code, entry in REFERENCE.gb4754.items():
        assert is_gb4754(REFERENCE, code)
        if entry.level != "section":
            assert is_gb4754(REFERENCE, entry.section + code)
            assert not is_gb4754(REFERENCE, ("A" if entry.section != "A" else "B") + code)


def test_an_industry_code_is_a_pair() -> None:
    assert IndustryCode(S.NACE2, "26.11") == (S.NACE2, "26.11")


@given(st.sampled_from(CodeScheme), st.text(max_size=20))
def test_any_text_is_answered(scheme: CodeScheme, code: str) -> None:
    found = resolve(REFERENCE, scheme, code)
    assert found.exact <= found.found
    assert (found.fallback_of is not None) == (found.found and not found.exact)
    assert found.found or not found.gb
    assert all(0 < share.share <= 1 for share in found.gb)


@given(st.sampled_from(CodeScheme), st.text(alphabet="0123456789.CAK/ ", min_size=1, max_size=7))
def test_asking_again_for_the_answered_code_gives_the_same(scheme: CodeScheme, code: str) -> None:
    found = resolve(REFERENCE, scheme, code)
    if found.found:
        again = resolve(REFERENCE, scheme, found.code)
        assert (again.code, again.gb, again.exact) == (found.code, found.gb, True)
