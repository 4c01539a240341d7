import pytest

from matching.text.contrast import OPPOSITES, contradict, differ_in_kind, opposites


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("正", "负", True),
        ("anode", "cathode", True),
        ("cathode", "anode", True),
        ("n", "p", True),
        ("sulfate", "sulfide", True),
        ("phosphate", "phosphite", True),
        ("propane", "propene", True),
        ("silicon", "silicone", True),
        ("organic", "inorganic", True),
        ("12", "8", True),
        ("3d", "5d", True),
        ("12", "12", False),
        ("器", "机", False),
        ("photoresist", "photoresit", False),
        ("sulfate", "sulfatte", False),
        ("lithography", "litography", False),
    ],
)
def test_kinds_are_told_from_slips(a: str, b: str, expected: bool) -> None:
    assert differ_in_kind(a, b) is expected


@pytest.mark.parametrize(
    ("phrase", "words", "expected"),
    [
        (("负 极", "极 材"), ("正 极", "极 材"), True),
        (("正 极",), ("正 极", "负 极"), False),
        (("p 型", "型 硅"), ("n 型", "型 硅"), True),
        (("anode", "material"), ("cathode", "material"), True),
        (("indoor", "unit"), ("outdo", "unit"), False),
        (("硅 片",), ("正 极",), False),
        ((), ("正 极",), False),
    ],
)
def test_contradiction(phrase: tuple[str, ...], words: tuple[str, ...], expected: bool) -> None:
    assert contradict(phrase, words) is expected


def test_opposition_is_mutual() -> None:
    for pair in OPPOSITES:
        assert len(pair) == 2
    assert opposites("阳 极") == {"阴 极"}
    assert opposites("阴 极") == {"阳 极"}
    assert opposites("硅片") == set()
