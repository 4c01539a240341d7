"""Invented lists of classes and descriptions."""

from matching.describing.classes import IndustryClass
from matching.reference.loader import load_reference

REFERENCE = load_reference()


def a_class(code: str, *path: str) -> IndustryClass:
    return IndustryClass(code, path[-1], path)


CHINESE = [
    a_class("1", "啤酒和白酒"),
    a_class("2", "商业银行"),
    a_class("3", "水泥"),
    a_class("4", "航空公司"),
    a_class("5", "家具"),
    a_class("6", "电梯"),
]
ENGLISH = [
    a_class("b", "Brewing"),
    a_class("k", "Commercial banks"),
    a_class("c", "Cement"),
    a_class("a", "Airlines"),
    a_class("f", "Furniture"),
    a_class("e", "Elevators"),
]
DIVISIONS = [
    a_class("C15", "C", "酒、饮料和精制茶制造业"),
    a_class("C21", "C", "家具制造业"),
    a_class("C30", "C", "非金属矿物制品业"),
    a_class("G56", "G", "航空运输业"),
    a_class("J66", "J", "货币金融服务"),
]
SAID = (
    ("We brew draft beer from malt in two breweries.", "1", "b"),
    ("本厂酿造白酒，也生产少量啤酒。", "1", "b"),
    ("The company takes deposits, grants loans and issues credit cards.", "2", "k"),
    ("本行主要从事存款、贷款和信用卡业务。", "2", "k"),
    ("It makes clinker and cement for building sites.", "3", "c"),
    ("主营水泥熟料和骨料。", "3", "c"),
    ("An airline with forty flights a day.", "4", "a"),
    ("Sofas, mattresses and office chairs.", "5", "f"),
    ("生产沙發、床墊與辦公椅。", "5", "f"),
    ("Lifts and escalators, with their maintenance.", "6", "e"),
)
