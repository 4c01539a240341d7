import pytest

from matching.names.comparing import Company, compare, likeness_of
from matching.names.judged import Relation, relation_of, stretch
from matching.names.parsing import parse
from matching.names.reasons import ReasonKey, reason

USCC, OTHER_USCC = "91320594MA1TEXT010", "91320594MA1OTHER05"
LEI, OTHER_LEI = "EXAMPLE00000BULIAN91", "EXAMPLE00000BULIAN27"

A_CODE = Company(("示例",), USCC)
AN_LEI = Company(("示例",), lei=LEI)
BOTH = Company(("示例",), USCC, LEI)


def keys(one: Company, other: Company) -> tuple[Relation, list[ReasonKey]]:
    found = compare(one, other)
    return found.relation, [why.key for why in found.reasons]


@pytest.mark.parametrize(
    ("one", "other", "relation", "first"),
    [
        (A_CODE, Company(("乙",), USCC), Relation.SAME, ReasonKey.SAME_USCC),
        (BOTH, Company(("乙",), USCC, OTHER_LEI), Relation.SAME, ReasonKey.SAME_USCC),
        (AN_LEI, Company(("乙",), lei=LEI), Relation.SAME, ReasonKey.SAME_LEI),
        (Company((), USCC), Company((), USCC), Relation.SAME, ReasonKey.SAME_USCC),
        (A_CODE, Company(("示例",), OTHER_USCC), Relation.RELATED, ReasonKey.OTHER_USCC),
        (AN_LEI, Company(("示例",), lei=OTHER_LEI), Relation.RELATED, ReasonKey.OTHER_LEI),
        (A_CODE, Company(("甲乙",), OTHER_USCC), Relation.DIFFERENT, ReasonKey.OTHER_USCC),
        (A_CODE, Company(("示例",)), Relation.SAME, ReasonKey.IDENTICAL),
        (A_CODE, Company(("示例",), None, LEI), Relation.SAME, ReasonKey.IDENTICAL),
        (Company(()), Company(("示例",)), Relation.DIFFERENT, ReasonKey.NO_NAME),
        (Company(("",)), Company(("",)), Relation.DIFFERENT, ReasonKey.NO_NAME),
    ],
)
def test_identifiers_decide_and_names_suggest(
    one: Company, other: Company, relation: Relation, first: ReasonKey
) -> None:
    found, reasons = keys(one, other)
    assert found is relation
    assert reasons[0] is first
    assert compare(one, other) == compare(other, one)


def test_one_pair_of_several_names_is_enough() -> None:
    one = Company(("甲乙电子有限公司", "Acme Robotics Inc"))
    other = Company(("丙丁机械有限公司", "ACME ROBOTICS INCORPORATED"))
    assert compare(one, other).relation is Relation.SAME


def test_a_stated_city_is_heard_whichever_name_states_it() -> None:
    one = Company(("苏州示例电子有限公司", "Shili Electronics"))
    other = Company(("无锡示例电子有限公司", "Shili Electronics"))
    relation, reasons = keys(one, other)
    assert relation is Relation.DIFFERENT
    assert reasons[-1] is ReasonKey.OTHER_CITY
    same = Company(("苏州示例电子有限公司", "Suzhou Shili Electronics"))
    assert compare(one, same).relation is Relation.SAME


def test_a_city_that_the_names_themselves_tell_apart_is_told_once() -> None:
    relation, reasons = keys(Company(("苏州示例电子",)), Company(("无锡示例电子",)))
    assert relation is Relation.DIFFERENT
    assert reasons.count(ReasonKey.OTHER_CITY) == 1


def test_names_of_any_scripts_are_compared() -> None:
    for one in ("示例", "Acme", "토요타", "ドライブ", "مثال"):
        for other in ("示例", "Acme", "토요타", "ドライブ", "مثال"):
            found = likeness_of(parse(one), parse(other)).likeness
            assert (found == 1) == (one == other)


@pytest.mark.parametrize("key", ReasonKey)
def test_a_reason_speaks_both_languages(key: ReasonKey) -> None:
    why = reason(key)
    assert why.key is key
    assert not why.zh.isascii()
    assert why.en.isascii()
    assert not why.en.endswith(".")


def test_the_scale_meets_its_marks() -> None:
    assert [stretch(raw, 0.8, 0.5) for raw in (0, 0.5, 0.8, 1)] == pytest.approx([0, 0.4, 0.7, 1])
    assert [relation_of(x) for x in (0.39, 0.4, 0.69, 0.7)] == [
        Relation.DIFFERENT,
        Relation.RELATED,
        Relation.RELATED,
        Relation.SAME,
    ]
