from concurrent.futures import ThreadPoolExecutor

import pytest

from matching.names import register as registers
from matching.names.comparing import likeness_of
from matching.names.parsing import parse
from matching.names.register import Found, Register

NAMES = [
    "苏州示例半导体科技有限公司",
    "无锡示例半导体科技有限公司",
    "Acme Robotics Co., Ltd.",
    "Siemens AG",
    "",
    "北京银行股份有限公司",
    "厦门优久库供应链管理有限公司",
]


@pytest.mark.parametrize(
    ("sought", "position"),
    [
        ("蘇州示例半導體科技有限公司", 0),
        ("示例半导体（无锡）", 1),
        ("ACME ROBOTICS", 2),
        ("Acmе Rоbotics", 2),
        ("Acme Robotcs", 2),
        ("西门子股份公司", 3),
        ("北京银行", 5),
        ("优酒库", 6),
        ("You Jiu Ku Gong Ying Lian Guan Li", 6),
    ],
)
def test_a_name_is_found_under_another_writing(sought: str, position: int) -> None:
    found = Register(NAMES).search(sought, 3)
    assert found[0].position == position
    assert found[0].score >= 600


@pytest.mark.parametrize(
    "sought", ["", "\u200b", "有限公司", "Zenith Chemicals", "甲乙电子", "上海"]
)
def test_what_fits_nothing_is_refused(sought: str) -> None:
    assert Register(NAMES).search(sought, 5) == []


def test_no_more_than_asked_for_and_best_first() -> None:
    register = Register(NAMES)
    assert register.search("示例半导体", 0) == []
    assert len(register.search("示例半导体", 1)) == 1
    assert [found.position for found in register.search("示例半导体", 5)] == [0, 1]
    assert Register().search("示例", 5) == []
    assert Register(["示例", "示例"]).search("示例", 5) == [Found(0, 1000), Found(1, 1000)]


def test_a_name_is_found_as_soon_as_it_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "TAIL", 4)
    register = Register(["零号示例有限公司"])
    assert len(register) == 1
    for number in range(1, 40):
        name = f"甲{chr(0x4E00 + 37 * number)}{chr(0x5E00 + 41 * number)}电子有限公司"
        assert register.add(name) == number
        assert len(register) == number + 1
        assert register.search(name, 1) == [Found(number, 1000)]
    assert register.search("零号示例有限公司", 1) == [Found(0, 1000)]


def test_a_register_that_grew_answers_like_one_made_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registers, "TAIL", 8)
    names = [f"{place}{core}电子有限公司" for place in ("苏州", "无锡", "") for core in CORES]
    grown, made = Register(), Register(names)
    for name in names:
        grown.add(name)
    for sought in ("示例", "苏州示例电子", "甲乙丙", "无锡丁戊"):
        assert grown.search(sought, 3) == made.search(sought, 3)


CORES = [
    "示例",
    "甲乙",
    "丙丁",
    "戊己",
    "庚辛",
    "壬癸",
    "丁戊",
    "示立",
    "利示",
    "例示",
    "乙丙",
    "己庚",
]


def test_readers_see_all_that_was_added_before_they_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "TAIL", 16)
    register = Register()
    names = [f"{a}{b}电子有限公司" for a in "东南西北中春夏秋冬" for b in "金木水火土山川河海"]

    def look(_: int) -> bool:
        count = len(register)
        known = names[max(0, count - 3) : count]
        return all(register.search(name, 1)[0].score == 1000 for name in known)

    with ThreadPoolExecutor(4) as pool:
        looks = pool.map(look, range(200))
        assert [register.add(name) for name in names] == list(range(len(names)))
        assert all(looks)


def test_the_best_of_a_full_scan_is_found() -> None:
    cities, trades = ("苏州", "无锡", "杭州", "宁波", ""), ("电子", "机械", "网络科技", "医药")
    names = [
        f"{city}{core}{trade}有限公司" for city in cities for core in CORES for trade in trades
    ]
    names += [
        f"{core} {trade} Ltd" for core in ENGLISH for trade in ("Robotics", "Foods", "Energy")
    ]
    register, parsed = Register(names), [parse(name) for name in names]
    right = tried = 0
    for sought in (*CORES, *ENGLISH, *(name[:6] for name in names[::5]), *names[::7]):
        best = max(likeness_of(parse(sought), name).likeness for name in parsed)
        found = register.search(sought, 1)
        if best >= registers.LEAST:
            tried += 1
            right += bool(found) and found[0].score == int(1000 * best)
        else:
            assert not found
    assert tried > 80
    assert right >= 0.99 * tried


ENGLISH = ["Acmetron", "Zenithal", "Borealis Nova", "Northgate", "Silverpine", "Quantara"]
