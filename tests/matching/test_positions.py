"""Positions by id against a plain dict, before and after they are sorted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import positions
from matching.positions import Positions

STRANGE = ["", "a", "a\0", "é", "\ud800", "inv_1", "inv_12"]
ASKED = st.text(max_size=4) | st.sampled_from(STRANGE)
IDS = ASKED.filter(lambda id_: "\0" not in id_)


@given(st.lists(st.dictionaries(IDS, st.integers(0, 2**31 - 1), max_size=6), max_size=8), ASKED)
@settings(max_examples=200, deadline=None)
def test_the_last_that_was_noted_is_found(noted: list[dict[str, int]], other: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(positions, "FEWEST", 3)
        held, plain = Positions(), dict[str, int]()
        for some in noted:
            held.add(some)
            plain |= some
            assert {id_: held.get(id_) for id_ in plain} == plain
        assert held.get(other) == plain.get(other)


def test_many_ids_are_found_again_and_no_others() -> None:
    held = Positions()
    for start in range(0, 100_000, 20_000):
        held.add({f"inv_{n:026}": n for n in range(start, start + 20_000)})
    assert [held.get(f"inv_{n:026}") for n in (0, 20_000, 77_777, 99_999)] == [
        0,
        20_000,
        77_777,
        99_999,
    ]
    for strange in ("inv_", f"inv_{100_000:026}", f"inv_{0:026}0", f"inv_{0:026}\0", "~", ""):
        assert held.get(strange) is None
