import pytest

from matching.names.alignment import align, word_likeness
from matching.names.parsing import parse


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("pharmac", "pharmaceutical", 0.9),
        ("ro", "robotics", 0.7),
        ("r", "robotics", 0.0),
        ("ob", "robotics", 0.0),
        ("awys", "airways", 0.75),
        ("rbt", "robot", 0.5),
        ("gazprom", "gasprom", 0.85),
        ("capstone", "kapstone", 0.7),
        ("capstones", "capetonez", 0.75),
        ("capstones", "kapetones", 0.6),
        ("capstone", "kingstone", 0.0),
        ("silver", "silicons", 0.0),
        ("gold", "bold", 0.0),
        ("energy", "energetics", 0.0),
    ],
)
def test_two_words_may_be_meant_as_one(one: str, other: str, likeness: float) -> None:
    assert word_likeness(one, other) == word_likeness(other, one) == pytest.approx(likeness)


@pytest.mark.parametrize(
    ("one", "other", "mine", "theirs"),
    [
        ("acme robotics", "acme robotics", [1, 1], [1, 1]),
        ("robotics acme", "acme robotics", [1, 1], [1, 1]),
        ("acme tech", "acme technologies", [1, 0.98], [1, 0.98]),
        ("acme sea food", "acme seafood", [1, 0.97, 0.97], [1, 0.97]),
        ("acme seafood", "acme sea food", [1, 0.97], [1, 0.97, 0.97]),
        ("acme sea foo", "acme seafood", [1, 0.9, 0], [1, 0.9]),
        ("acme acme", "acme", [1, 0], [1]),
        ("acme gold", "acme silver", [1, 0], [1, 0]),
        ("acme energie robo", "acme robots energy", [1, 0.98, 0.9], [1, 0.9, 0.98]),
    ],
)
def test_words_are_paired(one: str, other: str, mine: list[float], theirs: list[float]) -> None:
    found = align(parse(one).parts, parse(other).parts)
    assert found == (pytest.approx(mine), pytest.approx(theirs))
