import time

import pytest

from matching.text.grammar import Role, head_end, role_of
from matching.text.normalise import normalise
from tests.matching.text.hostile import PIECES, huge


@pytest.mark.parametrize(
    ("phrase", "word", "role"),
    [
        ("KrF光刻胶", "光刻胶", Role.HEAD),
        ("光刻胶生产项目", "光刻胶", Role.HEAD),
        ("光刻胶的研发、生产和销售", "光刻胶", Role.HEAD),
        ("光刻胶和显影液", "光刻胶", Role.HEAD),
        ("光刻胶（KrF）", "光刻胶", Role.HEAD),
        ("光刻胶制造有限公司", "光刻胶", Role.HEAD),
        ("用于锂电池的隔膜", "隔膜", Role.HEAD),
        ("激光雷达系统", "激光雷达", Role.KIND),
        ("碳化硅衬底材料", "碳化硅衬底", Role.KIND),
        ("光刻胶技术的研发", "光刻胶", Role.KIND),
        ("硅片清洗设备", "硅片", Role.TURNED),
        ("光刻胶回收", "光刻胶", Role.TURNED),
        ("光刻胶涂布机", "光刻胶", Role.TURNED),
        ("光刻胶生产设备", "光刻胶", Role.TURNED),
        ("光刻胶检测服务", "光刻胶", Role.FRONT),
        ("光刻胶树脂", "光刻胶", Role.FRONT),
        ("氮化铝基板", "氮化铝", Role.FRONT),
        ("用于光刻胶的溶剂", "光刻胶", Role.PURPOSE),
        ("产品应用于光刻胶、显影液等领域", "显影液", Role.PURPOSE),
        ("silicon wafers", "silicon wafers", Role.HEAD),
        ("photoresist for chips", "photoresist", Role.HEAD),
        ("photoresist manufacturer", "photoresist", Role.HEAD),
        ("photoresist and developer", "photoresist", Role.HEAD),
        ("engaged in photoresist production", "photoresist", Role.HEAD),
        ("LiDAR systems", "lidar", Role.KIND),
        ("photoresist materials supplier", "photoresist", Role.KIND),
        ("photoresist coating equipment", "photoresist", Role.TURNED),
        ("lithium battery recycling", "lithium battery", Role.TURNED),
        ("photoresist resins", "photoresist", Role.FRONT),
        ("photoresist but no developer", "photoresist", Role.HEAD),
        ("ADC药物", "adc", Role.KIND),
        ("photoresistance", "photoresist", Role.FRONT),
        ("solvents for photoresist", "photoresist", Role.PURPOSE),
        ("coatings used in wafers, lenses and mirrors", "mirrors", Role.PURPOSE),
    ],
)
def test_the_role_of_a_word(phrase: str, word: str, role: Role) -> None:
    text = normalise(phrase)
    start = text.index(word.casefold())
    assert role_of(text, start, start + len(word)) is role


@pytest.mark.parametrize(
    ("text", "end", "to"),
    [
        ("gpu芯片", 3, 5),
        ("gpu芯片的研发,生产", 3, 5),
        ("gpu chips for cars", 3, 9),
        ("gpu", 3, 3),
        ("gpu" + "芯" * 60, 3, 3),
    ],
)
def test_where_the_noun_phrase_ends(text: str, end: int, to: int) -> None:
    assert head_end(text, end) == to


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_makes_the_patterns_slow(piece: str) -> None:
    short = normalise(huge(piece))
    began = time.process_time()
    for place in range(0, len(short), max(1, len(short) // 20)):
        assert role_of(short, place, place + 1) in Role
        assert head_end(short, place) >= place
    assert time.process_time() - began < 0.5  # a tenth of it on an idle machine
