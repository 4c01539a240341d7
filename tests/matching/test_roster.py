"""Rosters against a plain dict, and what a reader of an older one sees."""

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.columns import CHUNK
from matching.roster import Change, Roster


class Thing(NamedTuple):
    id: str
    version: int = 1


def changed(roster: Roster[Thing], *things: Thing) -> Roster[Thing]:
    return roster.changed(roster.changes(things))


def many(count: int) -> list[Thing]:
    return [Thing(f"thing_{n}") for n in range(count)]


def test_new_records_come_to_the_next_positions_and_keep_them() -> None:
    empty: Roster[Thing] = Roster()
    first = changed(empty, Thing("b"), Thing("a"))
    assert (first.position("b"), first.position("a"), first.position("c")) == (0, 1, None)
    changes = first.changes([Thing("a", 2), Thing("c"), Thing("d")])
    assert changes == [
        Change(1, Thing("a"), Thing("a", 2)),
        Change(2, None, Thing("c")),
        Change(3, None, Thing("d")),
    ]
    second = first.changed(changes)
    assert [second.at(n).id for n in range(4)] == ["b", "a", "c", "d"]
    assert list(second) == ["b", "a", "c", "d"]
    assert second["a"].version == 2


def test_a_reader_of_an_older_roster_sees_nothing_of_what_follows() -> None:
    before = changed(Roster[Thing](), Thing("a"))
    after = changed(before, Thing("a", 2), Thing("b"))
    assert (len(before), len(after)) == (1, 2)
    assert before["a"].version == 1
    assert "b" not in before
    assert before.get("b") is None
    with pytest.raises(KeyError, match="b"):
        before["b"]
    assert dict(before) == {"a": Thing("a")}


def test_changes_that_were_given_up_leave_no_trace() -> None:
    before = changed(Roster[Thing](), Thing("a"))
    changed(before, Thing("b"), Thing("c"))  # the state it was for never came to be
    after = changed(before, Thing("c"), Thing("b"))
    assert [after.at(n).id for n in range(3)] == ["a", "c", "b"]
    assert [after.position(id_) for id_ in "acb"] == [0, 1, 2]


def test_nothing_changes_nothing() -> None:
    assert len(changed(Roster[Thing]())) == 0
    roster = changed(Roster[Thing](), *many(3))
    assert dict(changed(roster)) == dict(roster)


def test_a_roster_reaches_over_chunks() -> None:
    before = changed(Roster[Thing](), *many(2 * CHUNK))
    after = changed(before, Thing("thing_1", 2), Thing("new"))
    assert len(after) == 2 * CHUNK + 1
    assert after.at(2 * CHUNK).id == "new"
    assert after.at(CHUNK) is before.at(CHUNK)
    assert (before["thing_1"].version, after["thing_1"].version) == (1, 2)


class Written:
    """Holds things as text."""

    def pack(self, record: Thing) -> str:
        return f"{record.id} {record.version}"

    def unpack(self, held: str) -> Thing:
        id_, version = held.split()
        return Thing(id_, int(version))

    def id_of(self, held: str) -> str:
        return held.partition(" ")[0]


def test_records_are_held_as_the_packing_has_them() -> None:
    before = changed(Roster(Written()), Thing("b"), Thing("a"))
    after = changed(before, Thing("a", 2), Thing("c"))
    assert after.at(1) == Thing("a", 2)
    assert [after.id_at(position) for position in range(3)] == list(after) == ["b", "a", "c"]
    assert list(after.in_order()) == [Thing("b"), Thing("a", 2), Thing("c")]
    assert after.changes([Thing("c", 5)]) == [Change(2, Thing("c"), Thing("c", 5))]
    assert (dict(before), before["a"].version) == ({"b": Thing("b"), "a": Thing("a")}, 1)


@given(st.lists(st.lists(st.integers(0, 12), unique=True, max_size=6), max_size=8))
@settings(max_examples=100, deadline=None)
def test_a_roster_is_a_dict_that_remembers_its_past(writes: list[list[int]]) -> None:
    roster, plain = Roster[Thing](), dict[str, Thing]()
    past = [(roster, dict(plain))]
    for version, ids in enumerate(writes):
        things = [Thing(str(n), version) for n in ids]
        roster = changed(roster, *things)
        plain |= {thing.id: thing for thing in things}
        past.append((roster, dict(plain)))
    for then, expected in past:
        assert list(then.items()) == list(expected.items())
        assert [then.at(n) for n in range(len(then))] == list(expected.values())
