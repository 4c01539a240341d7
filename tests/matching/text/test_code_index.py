from itertools import permutations
from math import sqrt

import pytest

from matching.codes import IndustryCode, resolve
from matching.reference.loader import Reference
from matching.text.code_index import LEVELS, CodeIndex
from matching.vocabulary import CodeScheme


@pytest.fixture(scope="module")
def index(reference: Reference) -> CodeIndex:
    return CodeIndex(reference)


def gb(code: str) -> IndustryCode:
    return IndustryCode(CodeScheme.GB4754, code)


def sharing(reference: Reference, chain_id: str, prefix: str) -> int:
    links = (link for link in reference.links.values() if link.chain_id == chain_id)
    return sum(any(code.startswith(prefix) for code in link.gb4754_codes) for link in links)


@pytest.mark.parametrize(
    ("code", "link_id", "level", "prefix"),
    [
        ("3985", "ic.photoresist", 1.0, "3985"),
        ("C3985", "ic.photoresist", 1.0, "3985"),
        ("6520", "ic.ip", 1.0, "6520"),
        ("3979", "ic.power", 0.6, "397"),
        ("397", "ic.power", 0.6, "397"),
        ("39", "ic.power", 0.3, "39"),
        ("3411", "prodsvc.mfg", 0.3, "34"),
    ],
)
def test_class_group_and_division_over_the_links_that_share_them(
    index: CodeIndex, reference: Reference, code: str, link_id: str, level: float, prefix: str
) -> None:
    found = index.evidence([gb(code)])[link_id]
    links = sharing(reference, reference.links[link_id].chain_id, prefix)
    assert found.value == pytest.approx(level / sqrt(links))
    assert found.is_exact_class is (level == LEVELS[4])
    assert found.stated == gb(code)


def test_a_foreign_code_is_a_prior(index: CodeIndex, reference: Reference) -> None:
    stated = IndustryCode(CodeScheme.NACE2, "26.11")
    shares = {share.code: share.share for share in resolve(reference, *stated).gb}
    found = index.evidence([stated])["ic.photoresist"]
    assert found.value == pytest.approx(shares["3985"] / sqrt(sharing(reference, "ic", "3985")))
    assert found.value < index.evidence([gb("3985")])["ic.photoresist"].value
    assert not found.is_exact_class


@pytest.mark.parametrize("code", ["", "9999", "C", "not a code", "光", "\ud800", "3" * 1000])
def test_a_code_that_is_none_touches_nothing(index: CodeIndex, code: str) -> None:
    assert index.evidence([gb(code)]) == {}


def test_an_unknown_class_counts_as_its_group(index: CodeIndex) -> None:
    assert index.evidence([gb("3989")])["ic.photoresist"].gb_code == "3989"
    fallback = index.evidence([gb("3987")])["ic.photoresist"]
    assert (fallback.gb_code, fallback.is_exact_class) == ("398", False)


def test_the_order_of_codes_does_not_matter_and_more_never_lower(index: CodeIndex) -> None:
    codes = [gb("3985"), gb("3979"), IndustryCode(CodeScheme.NACE2, "26.11"), gb("39")]
    together = index.evidence(codes)
    assert all(index.evidence(order) == together for order in permutations(codes))
    for code in codes:
        for link_id, evidence in index.evidence([code]).items():
            assert together[link_id].value >= evidence.value
            assert together[link_id].is_exact_class >= evidence.is_exact_class


def test_an_exact_class_is_told_even_where_a_group_says_more(
    index: CodeIndex, reference: Reference
) -> None:
    coarse, exact = gb("398"), gb("3985")
    both = index.evidence([coarse, exact])
    for link_id, link in reference.links.items():
        if "3985" in link.gb4754_codes:
            assert both[link_id].is_exact_class
            assert both[link_id].gb_code == "3985"
