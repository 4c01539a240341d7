"""Investors of the pool by their names, in memory: one per process, level with the event log."""

from collections.abc import Iterable
from itertools import chain
from threading import Lock

from sqlmodel import Session

from models.investor import Investor
from service.identities import Directory, Identity, Likeness
from service.repositories import feed
from service.repositories.feed import BEGINNING, Mark


class PoolRegister:
    """Active investors; `like` brings it level with a session's snapshot, or leaves it ahead.

    The session must see one committed state: what is read is kept for every request.

    A changed investor is entered anew under its new version, and what it was called before is
    passed over.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._mark = BEGINNING
        self._directory = Directory()
        self._entered: dict[str, str] = {}
        """The entry that holds of each active investor, by its id."""

    def like(self, session: Session, identity: Identity) -> dict[str, Likeness]:
        """Investors that are the same or related, by id, in the order they were entered."""
        with self._lock:
            self._catch_up(session)
            found = self._directory.like(identity)
            held = ((entry.partition(" ")[0], entry) for entry in found)
            return {id_: found[entry] for id_, entry in held if self._entered.get(id_) == entry}

    def _catch_up(self, session: Session) -> None:
        last = feed.last_mark(session)
        if last.number < self._mark.number or last == self._mark:
            return
        if not self._is_of_this_log(session):
            self._mark, self._directory, self._entered = BEGINNING, Directory(), {}
        if self._mark == BEGINNING:
            self._enter(chain.from_iterable(feed.all_investors(session)), last)
            return
        marks, changes = feed.marks_since(session, self._mark.number)
        self._enter(feed.investors_of(session, changes.investors), marks[-1])

    def _is_of_this_log(self, session: Session) -> bool:
        """Whether the log still holds what was read last; a restored backup may not."""
        mark = self._mark
        return mark == BEGINNING or feed.id_at(session, mark.number) == mark.id

    def _enter(self, rows: Iterable[Investor], mark: Mark) -> None:
        for row in sorted(rows, key=lambda row: row.number):
            self._entered.pop(row.id, None)
            if row.closed_at is None:
                entry = self._entered[row.id] = f"{row.id} {row.version}"
                self._directory.add(entry, identity_of(row))
        self._mark = mark


def identity_of(row: Investor) -> Identity:
    """What tells an investor from others."""
    names = [row.name, *(local.name for local in row.names), *row.aliases]
    return Identity(tuple(dict.fromkeys(names)), row.uscc, row.lei)
