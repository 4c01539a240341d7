from dataclasses import replace

import pytest

from matching.engine import blocking_gate
from matching.explanation import findings
from matching.profiles import Pair
from matching.reference.texts import GuidanceCategory, GuidanceItem
from matching.vocabulary import Origin, Verdict
from tests.matching.making import REFERENCE, a_pair, investor_facts
from tests.matching.test_emerging import TEXTS

ITEMS = tuple(
    GuidanceItem(
        category=category, item_no=number, section_zh="示例行业", text=text, is_suspect=False
    )
    for category, number, text in (
        (GuidanceCategory.ELIMINATED, "3", "示例土法炼制生产线"),
        (GuidanceCategory.RESTRICTED, "4", "示例普通涂布装置"),
        (GuidanceCategory.ENCOURAGED, "5", "示例先进光学薄膜"),
    )
)


def held(*products: str, origin: Origin = Origin.DOMESTIC) -> Pair:
    pair = a_pair(investor_facts(products=("光刻胶", *products), origin=origin))
    return replace(pair, reference=replace(REFERENCE, texts=replace(TEXTS, guidance=ITEMS)))


@pytest.mark.parametrize(
    ("product", "told"),
    [
        ("示例土法炼制生产线", "淘汰类"),
        ("示例普通涂布装置", "限制类"),
        ("示例先进光学薄膜", None),
        ("光刻胶树脂", None),
    ],
)
def test_restricted_and_eliminated_items_ask_for_a_look(product: str, told: str | None) -> None:
    for origin in Origin:
        found = findings(held(product, origin=origin))
        assert [f.verdict for f in found] == ([] if told is None else [Verdict.CHECK])
        assert all(told is not None and told in f.zh for f in found)
        assert blocking_gate(held(product, origin=origin)) is None


def test_without_the_text_nothing_is_said() -> None:
    assert findings(a_pair(investor_facts(products=("光刻胶", "示例土法炼制生产线")))) == []
