import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text.overlap import OverlapIndex, last_part, parts
from matching.text.reading import read

LEAST = 0.01
DOCUMENTS = (
    ("正极材料", "三元正极", "cathode material"),
    ("负极材料", "石墨负极", "anode material"),
    ("检测设备", "电池检测", "芯片检测", "汽车检测", "battery testing"),
    ("数据安全", "网络安全", "信息安全", "data security", "cyber security", "cloud security"),
    ("飞行学校", "flight school", "空中出租车"),
)


@pytest.fixture
def index() -> OverlapIndex:
    return OverlapIndex([[read(word) for word in words] for words in DOCUMENTS])


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("正极材料", ("正 极", "极 材", "材 料")),
        ("N型硅片", ("n 型", "型 硅", "硅 片")),
        ("正极，材料", ("正 极", "材 料")),
        ("silicon wafer manufacturing", ("silicon", "wafer")),
        ("a sensor", ("sens",)),
        ("硅", ()),
        ("设备设备", ("设 备", "备 设")),
        ("", ()),
    ],
)
def test_parts(phrase: str, expected: tuple[str, ...]) -> None:
    assert parts(read(phrase)) == expected


@pytest.mark.parametrize(
    ("phrase", "last"),
    [
        ("GPU芯片", "芯 片"),
        ("芯片GPU", "gpu"),
        ("silicon wafers", "wafer"),
        ("硅", ""),
        ("equipment", ""),
        ("silicon equipment", "silicon"),
        ("KrF，胶", ""),
        ("", ""),
    ],
)
def test_the_part_in_which_a_phrase_ends(phrase: str, last: str) -> None:
    assert last_part(read(phrase)) == last


def test_what_an_owners_words_end_in(index: OverlapIndex) -> None:
    assert index.is_end("材 料", 0)
    assert not index.is_end("正 极 材", 0)
    assert not index.is_end("检 测", 0)
    assert not index.is_end("", 0)


def test_what_is_covered_most_comes_first(index: OverlapIndex) -> None:
    shares = index.shares(parts(read("高镍三元正极")), LEAST)
    assert max(shares, key=lambda owner: shares[owner]) == 0


@pytest.mark.parametrize(("phrase", "absent"), [("负极活性材料", 0), ("anode material powder", 0)])
def test_opposites_share_nothing(index: OverlapIndex, phrase: str, absent: int) -> None:
    assert absent not in index.shares(parts(read(phrase)), LEAST)


def test_a_usual_head_in_common_counts_more_than_a_single_part(index: OverlapIndex) -> None:
    security = index.shares(parts(read("home security")), LEAST)[3]
    school = index.shares(parts(read("primary school")), LEAST)[4]
    not_last = index.shares(parts(read("security guards")), LEAST)[3]
    assert security > school > 0
    assert security > not_last


def test_a_word_that_says_more_covers_less(index: OverlapIndex) -> None:
    whole = index.shares(parts(read("空中出租车")), LEAST)[4]
    piece = index.shares(parts(read("出租车")), LEAST)[4]
    assert 0 < piece < whole <= 1


def test_common_parts_weigh_less(index: OverlapIndex) -> None:
    assert index.rarity("材 料") < index.rarity("三 元") == index.rarity("未 知") == 1.0


def test_the_least_share_is_kept_to(index: OverlapIndex) -> None:
    asked = parts(read("电池检测设备厂"))
    every = index.shares(asked, LEAST)
    some = index.shares(asked, 0.4)
    assert some == {owner: share for owner, share in every.items() if share >= 0.4}


def test_the_nearest_word_is_the_one_covered_most(index: OverlapIndex) -> None:
    assert index.nearest(2, parts(read("汽车检测服务"))) == 3
    assert "检 测" in index.parts_of(2)


@given(st.text("正负极材料检测设备数据安全 abc", max_size=20))
def test_shares_are_shares(text: str) -> None:
    index = OverlapIndex([[read(word) for word in words] for words in DOCUMENTS])
    assert all(0 < share <= 1 for share in index.shares(parts(read(text)), LEAST).values())
