import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text.containment import VALUES
from matching.text.grammar import Role
from matching.text.words import word_affinity
from tests.matching.text.hostile import NOTHING_SAID, PIECES, huge


@pytest.mark.parametrize(
    ("phrase", "word", "expected"),
    [
        ("光刻胶", "光刻胶", 1.0),
        ("光刻膠", "光刻胶", 1.0),
        ("光刻胶", "光刻膠", 1.0),
        ("Photoresists", "photoresist", 1.0),
        ("micro-inverters", "microinverter", 1.0),
        ("aluminium foils", "aluminum foil", 1.0),
        ("ＫｒＦ光刻胶", "krf光刻胶", 1.0),
        ("半導體矽晶圓", "硅晶圆", 0.9),
        ("KrF光刻胶", "光刻胶", 0.9),
        ("光刻胶研发生产基地", "光刻胶", 0.9),
        ("12-inch silicon wafers", "silicon wafer", 0.9),
        ("manufacture of silicon wafers", "silicon wafer", 0.9),
        ("光刻胶系统", "光刻胶", VALUES[Role.KIND]),
        ("光刻胶树脂", "光刻胶", VALUES[Role.FRONT]),
        ("硅片清洗设备", "硅片", VALUES[Role.TURNED]),
        ("lithium battery recycling", "lithium battery", VALUES[Role.TURNED]),
        ("solvents for photoresist", "photoresist", VALUES[Role.PURPOSE]),
        ("photolitography", "photolithography", pytest.approx(0.97, abs=0.01)),
        ("正极材料", "负极材料", 0.0),
        ("锂电池正极活性材料", "锂电池负极活性材料", 0.0),
        ("substrate", "ATE", 0.0),
        ("silicon, wafer", "silicon wafer", 1.0),
        ("pure silicon, wafer", "silicon wafer", 0.0),
        ("光刻胶", "ArF光刻胶", 0.0),
        ("光刻胶", "", 0.0),
        ("", "光刻胶", 0.0),
    ],
)
def test_a_phrase_against_a_word(phrase: str, word: str, expected: float) -> None:
    assert word_affinity(phrase, word) == expected


@pytest.mark.parametrize("nothing", NOTHING_SAID)
def test_nothing_said_meets_nothing(nothing: str) -> None:
    assert word_affinity(nothing, "光刻胶") == 0.0
    assert word_affinity("光刻胶", nothing) == 0.0
    assert word_affinity(nothing, nothing) == 0.0


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_takes_bounded_time(piece: str) -> None:
    text = huge(piece)
    began = time.process_time()
    assert 0 <= word_affinity(text, "光刻胶") <= 1
    assert 0 <= word_affinity("光刻胶", text) <= 1
    assert time.process_time() - began < 0.5  # .02 on an idle machine


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_two_texts_have_an_affinity(phrase: str, word: str) -> None:
    assert 0 <= word_affinity(phrase, word) <= 1
