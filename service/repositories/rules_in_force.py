"""What names the rules of a snapshot: the states of activated policies and editions."""

from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select, union_all

from models.edition import StoredEdition
from models.policy_draft import StoredPolicy

ACTIVATED: Final = union_all(
    *(
        select(kind.id, kind.updated_at).where(col(kind.activated_at).is_not(None))
        for kind in (StoredPolicy, StoredEdition)
    )
)
"""One statement, made once: every ranking asks it."""


def states(session: Session) -> tuple[tuple[str, datetime], ...]:
    """Id and last change of every policy and edition that was ever activated.

    Not the version: one that is rolled back with its transaction comes again with other words.
    """
    found = session.connection().execute(ACTIVATED)
    return tuple(sorted((id_, changed_at) for id_, changed_at in found))
