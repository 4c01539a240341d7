import pytest

from matching.names.grams import grams_of
from matching.names.parsing import parse


def shared(one: str, other: str) -> int:
    return len(set(grams_of(parse(one))) & set(grams_of(parse(other))))


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("示例电子", "示例", 1),
        ("示例电子", "事例电子", 3),
        ("示例电子", "Shili Dianzi", 2),
        ("示例电子", "Shi Li Dian Zi", 3),
        ("示例电子", "Acme Shi Li Ltd", 1),
        ("西门子", "Siemens AG", 1),
        ("Gazprom", "Gasprom", 4),
        ("Acme Robotics", "Robotics Acme", 12),
        ("北京银行", "北京银行股份有限公司", 3),
        ("深水规院", "深圳市水陆规划设计院", 1),
        ("甲Ab", "甲Ab科技", 2),
        ("토요타", "토요타", 3),
    ],
)
def test_names_that_go_together_share_pieces(one: str, other: str, least: int) -> None:
    assert shared(one, other) >= least


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例", "甲乙"),
        ("Acme", "Zenith"),
        ("北京银行", "上海银河"),
        ("苏州示例有限公司", "无锡甲乙有限公司"),
        ("有限公司", ""),
    ],
)
def test_strangers_share_none(one: str, other: str) -> None:
    assert shared(one, other) == 0


def test_each_piece_stands_once() -> None:
    for name in ("示例示例示例", "aaaa aaaa", "甲", "", "5i5j", "Ltd", "苏州"):
        grams = grams_of(parse(name))
        assert len(grams) == len(set(grams))
        assert all(0 <= gram < 2**31 for gram in grams)
    assert grams_of(parse("甲"))
