import pytest

from matching.describing.classes import ClassPlacer, IndustryClass
from tests.matching.describing.lists import CHINESE, DIVISIONS, ENGLISH, REFERENCE, SAID, a_class

PLACERS = {
    "zh": ClassPlacer(CHINESE, REFERENCE),
    "en": ClassPlacer(ENGLISH, REFERENCE),
    "gb": ClassPlacer(DIVISIONS, REFERENCE),
}


@pytest.mark.parametrize(("text", "chinese", "english"), SAID)
def test_either_language_reaches_a_list_in_either(text: str, chinese: str, english: str) -> None:
    assert PLACERS["zh"].place(text)[0].code == chinese
    assert PLACERS["en"].place(text)[0].code == english


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sofas and mattresses.", "C21"),
        ("A commercial bank.", "J66"),
        ("Ceramic tiles? No: clinker and cement.", "C30"),
        ("主营啤酒。", "C15"),
        ("Passenger airline.", "G56"),
    ],
)
def test_a_division_is_known_by_its_code(text: str, code: str) -> None:
    assert PLACERS["gb"].place(text)[0].code == code


@pytest.mark.parametrize("text", ["", "…", "\u200b", "12345", "xyzzy plugh", "\ud800"])
def test_nothing_said_is_placed_nowhere(text: str) -> None:
    assert PLACERS["zh"].place(text) == ()


def test_scores_fall_and_are_positive() -> None:
    placed = PLACERS["zh"].place("银行贷款给水泥厂和家具厂，也给航空公司。" * 3)
    scores = [one.score for one in placed]
    assert len(placed) >= 4
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_what_is_said_first_counts_more() -> None:
    first = dict(PLACERS["zh"].place("It makes beer. Then it sells sofas."))
    last = dict(PLACERS["zh"].place("It makes sofas. Then it sells beer."))
    assert first["1"] > last["1"] > 0
    assert last["5"] > first["5"] > 0


def test_the_nearer_class_of_a_tree_wins() -> None:
    tree = [
        a_class("11", "制造", "家具"),
        a_class("12", "制造", "水泥"),
        a_class("21", "金融", "商业银行"),
    ]
    assert ClassPlacer(tree, REFERENCE).place("We make cement.")[0].code == "12"


def test_a_second_division_counts_less() -> None:
    link = next(one for one in REFERENCE.links.values() if one.gb4754_codes[0][:2] == "35")
    both = [a_class("C35", "专用设备制造业"), a_class("C39", "计算机、通信和其他电子设备制造业")]
    placed = ClassPlacer(both, REFERENCE).place(link.name_zh)
    assert placed[0].code == "C35"


@pytest.mark.parametrize(
    "odd",
    [
        [],
        [IndustryClass("1", "", ())],
        [IndustryClass("1", "、", ("", "、"))],
        [a_class("1", "水泥"), a_class("1", "水泥")],
    ],
)
def test_odd_lists_break_nothing(odd: list[IndustryClass]) -> None:
    placed = ClassPlacer(odd, REFERENCE).place("水泥")
    assert {one.code for one in placed} <= {"1"}


def test_a_long_text_is_read_in_part() -> None:
    text = "水泥。" * 50_000
    assert PLACERS["zh"].place(text)[0].code == "3"
