"""What makes two companies one: identifiers first, then the name behind its disguises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.identities import Directory, Identity, Relation, compare, core_of

USCC, OTHER_USCC = "91320594MA1TEXT010", "91320594MA1TEXT029"
LEI, OTHER_LEI = "EXAMPLE00000BULIAN91", "EXAMPLE00001BULIAN91"


def a_company(*names: str, uscc: str | None = None, lei: str | None = None) -> Identity:
    return Identity(names, uscc, lei)


@pytest.mark.parametrize(
    "disguise",
    [
        "示例光刻胶有限公司",
        "示例光刻胶股份有限公司",
        "示例光刻胶集团有限公司",
        "示例 光刻胶 有限公司",
        "示例光刻膠有限公司",
        "示\u200b例光刻胶有限公司\ufeff",
        "示例光刻胶（有限公司）",
        "示例・光刻胶有限公司",
    ],
)
def test_chinese_name_is_known_behind_its_disguise(disguise: str) -> None:
    likeness = compare(a_company("示例光刻胶有限公司"), a_company(disguise))
    assert likeness.relation is Relation.SAME
    assert [reason.key for reason in likeness.reasons] == ["same_name"]


@pytest.mark.parametrize(
    "disguise",
    [
        "EXAMPLE RESIST",
        "example resist gmbh",
        "Ｅｘａｍｐｌｅ　Ｒｅｓｉｓｔ",
        "Example Resist, G.m.b.H.",
        "Example  Resist Co., Ltd.",
        "Example-Resist K.K.",
        "Example\u00a0Re\u00adsist L.L.C.",
        "Exámple Resist Sdn. Bhd.",
    ],
)
def test_latin_name_is_known_behind_its_disguise(disguise: str) -> None:
    assert compare(a_company("Example Resist"), a_company(disguise)).relation is Relation.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例光刻胶有限公司", "示例靶材有限公司"),
        ("Example Resist GmbH", "Example Target GmbH"),
        ("Texaco", "Texa"),
        ("有限公司", "公司"),
        ("GmbH", "AG"),
        ("Co", "Ltd"),
    ],
)
def test_other_names_are_others(one: str, other: str) -> None:
    assert compare(a_company(one), a_company(other)).relation is Relation.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other", "relation", "reason"),
    [
        (a_company("甲", uscc=USCC), a_company("乙", uscc=USCC), "same", ["same_uscc"]),
        (a_company("甲", uscc=USCC), a_company("甲", uscc=OTHER_USCC), "different", ["other_uscc"]),
        (a_company("甲", uscc=USCC, lei=LEI), a_company("乙", lei=LEI), "same", ["same_lei"]),
        (a_company("甲", lei=LEI), a_company("甲", lei=OTHER_LEI), "same", ["same_name"]),
        (a_company("甲", uscc=USCC), a_company("甲"), "same", ["same_name"]),
        (a_company("甲", "乙"), a_company("丙", "乙"), "same", ["same_name"]),
        (a_company("甲"), a_company("乙"), "different", []),
        (a_company(), a_company(), "different", []),
    ],
)
def test_identifiers_decide_and_names_suggest(
    one: Identity, other: Identity, relation: str, reason: list[str]
) -> None:
    for likeness in (compare(one, other), compare(other, one)):
        assert likeness.relation == relation
        assert [found.key for found in likeness.reasons] == reason


@given(st.text(min_size=1, max_size=40))
def test_any_name_has_a_core_and_is_the_same_as_itself(name: str) -> None:
    assert core_of(name)
    assert compare(a_company(name), a_company(name)).relation is Relation.SAME


def test_directory_finds_what_comparing_all_would_find() -> None:
    companies = {
        "a": a_company("示例光刻胶有限公司", uscc=USCC),
        "b": a_company("Example Resist"),
        "c": a_company("示例靶材", lei=LEI),
        "d": a_company("示例光刻胶", uscc=OTHER_USCC),
        "e": a_company("Example Resist GmbH", "示例靶材"),
    }
    directory = Directory(companies.items())
    for sought in companies.values():
        compared = {id_: compare(sought, other) for id_, other in companies.items()}
        alike = {id_: f for id_, f in compared.items() if f.relation is not Relation.DIFFERENT}
        found = directory.like(sought)
        assert found == alike
        assert list(found) == sorted(found)
    assert directory.like(a_company("别的公司")) == {}
