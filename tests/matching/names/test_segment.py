import numpy as np

from matching.names.segment import (
    Candidate,
    Effort,
    Entry,
    Segment,
    choose,
    join_segments,
    make_segment,
)

ENTRIES: list[Entry] = [
    ("甲", (1, 2, 3)),
    ("beta", (2, 3, 4)),
    ("", ()),
    ("丁丁", (9,)),
]


EFFORT = Effort(postings=5_000, share=0.8, gained=1 / 3, sifted=10, read=10, early=3, fall=0.9)


def find(segment: Segment, grams: tuple[int, ...], most: int = 10) -> list[Candidate]:
    sought = np.array(sorted(grams), dtype=np.int32)
    counts = segment.counts(sought)
    if not counts.any():
        return []
    telling = np.ones(len(sought), dtype=np.float32)
    return segment.candidates(choose(sought, telling, counts, len(segment), EFFORT), most)


def seen(segment: Segment, grams: tuple[int, ...], most: int = 10) -> list[int]:
    return [position for _, position in find(segment, grams, most)]


def test_the_names_with_most_of_the_rare_grams_come_first() -> None:
    made = make_segment(10, ENTRIES)
    assert len(made) == 4
    assert [made.text(position) for position in (10, 11, 12, 13)] == ["甲", "beta", "", "丁丁"]
    assert seen(made, (2, 3)) == [10, 11]
    assert seen(made, (1, 2, 3)) == [10, 11]  # the second lacks the rarest one
    assert seen(made, (4, 2)) == [11, 10]
    assert seen(made, (9, 77)) == [13]
    assert seen(made, (77, 0)) == seen(made, ()) == []


def test_names_with_few_of_the_grams_are_passed_over() -> None:
    made = make_segment(0, [("a", (1, 2, 3, 4)), ("b", (1,)), ("c", (2, 3)), ("d", (4,))])
    assert seen(made, (1, 2, 3, 4)) == [0, 2]


def test_equal_promise_stands_by_position() -> None:
    made = make_segment(0, [("a", (5,)), ("b", (5,)), ("c", (5,))])
    assert seen(made, (5,)) == [0, 1, 2]
    assert len(find(made, (5,), 2)) == 2


def test_a_search_leaves_no_trace() -> None:
    made = make_segment(0, ENTRIES)
    first = find(made, (1, 2, 3), 10)
    assert find(made, (1, 2, 3), 10) == first
    assert len(made.scratch) == 1
    assert not made.scratch[0].any()


def test_segments_joined_are_as_made_together() -> None:
    together = make_segment(0, ENTRIES * 2)
    joined = join_segments(make_segment(0, ENTRIES), make_segment(4, ENTRIES))
    assert len(joined) == len(together) == 8
    assert [joined.text(i) for i in range(8)] == [together.text(i) for i in range(8)]
    for grams in ((1,), (2, 3), (9,), (4, 1, 9)):
        assert find(joined, grams, 10) == find(together, grams, 10)


def test_frequent_grams_are_read_only_within_the_budget() -> None:
    count = EFFORT.postings + 10
    entries: list[Entry] = [("x", (1,))] * count
    entries[7] = ("rare", (1, 2))
    made = make_segment(0, entries)
    assert seen(made, (1, 2)) == [7]
    assert len(find(made, (1,), count)) == count  # the rarest gram is read all the same


def test_an_empty_segment_holds_nothing() -> None:
    assert seen(make_segment(0, [("", ())]), (1,)) == []
