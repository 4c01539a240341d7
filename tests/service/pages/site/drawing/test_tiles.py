"""The map of the provinces: each once, where it is, and darker where there is more."""

import pytest

from service.pages.site.drawing.tiles import SHADES, SIDE, Tile, extent, thresholds, tiles
from service.scorer import Scorer


def test_every_province_has_one_tile(scorer: Scorer) -> None:
    codes = [tile.code for tile in tiles({})]
    assert sorted(codes) == sorted(scorer.reference.provinces)
    assert len(codes) == 31


def test_no_tile_lies_on_another_or_outside() -> None:
    width, height = extent()
    places = {(tile.x, tile.y) for tile in tiles({})}
    assert len(places) == 31
    assert all(x % SIDE == y % SIDE == 0 for x, y in places)
    assert all(0 <= x < width and 0 <= y < height for x, y in places)


@pytest.mark.parametrize(
    ("code", "west_of", "north_of"), [("65", "31", "54"), ("23", None, "46"), ("54", "35", "46")]
)
def test_tiles_lie_roughly_as_the_provinces_do(
    code: str, west_of: str | None, north_of: str
) -> None:
    found = {tile.code: tile for tile in tiles({})}
    assert west_of is None or found[code].x < found[west_of].x
    assert found[code].y < found[north_of].y


def test_more_is_darker_and_none_is_no_shade() -> None:
    values: dict[str, int | None] = {"11": 0, "31": 1, "32": 2, "33": 5, "44": 90, "46": None}
    found = {tile.code: tile for tile in tiles(values)}
    assert [found[code].shade for code in ("11", "46", "12")] == [0, 0, 0]
    assert [found[code].shade for code in ("31", "32", "33", "44")] == [1, 2, 3, 4]
    assert found["46"] == Tile("46", found["46"].x, found["46"].y, None, 0)


def test_one_value_everywhere_has_the_darkest_shade() -> None:
    assert {tile.shade for tile in tiles({"11": 3, "31": 3})} == {0, SHADES}
    assert thresholds([7]) == [7]
