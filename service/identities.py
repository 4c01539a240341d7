"""Whether two companies are one, as it is told to administrators, and whom to compare with.

`matching.names` judges; `Directory` finds those that are worth comparing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from matching.names import comparing
from matching.names.comparing import Company as Identity
from matching.names.judged import Relation
from matching.names.reasons import ReasonKey, reason
from matching.names.register import Register

LOOKED_AT: Final = 50
"""Most names of others that one name is compared with: the most alike, then the earliest."""


class Reason(NamedTuple):
    """What two companies have in common, or what tells them apart."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two companies stand to each other, and why."""

    relation: Relation
    reasons: tuple[Reason, ...]


def _said(key: ReasonKey) -> Reason:
    found = reason(key)
    return Reason(found.key.value, found.zh, found.en)


IDENTIFIERS: Final = frozenset({ReasonKey.SAME_USCC.value, ReasonKey.SAME_LEI.value})
"""Keys of the reasons that no name can outweigh."""


def compare(one: Identity, other: Identity) -> Likeness:
    """How two companies stand to each other: identifiers decide, names suggest."""
    found = comparing.compare(one, other)
    return Likeness(found.relation, tuple(_said(why.key) for why in found.reasons))


class Directory:
    """Companies by id, found again by what they have in common with another."""

    def __init__(self, entries: Iterable[tuple[str, Identity]] = ()) -> None:
        self._entries: list[tuple[str, Identity]] = []
        self._by_code: defaultdict[str, list[int]] = defaultdict(list)
        self._names = Register()
        self._named: list[int] = []
        """The entry of each name, by its position in the register."""
        for id_, identity in entries:
            self.add(id_, identity)

    def add(self, id_: str, identity: Identity) -> None:
        """Enter a company."""
        entry = len(self._entries)
        self._entries.append((id_, identity))
        for code in _codes(identity):
            self._by_code[code].append(entry)
        for name in identity.names:
            self._names.add(name)
            self._named.append(entry)

    def like(self, identity: Identity) -> dict[str, Likeness]:
        """Those that are the same or related, by id, in the order they were entered."""
        near = {entry for code in _codes(identity) for entry in self._by_code.get(code, ())}
        for name in identity.names:
            near |= {self._named[found.position] for found in self._names.search(name, LOOKED_AT)}
        found = (self._entries[entry] for entry in sorted(near))
        likenesses = {id_: compare(identity, other) for id_, other in found}
        return {id_: f for id_, f in likenesses.items() if f.relation is not Relation.DIFFERENT}


def _codes(identity: Identity) -> Iterator[str]:
    """Its identifiers, told apart by their kind."""
    if identity.uscc is not None:
        yield f"uscc {identity.uscc}"
    if identity.lei is not None:
        yield f"lei {identity.lei}"
