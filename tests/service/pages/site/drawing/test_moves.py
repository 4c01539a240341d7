"""Two rankings side by side, as pure data."""

from typing import Any

from service.pages.site.drawing.moves import Mover, Turn, moves


def match(name: str, rank: int, **points: int) -> dict[str, Any]:
    """A match as the API answers it, as far as it is compared."""
    components = [{"criterion": key, "points": value} for key, value in points.items()]
    pillars = {"strategy": sum(points.values()), "space": 0, "value": 0}
    return {
        "rank": rank,
        "score": sum(points.values()),
        "gap": {"id": name},
        "components": components,
        "pillars": pillars,
    }


BEFORE = [match("a", 1, fit=900, size=50), match("b", 2, fit=500, size=400), match("c", 3, fit=10)]


def told(after: list[dict[str, Any]], most: int) -> dict[str, tuple[Turn, int]]:
    found = moves(BEFORE, after, "gap", most)
    return {move.subject["id"]: (move.turn, move.places) for move in found}


def test_who_moves_where() -> None:
    after = [match("b", 1, fit=600), match("a", 2, fit=500), match("c", 3, fit=10)]
    assert told(after, 5) == {"b": (Turn.UP, 1), "a": (Turn.DOWN, -1), "c": (Turn.STAYS, 0)}


def test_who_comes_and_goes_is_told_last() -> None:
    after = [match("d", 1, fit=700), match("b", 2, fit=500), match("a", 3, fit=1)]
    assert list(told(after, 2)) == ["d", "b", "a"]
    assert told(after, 3) == {
        "d": (Turn.COMES, 0),
        "b": (Turn.STAYS, 0),
        "a": (Turn.DOWN, -2),
        "c": (Turn.GOES, 0),
    }


def test_what_moved_most_is_named_with_its_points() -> None:
    after = [match("a", 1, fit=905, size=10), match("b", 2, fit=500, size=400)]
    first, second, gone = moves(BEFORE, after, "gap", 5)
    assert first.mover == Mover("size", 50, 10)
    assert Mover("size", 50, 10).difference == -40
    assert first.pillars == [("strategy", 950, 915), ("space", 0, 0), ("value", 0, 0)]
    assert second.mover is None
    assert (gone.mover, gone.pillars, gone.places) == (None, [], 0)


def test_nothing_has_no_moves() -> None:
    assert moves([], [], "gap", 5) == []
    only = moves([], [match("a", 1, fit=1)], "gap", 5)
    assert [(move.turn, move.pillars) for move in only] == [(Turn.COMES, [])]
