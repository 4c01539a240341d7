import pytest

from matching.codes import IndustryCode
from matching.listed import excepted, investor_items, item_words, items_in, prohibited
from matching.text.normalise import normalise
from matching.vocabulary import CodeScheme, Origin
from tests.matching.making import REFERENCE, investor_facts

ITEMS = {item.item_no: item for item in REFERENCE.negative_list}


@pytest.mark.parametrize(
    ("phrase", "item", "names"),
    [
        ("CAR-T细胞治疗产品", 17, True),
        ("Gene therapy vectors", 17, True),
        ("干細胞製備", 17, True),
        ("转基因玉米种子", 3, True),
        ("非转基因大豆", 3, False),
        ("non-GM seed", 3, False),
        ("稀土永磁材料", 5, False),
        ("光刻胶", 17, False),
    ],
)
def test_words_mean_an_item_or_not(phrase: str, item: int, *, names: bool) -> None:
    words = item_words(REFERENCE)[REFERENCE.negative_list.index(ITEMS[item])]
    assert words.are_in(normalise(phrase)) is names


@pytest.mark.parametrize(
    ("code", "item", "close"), [("7340", 17, True), ("2761", 17, False), ("6311", 12, True)]
)
def test_a_wide_code_alone_is_no_reason_to_look(code: str, item: int, *, close: bool) -> None:
    facts = investor_facts(products=(), industry_codes=(IndustryCode(CodeScheme.GB4754, code),))
    found = investor_items(facts, REFERENCE)
    assert ITEMS[item] in items_in(found.by_code, REFERENCE)
    assert (ITEMS[item] in items_in(found.by_close_code, REFERENCE)) is close
    assert found.by_words == 0


def test_a_foreign_code_is_too_wide_to_touch_an_item() -> None:
    facts = investor_facts(products=(), industry_codes=(IndustryCode(CodeScheme.NACE2, "72.11"),))
    assert investor_items(facts, REFERENCE) == (0, 0, 0)


def test_prohibitions_and_exceptions_are_those_of_the_list() -> None:
    assert ITEMS[17] in items_in(prohibited(REFERENCE), REFERENCE)
    assert ITEMS[12] not in items_in(prohibited(REFERENCE), REFERENCE)
    in_beijing = items_in(excepted(REFERENCE, "11", Origin.FOREIGN), REFERENCE)
    assert ITEMS[17] in in_beijing
    in_hubei = items_in(excepted(REFERENCE, "42", Origin.FOREIGN), REFERENCE)
    assert ITEMS[17] not in in_hubei
