import pytest

from matching.codes import IndustryCode, resolve
from matching.reference.loader import Reference
from matching.text.placement import GbAffinity, Placer
from matching.vocabulary import CodeScheme

NACE_ELECTRONICS = IndustryCode(CodeScheme.NACE2, "26.11")


def test_a_foreign_code_alone_lists_what_it_fans_out_to(
    placer: Placer, reference: Reference
) -> None:
    found = placer.industries((), [NACE_ELECTRONICS])
    shares = {share.code: share.share for share in resolve(reference, *NACE_ELECTRONICS).gb}
    assert {gb.code: gb.affinity for gb in found} == pytest.approx(shares)
    assert sum(gb.code.startswith("39") for gb in found) >= 8
    assert all("NACE Rev.2 26.11" in gb.why_zh and "26.11" in gb.why_en for gb in found)


def test_an_own_code_is_certain(placer: Placer) -> None:
    found = placer.industries((), [IndustryCode(CodeScheme.GB4754, "C3985")])
    assert [(gb.code, gb.name_zh, gb.affinity) for gb in found] == [
        ("3985", "电子专用材料制造", 1.0)
    ]
    assert found[0].why_zh == "所报行业代码GB/T 4754 C3985"


@pytest.mark.parametrize(
    ("phrase", "codes"),
    [
        ("光刻胶", {"3985", "2669"}),
        ("锂离子电池", {"3841"}),
        ("棉纺纱", {"1711"}),
        ("水泥", {"3011"}),
        ("家具", {"2110", "2190"}),
        ("煤炭批发", {"5161"}),
        ("工业机器人", {"3491"}),
        ("knitted and crocheted fabrics", {"1761", "1762"}),
        ("silicon wafers", {"3985"}),
        ("cement", {"3011"}),
    ],
)
def test_words_find_classes_by_their_names_or_by_links(
    placer: Placer, phrase: str, codes: set[str]
) -> None:
    best = {gb.code for gb in placer.industries([phrase], ())[:5]}
    assert best & codes


@pytest.mark.parametrize(
    ("phrase", "code", "zh", "en"),
    [
        ("锂离子电池", "3841", "产品“锂离子电池”即该行业的“锂离子电池”", "this industry's"),
        ("光刻胶", "2669", "产品“光刻胶”即环节“光刻胶及配套试剂”的“光刻胶”", "Photoresist"),
        ("cement", "3011", "ISIC Rev.4 2394", "ISIC Rev.4 2394"),
    ],
)
def test_the_reason_says_what_was_met(
    placer: Placer, phrase: str, code: str, zh: str, en: str
) -> None:
    (gb,) = (gb for gb in placer.industries([phrase], ()) if gb.code == code)
    assert zh in gb.why_zh
    assert en in gb.why_en


def by_code(found: tuple[GbAffinity, ...]) -> dict[str, GbAffinity]:
    return {gb.code: gb for gb in found}


def test_words_and_codes_add_up(placer: Placer) -> None:
    words = by_code(placer.industries(["光刻胶"], ()))["3985"]
    stated = by_code(placer.industries((), [NACE_ELECTRONICS]))["3985"]
    both = by_code(placer.industries(["光刻胶"], [NACE_ELECTRONICS]))["3985"]
    assert (both.words, both.stated) == (words.words, stated.stated)
    assert both.affinity == pytest.approx(1 - (1 - words.words) * (1 - stated.stated))
    assert both.why_zh == f"{words.why_zh}；{stated.why_zh}"


def test_best_first_then_by_code_and_on_the_scale(placer: Placer) -> None:
    found = placer.industries(["光刻胶", "工业软件"], [NACE_ELECTRONICS], "从事电池检测业务")
    assert list(found) == sorted(found, key=lambda gb: (-gb.affinity, gb.code))
    assert all(0 < gb.affinity <= 1 and gb.why_zh and gb.why_en for gb in found)
    assert found == placer.industries(
        ["工业软件", "光刻胶"], [NACE_ELECTRONICS], "从事电池检测业务"
    )


def test_nothing_said_is_nowhere(placer: Placer) -> None:
    assert placer.industries((), ()) == ()
    assert placer.industries(["", "😀"], [IndustryCode(CodeScheme.NACE2, "99.99")]) == ()
