"""Whether a database is what it should be, beside its event log: schema, references, versions."""

from sqlmodel import Session

from service import database
from service.repositories import whole

MOST_TOLD = 20


def check(session: Session) -> list[str]:
    """What is not as it should be, a sentence each; of many records some are named.

    Args:
        session: one state of the database.
    """
    connection = session.connection()
    revision, newest = whole.revision_of(connection), database.revisions()[0]
    if revision != newest:
        return [f"the schema is at {revision}, not at {newest}: run `bulian migrate`"]
    broken = [f"{name}: rows refer to none" for name in whole.broken_references(connection)]
    apart = whole.apart_from_log(connection, MOST_TOLD)
    return [*broken, *(f"{one} is not at the version its last event tells" for one in apart)]
