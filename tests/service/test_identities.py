"""Whom a company is compared with, and how it is told; the names themselves are tried elsewhere."""

import pytest

from service.identities import IDENTIFIERS, Directory, Identity, Relation, compare

USCC, OTHER_USCC = "91320594MA1TEXT010", "91320594MA1TEXT029"
LEI, OTHER_LEI = "EXAMPLE00000BULIAN91", "EXAMPLE00001BULIAN91"


def a_company(*names: str, uscc: str | None = None, lei: str | None = None) -> Identity:
    return Identity(names, uscc, lei)


@pytest.mark.parametrize(
    "disguise",
    [
        "示例光刻胶股份有限公司",
        "示例 光刻胶 有限公司",
        "示例光刻膠有限公司",
        "示\u200b例光刻胶有限公司\ufeff",
        "示例光刻胶（有限公司）",
    ],
)
def test_a_name_is_known_behind_its_disguise(disguise: str) -> None:
    likeness = compare(a_company("示例光刻胶有限公司"), a_company(disguise))
    assert likeness.relation is Relation.SAME
    assert all(why.zh != why.en and why.key.islower() for why in likeness.reasons)


@pytest.mark.parametrize(
    ("one", "other", "relation", "reason"),
    [
        (a_company("甲", uscc=USCC), a_company("乙", uscc=USCC), "same", "same_uscc"),
        (a_company("甲", uscc=USCC, lei=LEI), a_company("乙", lei=LEI), "same", "same_lei"),
        (a_company("示例材料", uscc=USCC), a_company("示例材料"), "same", "identical"),
        (a_company("示例材料", "乙方"), a_company("丙方", "乙方"), "same", "identical"),
        (
            a_company("示例材料", uscc=USCC),
            a_company("示例材料", uscc=OTHER_USCC),
            "related",
            "other_uscc",
        ),
        (
            a_company("示例材料", lei=LEI),
            a_company("示例材料", lei=OTHER_LEI),
            "related",
            "other_lei",
        ),
        (a_company(), a_company(), "different", "no_name"),
    ],
)
def test_identifiers_decide_and_names_suggest(
    one: Identity, other: Identity, relation: str, reason: str
) -> None:
    for likeness in (compare(one, other), compare(other, one)):
        assert likeness.relation == relation
        assert likeness.reasons[0].key == reason
        keys = {why.key for why in likeness.reasons}
        assert IDENTIFIERS.isdisjoint(keys) == (reason not in {"same_uscc", "same_lei"})


def test_directory_finds_what_comparing_all_would_find() -> None:
    companies = {
        "a": a_company("示例光刻胶有限公司", uscc=USCC),
        "b": a_company("Example Resist"),
        "c": a_company("无锡远景靶材", lei=LEI),
        "d": a_company("示例光刻胶", uscc=OTHER_USCC),
        "e": a_company("Example Resist GmbH", "无锡远景靶材"),
        "f": a_company("别的名称", lei=LEI, uscc=USCC),
    }
    directory = Directory(companies.items())
    for sought in companies.values():
        compared = {id_: compare(sought, other) for id_, other in companies.items()}
        alike = {id_: f for id_, f in compared.items() if f.relation is not Relation.DIFFERENT}
        found = directory.like(sought)
        assert found == alike
        assert list(found) == sorted(found)
    assert directory.like(a_company("毫不相干")) == {}
