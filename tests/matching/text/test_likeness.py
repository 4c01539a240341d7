import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text.likeness import LEAST_RATIO, is_slip, likeness
from matching.text.reading import read


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("photoresist", "photoresit"),
        ("photolithography", "photolitography"),
        ("高纯度溅射靶材", "高纯溅射靶材"),
        ("谐波减速器", "谐波减速机"),
        ("农产品质量检测", "农产品检测"),
        ("lithium hexafluorophosphate", "lithium hexafluorphosphate"),
    ],
)
def test_a_slip_is_like(a: str, b: str) -> None:
    assert LEAST_RATIO / 100 <= likeness(read(a), read(b)) < 1
    assert likeness(read(a), read(b)) == likeness(read(b), read(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("正极材料", "负极材料"),
        ("锂电池正极活性材料", "锂电池负极活性材料"),
        ("lithium cathode materials", "lithium anode materials"),
        ("N型单晶硅片加工", "P型单晶硅片加工"),
        ("产业链上游材料供应", "产业链下游材料供应"),
        ("可降解塑料薄膜", "不可降解塑料薄膜"),
        ("organic light emitting material", "inorganic light emitting material"),
        ("碳化硅衬底", "碳化钨衬底"),
        ("燃料电池", "燃料电池车"),
        ("280Ah大容量电芯", "314Ah大容量电芯"),
        ("silicon rubber parts", "silicone rubber parts"),
        ("sodium sulfate solution", "sodium sulfite solution"),
        ("ethylene glycol", "methylene glycol"),
        ("CT机", "CT仪"),
        ("硅片", "硅油"),
        ("危险废物处置", "危险废物处理装置"),
        ("photoresist", "wafer"),
        ("medical devices", "home medical devices"),
        ("质量检测认证", "电池质量检测认证"),
        ("", "photoresist"),
        ("woven glass fabric", "non woven glass fabric"),
    ],
)
def test_what_differs_in_meaning_is_not_like(a: str, b: str) -> None:
    assert likeness(read(a), read(b)) == 0.0
    assert likeness(read(b), read(a)) == 0.0


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("wafer", "wafer", True),
        ("器", "机", True),
        ("photoresist", "photoresit", True),
        ("wafer", "water", True),
        ("wafer", "safer", False),
        ("chip", "ship", False),
        ("硅", "碳", False),
        ("cat", "car", False),
        ("compressor", "compression", True),
    ],
)
def test_slips_of_single_words(a: str, b: str, expected: bool) -> None:
    assert is_slip(a, b) is expected
    assert is_slip(b, a) is expected


def test_two_known_words_are_two_words() -> None:
    water, wafer = read("water cleaning tool"), read("wafer cleaning tool")
    assert likeness(water, wafer) > 0
    assert likeness(water, wafer, {"water", "wafer"}) == 0.0
    assert likeness(water, wafer, {"wafer"}) > 0


@given(st.text("正负极材料硅片abc ", max_size=12), st.text("正负极材料硅片abc ", max_size=12))
def test_likeness_is_symmetric_and_on_its_scale(a: str, b: str) -> None:
    value = likeness(read(a), read(b))
    assert value == likeness(read(b), read(a))
    assert value == 0.0 or LEAST_RATIO / 100 <= value <= 1.0
