"""Maps of chains: every link has its place, boxes never overlap, lines lead where they should."""

import re
from itertools import combinations

import pytest

from matching.reference.loader import load_reference
from matching.vocabulary import Segment
from service.pages.site.drawing.chain_map import LETTER, WIDTH, Map, Spot, chain_map
from service.pages.site.drawing.ordering import MOST_IN_COLUMN, columns
from service.pages.site.drawing.wrapping import width_of

REFERENCE = load_reference()
NUMBERS = re.compile(r"-?\d+\.?\d*")


def drawn(chain_id: str, language: str = "zh") -> tuple[Map, tuple[tuple[int, int], ...]]:
    links = [link for link in REFERENCE.links.values() if link.chain_id == chain_id]
    at = {link.link_id: number for number, link in enumerate(links)}
    edges = tuple((at[one], at[other]) for one, other in REFERENCE.edges if one in at)
    named = tuple(
        Spot(link.link_id, link.name_zh if language == "zh" else link.name_en, link.segment)
        for link in links
    )
    return chain_map(named, edges), edges


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("chain_id", list(REFERENCE.chains))
def test_boxes_lie_apart_and_hold_their_names(chain_id: str, language: str) -> None:
    made, edges = drawn(chain_id, language)
    assert len({box.spot.link_id for box in made.boxes}) == len(made.boxes)
    assert len(made.lines) == len(edges)
    for box in made.boxes:
        assert 0 < box.x <= WIDTH - made.box_width
        assert 0 < box.y <= made.height - made.box_height
        heights = [y for y, _ in box.names]
        assert box.y < min(heights) - LETTER * 0.7
        assert max(heights) < box.y + made.box_height
        assert all(width_of(line) * LETTER < made.box_width - 26 for _, line in box.names)
    for one, other in combinations(made.boxes, 2):
        is_beside = abs(one.x - other.x) >= made.box_width
        assert is_beside or abs(one.y - other.y) >= made.box_height, (one.spot, other.spot)


@pytest.mark.parametrize("chain_id", list(REFERENCE.chains))
def test_lines_stay_inside_and_end_at_their_customer(chain_id: str) -> None:
    made, edges = drawn(chain_id)
    for line, (supplier, customer) in zip(made.lines, edges, strict=True):
        start, end = made.boxes[supplier], made.boxes[customer]
        numbers = [float(number) for number in NUMBERS.findall(line.path)]
        assert all(0 <= number <= WIDTH for number in numbers)
        assert numbers[0] in {round(start.x, 1), round(start.x + made.box_width, 1)}
        last = float(NUMBERS.findall(line.path)[-1 if "H" in line.path[-8:] else -2])
        assert round(end.x, 1) - 0.2 <= last <= round(end.x + made.box_width, 1) + 0.2


def test_segments_stand_from_left_to_right_with_their_counts() -> None:
    made, _ = drawn("ic")
    assert [head.segment for head in made.heads] == list(Segment)
    assert [head.links for head in made.heads] == [21, 10, 5]
    assert [head.x for head in made.heads] == sorted(head.x for head in made.heads)


def test_a_line_against_the_stream_is_told_apart() -> None:
    spots = (Spot("c.up", "甲", Segment.UPSTREAM), Spot("c.down", "乙", Segment.DOWNSTREAM))
    forth, back = chain_map(spots, ((0, 1), (1, 0))).lines
    assert not forth.is_back
    assert back.is_back


def test_a_link_that_supplies_itself_has_its_line_once() -> None:
    made = chain_map((Spot("c.one", "甲", Segment.MIDSTREAM),), ((0, 0),))
    assert made.boxes[0].edges == (0,)


def test_a_chain_without_links_is_an_empty_map() -> None:
    made = chain_map((), ())
    assert made.boxes == made.lines == made.heads == ()


def test_lines_climb_less_than_in_reading_order() -> None:
    links = [link for link in REFERENCE.links.values() if link.chain_id == "ic"]
    at = {link.link_id: number for number, link in enumerate(links)}
    edges = [(at[one], at[other]) for one, other in REFERENCE.edges if one in at]
    found = columns([link.segment for link in links], edges)
    assert all(len(column.links) <= MOST_IN_COLUMN for column in found)

    def climb(order: list[list[int]]) -> float:
        rows = {
            link: column.top + row
            for column, here in zip(found, order, strict=True)
            for row, link in enumerate(here)
        }
        return sum(abs(rows[one] - rows[other]) for one, other in edges)

    plain = [sorted(column.links) for column in found]
    assert climb([list(column.links) for column in found]) < 0.8 * climb(plain)


def test_a_segment_of_many_has_its_own_suppliers_first() -> None:
    segments = [Segment.UPSTREAM] * (MOST_IN_COLUMN + 3)
    first, second = columns(segments, [(13, 0), (13, 1)])
    assert 13 in first.links
    assert {0, 1} <= set(second.links)
    assert second.top == first.top + 0.5
