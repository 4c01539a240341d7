"""What was acknowledged when: looked at before and after a read, it says what the read may show.

Sound, whatever runs beside a read: a version only grows, so one below that acknowledged before the
read was sent is stale; and who was in or out before, with no turn under way until the end, must be
counted or left out.
"""

from collections import Counter
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

UNTOUCHED = 50
"""The severity that a gap is registered with."""

HERE, ELSEWHERE = frozenset(range(0, UNTOUCHED, 2)), frozenset(range(1, UNTOUCHED, 2))
"""Severities that are written later: here, and in the copy of the database."""


class Known(NamedTuple):
    """One record.

    Attributes:
        group: records of one group are shown to the same questions.
        version: the highest that was acknowledged.
        begun: the highest that somebody asked for.
        is_in: whether it takes part, as last acknowledged.
        turns: how often somebody asked to have it in or out.
        is_settled: whether no such call is under way.
    """

    group: str
    version: int = 1
    begun: int = 1
    is_in: bool = True
    turns: int = 0
    is_settled: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """What was known at one moment.

    Attributes:
        known: records by id.
        begun: how many records of a group were asked for.
        strange: severities that are never written here.
    """

    known: dict[str, Known]
    begun: Counter[str]
    strange: frozenset[int]


class Ledger:
    """Of all writers together; each record has one writer, whose calls follow one another."""

    def __init__(self, ours: frozenset[int] = HERE) -> None:
        self.ours = ours
        self._lock = Lock()
        self._known: dict[str, Known] = {}
        self._begun: Counter[str] = Counter()

    def copy(self, ours: frozenset[int]) -> "Ledger":
        """A ledger of the same records, as of a copy of the database that goes on by itself."""
        made = Ledger(ours)
        made._known, made._begun = self._known.copy(), self._begun.copy()
        return made

    def begin_new(self, group: str) -> None:
        """A record is about to be asked for."""
        with self._lock:
            self._begun[group] += 1

    def add(self, id_: str, group: str) -> None:
        """It was acknowledged."""
        with self._lock:
            self._known[id_] = Known(group)

    def begin(self, id_: str, *, turns: bool) -> None:
        """A record is about to be changed; `turns` has it in or out."""
        with self._lock:
            known = self._known[id_]
            self._known[id_] = known._replace(
                begun=known.version + 1,
                turns=known.turns + turns,
                is_settled=not turns,
            )

    def acknowledge(self, id_: str, version: int, *, is_in: bool) -> None:
        """Its change was acknowledged."""
        with self._lock:
            known = self._known[id_]
            self._known[id_] = known._replace(version=version, is_in=is_in, is_settled=True)

    def look(self) -> Look:
        """What is known now."""
        with self._lock:
            return Look(self._known.copy(), self._begun.copy(), (HERE | ELSEWHERE) - self.ours)


def certainly(id_: str, before: Look, after: Look) -> bool | None:
    """Whether a record was in during a whole read; None where it may have turned."""
    known = before.known.get(id_)
    if known is None or not known.is_settled or after.known[id_].turns != known.turns:
        return None
    return known.is_in


def bounds(subject: str, groups: tuple[str, ...], before: Look, after: Look) -> tuple[int, int]:
    """Least and most records that an answer for the subject may count as eligible."""
    taking_part = certainly(subject, before, after)
    if taking_part is False:
        return 0, 0
    members = [id_ for id_, known in before.known.items() if known.group in groups]
    standing = Counter(certainly(id_, before, after) for id_ in members)
    most = sum(after.begun[group] for group in groups) - standing[False]
    return (standing[True] if taking_part else 0), most
