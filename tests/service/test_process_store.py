import threading
from collections import OrderedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cache_entries import CacheKey, Entry
from service.process_store import ENTRY_OVERHEAD_BYTES, ProcessStore

BOUND = 4 * ENTRY_OVERHEAD_BYTES

keys = st.sampled_from([CacheKey(letter) for letter in "abcdef"])
sizes = st.integers(0, BOUND)
steps = st.lists(
    st.tuples(st.just("get"), keys, st.just(0)) | st.tuples(st.just("put"), keys, sizes),
    max_size=40,
)


class Reference:
    """The same rules, the slow way: all sizes are added up anew after each step."""

    def __init__(self) -> None:
        self.bodies: OrderedDict[CacheKey, bytes] = OrderedDict()

    def size(self) -> int:
        return sum(len(body) + ENTRY_OVERHEAD_BYTES for body in self.bodies.values())

    def get(self, key: CacheKey) -> bytes | None:
        if key in self.bodies:
            self.bodies.move_to_end(key)
        return self.bodies.get(key)

    def put(self, key: CacheKey, body: bytes) -> None:
        self.bodies.pop(key, None)
        if len(body) + ENTRY_OVERHEAD_BYTES <= BOUND:
            self.bodies[key] = body
        while self.size() > BOUND:
            self.bodies.popitem(last=False)


@given(steps)
def test_holds_what_was_used_last_within_its_bound(asked: list[tuple[str, CacheKey, int]]) -> None:
    store, reference = ProcessStore[Entry](BOUND), Reference()
    for step, (action, key, size) in enumerate(asked):
        if action == "put":
            body = bytes((step % 256,)) * size
            store.put(key, Entry.of(body))
            reference.put(key, body)
        else:
            entry = store.get(key)
            assert (None if entry is None else entry.body) == reference.get(key)
        figures = store.statistics()
        assert figures.bytes == reference.size() <= BOUND
        assert figures.entries == len(reference.bodies)


def test_the_least_recently_used_leaves_first() -> None:
    store = ProcessStore[Entry](BOUND)
    for letter in "abcd":
        store.put(CacheKey(letter), Entry.of(b""))
    store.get(CacheKey("a"))
    store.put(CacheKey("e"), Entry.of(b""))
    held = [letter for letter in "abcde" if store.get(CacheKey(letter)) is not None]
    assert held == ["a", "c", "d", "e"]
    assert store.statistics().evictions == 1


def test_an_entry_beyond_the_bound_displaces_nothing_but_its_own_old_value() -> None:
    store = ProcessStore[Entry](BOUND)
    store.put(CacheKey("a"), Entry.of(b"old"))
    store.put(CacheKey("b"), Entry.of(b"b"))
    store.put(CacheKey("a"), Entry.of(b"x" * BOUND))
    assert store.get(CacheKey("a")) is None
    assert store.get(CacheKey("b")) == Entry.of(b"b")


def test_a_bound_of_nothing_keeps_nothing() -> None:
    store = ProcessStore[Entry](0)
    store.put(CacheKey("a"), Entry.of(b""))
    assert store.get(CacheKey("a")) is None


def test_a_negative_bound_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        ProcessStore[Entry](-1)


def test_forgets_everything() -> None:
    store = ProcessStore[Entry](BOUND)
    store.put(CacheKey("a"), Entry.of(b"1"))
    store.put(CacheKey("b"), Entry.of(b"2"))
    assert store.clear() == 2
    assert store.get(CacheKey("a")) is None
    assert (store.statistics().bytes, store.statistics().entries) == (0, 0)


def test_counts_right_when_many_threads_write_at_once() -> None:
    store, gate = ProcessStore[Entry](BOUND), threading.Barrier(8)

    def work(number: int) -> None:
        gate.wait()
        for turn in range(200):
            store.put(CacheKey(str((number + turn) % 6)), Entry.of(b"x" * (turn % 300)))
            store.get(CacheKey(str(turn % 6)))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = [store.get(CacheKey(str(number))) for number in range(6)]
    held = [entry for entry in entries if entry is not None]
    assert store.statistics().bytes == sum(len(e.body) + ENTRY_OVERHEAD_BYTES for e in held)
