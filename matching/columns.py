"""Rows as columns: immutable, and brought up to date in chunks.

A reader takes a `Sheet` once and sees it whole; a writer makes another one that shares every chunk
but those it changed. A position stands for the same record for good: what is closed stays, marked
so by its row.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar, get_type_hints

import numpy as np
from numpy.typing import NDArray

from matching.rows import Gap, Investor

Row = TypeVar("Row", Gap, Investor)
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

CHUNK = 4096
"""Rows a chunk: what a write copies (about 1 MB), against a call of the loop for each chunk."""


class Columns(NamedTuple):
    """Rows below one another, one array for each type; row first, then field. Bit sets are ints.

    What a candidate has lies together, so that a few of many are read without reaching everywhere.
    """

    floats: Floats
    ints: Ints
    flags: Flags


class Place(NamedTuple):
    """Where a field lies: `columns.<array>[i, number]`."""

    array: str
    number: int


ARRAYS = {float: "floats", int: "ints", bool: "flags"}


@cache
def places(kind: type[Gap] | type[Investor]) -> Mapping[str, Place]:
    """The place of each field of a row, in the order of the fields.

    >>> places(Gap)["link"], places(Gap)["is_missing"]
    (Place(array='ints', number=0), Place(array='flags', number=1))
    """
    counts = dict.fromkeys(ARRAYS.values(), -1)
    found: dict[str, Place] = {}
    for name, type_ in get_type_hints(kind).items():
        array = ARRAYS[type_]
        counts[array] += 1
        found[name] = Place(array, counts[array])
    return MappingProxyType(found)


def columns_of(kind: type[Row], rows: Sequence[Row]) -> Columns:
    """The rows as columns that cannot be written to."""
    arrays: dict[str, list[Sequence[float]]] = {name: [] for name in ARRAYS.values()}
    values = list(zip(*rows, strict=True)) or [()] * len(kind._fields)
    for place, of_field in zip(places(kind).values(), values, strict=True):
        arrays[place.array].append(of_field)
    return _frozen(
        np.array(arrays["floats"], np.float64).T.copy(),
        np.array(arrays["ints"], np.int64).T.copy(),
        np.array(arrays["flags"], np.bool_).T.copy(),
    )


def row(kind: type[Row], columns: Columns, i: int) -> Row:
    """The i-th row again, of Python's own floats, ints and bools."""
    lists = {name: getattr(columns, name)[i].tolist() for name in ARRAYS.values()}
    return kind._make(lists[place.array][place.number] for place in places(kind).values())


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """Rows by position, in chunks that hold CHUNK rows each but the last."""

    kind: type[Row]
    chunks: tuple[Columns, ...] = ()

    def __len__(self) -> int:
        if not self.chunks:
            return 0
        return (len(self.chunks) - 1) * CHUNK + len(self.chunks[-1].ints)

    def row(self, position: int) -> Row:
        """The row at a position."""
        chunk, i = divmod(position, CHUNK)
        return row(self.kind, self.chunks[chunk], i)

    def parts(self, positions: Ints) -> Iterator[tuple[Columns, slice]]:
        """The chunks in which ascending positions lie, each with the part of them that it holds."""
        edges = np.arange(len(self.chunks) + 1) * CHUNK
        bounds = np.searchsorted(positions, edges).tolist()
        for chunk, (start, stop) in zip(self.chunks, pairwise(bounds), strict=True):
            if start < stop:
                yield chunk, slice(start, stop)

    def numbers(self, name: str, positions: Ints) -> Ints:
        """One field of the rows at ascending positions.

        Raises:
            ValueError: it is not a field of whole numbers.
        """
        array, number = places(self.kind)[name]
        if array != ARRAYS[int]:
            msg = f"{name} is not a whole number"
            raise ValueError(msg)
        found, at = np.empty(len(positions), np.int64), positions % CHUNK
        for chunk, part in self.parts(positions):
            found[part] = chunk.ints[at[part], number]
        return found

    def flags(self, name: str, positions: Ints) -> Flags:
        """One yes or no of the rows at ascending positions.

        Raises:
            ValueError: it is not a field of yes or no.
        """
        array, number = places(self.kind)[name]
        if array != ARRAYS[bool]:
            msg = f"{name} is not a yes or no"
            raise ValueError(msg)
        found, at = np.empty(len(positions), np.bool_), positions % CHUNK
        for chunk, part in self.parts(positions):
            found[part] = chunk.flags[at[part], number]
        return found

    def changed(self, rows: Mapping[int, Row]) -> "Sheet[Row]":
        """A sheet with these rows; each chunk is copied once at most.

        Raises:
            IndexError: a position is neither there nor the next one.
        """
        size, at = len(self), sorted(rows)
        known = bisect_left(at, size)
        is_negative = bool(at) and at[0] < 0
        if is_negative or at[known:] != list(range(size, size + len(at) - known)):
            msg = f"positions {at[0]} to {at[-1]} of {size} rows"
            raise IndexError(msg)
        sheet = self._written({position: rows[position] for position in at[:known]})
        return sheet._extended([rows[position] for position in at[known:]])

    def _written(self, rows: Mapping[int, Row]) -> "Sheet[Row]":
        chunks = list(self.chunks)
        for number, group in groupby(rows, key=lambda position: position // CHUNK):
            at = list(group)
            chunks[number] = _written(
                chunks[number],
                [position % CHUNK for position in at],
                columns_of(self.kind, [rows[position] for position in at]),
            )
        return replace(self, chunks=tuple(chunks))

    def _extended(self, rows: Sequence[Row]) -> "Sheet[Row]":
        if not rows:
            return self
        full = len(self) // CHUNK
        tail = _joined(*self.chunks[full:], columns_of(self.kind, rows))
        size = len(tail.ints)
        cut = (_cut(tail, start, start + CHUNK) for start in range(0, size, CHUNK))
        return replace(self, chunks=(*self.chunks[:full], *cut))


def sheet_of(kind: type[Row], rows: Iterable[Row]) -> Sheet[Row]:
    """The rows as a sheet, in the order given."""
    return Sheet(kind).changed(dict(enumerate(rows)))


def _frozen(floats: Floats, ints: Ints, flags: Flags) -> Columns:
    for array in (floats, ints, flags):
        array.setflags(write=False)
    return Columns(floats, ints, flags)


def _joined(*parts: Columns) -> Columns:
    return Columns(
        np.concatenate([part.floats for part in parts]),
        np.concatenate([part.ints for part in parts]),
        np.concatenate([part.flags for part in parts]),
    )


def _cut(columns: Columns, start: int, stop: int) -> Columns:
    """Rows `start` to `stop` in arrays of their own, contiguous as the loop reads them."""
    return _frozen(
        columns.floats[start:stop].copy(),
        columns.ints[start:stop].copy(),
        columns.flags[start:stop].copy(),
    )


def _written(columns: Columns, at: Sequence[int], rows: Columns) -> Columns:
    floats, ints, flags = columns.floats.copy(), columns.ints.copy(), columns.flags.copy()
    floats[at], ints[at], flags[at] = rows
    return _frozen(floats, ints, flags)
