"""Whether the event log is what was written: the walk along its chain of hashes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlmodel import Session

from models.event_chain import BEGINNING, hash_after
from service.repositories import events

PAGE: Final = 2000
"""Events in memory at a time."""

MOST_TOLD: Final = 20


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a log, which stands for all before it; worth noting elsewhere."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Where the log is not what was written."""

    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a walk along the log found."""

    events: int
    head: Head
    findings: Sequence[Finding]
    more_findings: int
    """How many there are beyond those that are told."""


def check(session: Session, noted: Head | None = None) -> Checked:
    """Walk along the log, oldest first, in bounded memory.

    A log that was rewritten from some event on, with new hashes, is whole in itself: only a head
    that was noted elsewhere gives it away, as it does with events cut off at the end.

    Args:
        session: one state of the database.
        noted: a head from an earlier check.
    """
    walk = _Walk(noted)
    for row in _rows(session):
        walk.step(row)
    walk.end()
    told = walk.findings[:MOST_TOLD]
    return Checked(walk.events, walk.head, told, walk.found - len(told))


def read_head(text: str) -> Head:
    """A head as it is written, `NUMBER:HASH`.

    Raises:
        ValueError: it is none.

    >>> str(read_head("7:" + "0a" * 32)) == "7:" + "0a" * 32
    True
    """
    number, _, digest = text.strip().partition(":")
    is_digest = len(digest) == len(BEGINNING) and set(digest) <= set("0123456789abcdef")
    if not (number.isascii() and number.isdecimal() and is_digest):
        raise ValueError("a head is written NUMBER:HASH, with 64 hexadecimal digits")
    return Head(int(number), digest)


def _rows(session: Session) -> Iterator[Sequence[Any]]:
    last: int | None = None
    while rows := events.rows_after(session, last, PAGE):
        yield from rows
        last = rows[-1][0]


class _Walk:
    """How far the walk has come, and what it has found."""

    def __init__(self, noted: Head | None) -> None:
        self.events = self.found = 0
        self.head = Head(0, BEGINNING)
        self.findings: list[Finding] = []
        self._noted = noted

    def step(self, row: Sequence[Any]) -> None:
        """Hold the next event against the one before."""
        self.events += 1
        number, digest = row[0], row[-1]
        expected = self.head.number + 1
        if number < expected:
            self._tell(number, "was put in: the log begins with event 1")
            return
        if number > expected:
            until = f" to {number - 1}" if number - 1 > expected else ""
            self._tell(expected, f"is missing{until and f', and so is every event{until}'}")
        elif hash_after(self.head.hash, row[:-1]) != digest:
            self._tell(number, "does not follow from the one before: changed, or put in")
        if self._noted is not None and self._noted.number == number and digest != self._noted.hash:
            self._tell(number, "is not the event that was noted")
        self.head = Head(number, digest)

    def end(self) -> None:
        """Hold the end against the noted head."""
        noted = self._noted
        if noted is not None and noted.number > self.head.number:
            self._tell(
                self.head.number + 1, f"is missing: the log once went to event {noted.number}"
            )

    def _tell(self, number: int, what: str) -> None:
        self.found += 1
        if len(self.findings) < MOST_TOLD:
            self.findings.append(Finding(number, f"event {number} {what}"))
