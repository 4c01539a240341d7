"""Postings against a plain dict of dicts."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.postings import Move, Postings, Values

Keys = dict[str, Values]

KEYS = st.dictionaries(st.sampled_from("abc"), st.tuples(st.sampled_from([0.5, 1.0])), max_size=3)


def plainly(postings: Postings[str], key: str) -> dict[int, Values]:
    positions, values = postings.of(key)
    return {at: (value,) for at, value in zip(positions.tolist(), *values.tolist(), strict=True)}


def test_what_has_no_posting_is_empty_with_the_right_width() -> None:
    positions, values = Postings[str](width=2).of("a")
    assert (positions.dtype, positions.shape, values.shape) == (np.int64, (0,), (2, 0))


def test_without_values_only_positions_are_known() -> None:
    postings = Postings[str]().changed([Move(4, {}, {"a": ()}), Move(2, {}, {"a": (), "b": ()})])
    assert postings.of("a").positions.tolist() == [2, 4]
    assert postings.of("b").positions.tolist() == [2]
    left = postings.changed([Move(2, {"a": (), "b": ()}, {"a": ()})])
    assert left.found["a"] is postings.found["a"]
    assert "b" not in left.found


def test_what_stays_the_same_is_shared_whole() -> None:
    postings = Postings[str](width=1).changed([Move(0, {}, {"a": (0.5,)})])
    assert postings.changed([Move(0, {"a": (0.5,)}, {"a": (0.5,)})]) is postings
    other = postings.changed([Move(0, {"a": (0.5,)}, {"a": (0.7,)})])
    assert plainly(other, "a") == {0: (0.7,)}
    assert plainly(postings, "a") == {0: (0.5,)}


@given(st.lists(st.dictionaries(st.integers(0, 6), KEYS, max_size=4), max_size=6))
@settings(max_examples=150, deadline=None)
def test_any_moves_give_what_is_there_now(writes: list[dict[int, Keys]]) -> None:
    held: dict[int, Keys] = {}
    postings = Postings[str](width=1)
    for write in writes:
        moves = [Move(at, held.get(at, {}), keys) for at, keys in write.items()]
        postings = postings.changed(moves)
        held |= write
        for key in "abc":
            assert plainly(postings, key) == {
                at: keys[key] for at, keys in sorted(held.items()) if key in keys
            }
            assert (np.diff(postings.of(key).positions) > 0).all()
