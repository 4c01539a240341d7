"""All companies that leads name, in memory: one per process, level with the table.

Rows of the table are only added, in the order of their numbers, so a register catches up by reading
what is new. It is asked under the lock of all lead writers, or by administrators who look.
"""

from threading import Lock
from typing import Final

from sqlmodel import Session

from models.company import Company
from service.identities import Directory, Identity, Likeness
from service.repositories import companies

NOTHING: Final = (0, "")


class CompanyRegister:
    """The companies up to a row; `like` brings it level with a session's view first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._directory = Directory()
        self._last = NOTHING

    def like(self, session: Session, identity: Identity) -> dict[str, Likeness]:
        """The companies that are the same or related, by id, in order of registration."""
        with self._lock:
            self._catch_up(session)
            return self._directory.like(identity)

    def _catch_up(self, session: Session) -> None:
        """Read the rows that are new; all of them where a restored database has other ones."""
        number, id_ = self._last
        if self._last != NOTHING and companies.id_at(session, number) != id_:
            number, self._directory = 0, Directory()
        for row in companies.list_since(session, number):
            self._directory.add(row.id, identity_of(row))
            self._last = row.number, row.id


def identity_of(row: Company) -> Identity:
    """What tells a stored company from others."""
    return Identity(tuple(row.names), row.uscc, row.lei)
