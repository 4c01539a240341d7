"""Records by id, each at a position of its own.

A roster is immutable: `changed` gives another one that shares all it can. Positions follow the
order in which records came, and stand for the same record for good.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from matching.columns import CHUNK
from matching.positions import Positions


class Identified(Protocol):
    """What a roster holds."""

    @property
    def id(self) -> str:
        """What it is found by."""
        ...


Record = TypeVar("Record", bound=Identified)


class Change(NamedTuple, Generic[Record]):
    """A record that comes to a position, and the one that was there, if any was."""

    position: int
    before: Record | None
    after: Record


class Packing(Protocol[Record]):
    """How records are held: in few bytes where they are many."""

    def pack(self, record: Record) -> Any:
        """What is held of a record."""
        ...

    def unpack(self, held: Any) -> Record:
        """The record again."""
        ...

    def id_of(self, held: Any) -> str:
        """The record's id, without the rest of it."""
        ...


class AsIs(Generic[Record]):
    """Records held as they are."""

    def pack(self, record: Record) -> Any:
        """The record."""
        return record

    def unpack(self, held: Any) -> Record:
        """The record."""
        return held

    def id_of(self, held: Any) -> str:
        """The record's id."""
        return held.id


class Roster(Mapping[str, Record]):
    """The records by id; `at` finds them by position."""

    __slots__ = ("_chunks", "_packing", "_positions", "_size")

    def __init__(self, packing: Packing[Record] | None = None) -> None:
        self._chunks: tuple[tuple[Any, ...], ...] = ()
        self._size = 0
        self._packing: Packing[Record] = packing or AsIs()
        # Shared by all rosters that follow this one, and only ever added to: what lies beyond a
        # roster's size is not there yet.
        self._positions = Positions()

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[str]:
        return map(self._packing.id_of, chain.from_iterable(self._chunks))

    def __getitem__(self, id_: str) -> Record:
        position = self.position(id_)
        if position is None:
            raise KeyError(id_)
        return self.at(position)

    def position(self, id_: str) -> int | None:
        """Where the record of that id is; None where there is none."""
        position = self._positions.get(id_)
        return position if position is not None and position < self._size else None

    def at(self, position: int) -> Record:
        """The record at a position."""
        chunk, place = divmod(position, CHUNK)
        return self._packing.unpack(self._chunks[chunk][place])

    def id_at(self, position: int) -> str:
        """The id of the record at a position; cheaper than the record where it is packed."""
        chunk, place = divmod(position, CHUNK)
        return self._packing.id_of(self._chunks[chunk][place])

    def in_order(self) -> Iterator[Record]:
        """All of them, by position; `values` looks each up by its id."""
        return map(self._packing.unpack, chain.from_iterable(self._chunks))

    def changes(self, records: Iterable[Record]) -> list[Change[Record]]:
        """What the records change: those not known yet come to the next positions, as given."""
        found: list[Change[Record]] = []
        following = self._size
        for record in records:
            position = self.position(record.id)
            if position is None:
                found.append(Change(following, None, record))
                following += 1
            else:
                found.append(Change(position, self.at(position), record))
        return found

    def changed(self, changes: Sequence[Change[Record]]) -> "Roster[Record]":
        """The roster after these changes of it; one thread makes the rosters that follow."""
        after = {change.position: self._packing.pack(change.after) for change in changes}
        chunks = list(self._chunks)
        for number, group in groupby(sorted(after), key=lambda position: position // CHUNK):
            held = list(chunks[number]) if number < len(chunks) else []
            for position in group:
                held[position % CHUNK : position % CHUNK + 1] = [after[position]]
            chunks[number : number + 1] = [tuple(held)]
        roster: Roster[Record] = Roster(self._packing)
        roster._chunks = tuple(chunks)
        roster._size = max(self._size, *(position + 1 for position in after), 0)
        roster._positions = self._positions
        roster._positions.add({c.after.id: c.position for c in changes if c.before is None})
        return roster
