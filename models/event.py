"""The event log: audit trail, change feed and name of every state of the database."""

from pydantic import AwareDatetime, JsonValue
from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from models.base import PublicShape, utc_now
from models.columns import JsonOf
from models.ids import new_id

Snapshot = dict[str, JsonValue]
"""The fields of a record at one version, as JSON."""


class Event(SQLModel, table=True):
    """One change, numbered in commit order without gaps; rows are only ever added."""

    __table_args__ = (Index("ix_event_subject", "subject_type", "subject_id"),)

    number: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    id: str = Field(default_factory=lambda: new_id("evt"), unique=True)
    """Random, so that the last one names a state: a restored log that diverges has others."""
    at: AwareDatetime = Field(default_factory=utc_now)
    actor: str
    """The id of a key, or "system"."""
    action: str
    """Such as "investor.created"."""
    subject_type: str
    subject_id: str
    subject_version: int
    before: Snapshot | None = Field(default=None, sa_type=JsonOf(Snapshot))
    after: Snapshot | None = Field(default=None, sa_type=JsonOf(Snapshot))


class EventPublic(PublicShape):
    """An event as shown to administrators."""

    number: int = Field(description="Its place in the log, without gaps")
    id: str = Field(description="Opaque")
    at: AwareDatetime = Field(description="When it happened, UTC")
    actor: str = Field(description="The id of the key that did it, or system")
    action: str = Field(description="What happened, such as investor.created")
    subject_type: str = Field(description="The kind of record it happened to")
    subject_id: str = Field(description="The record it happened to")
    subject_version: int = Field(description="The record's version after it")
    before: Snapshot | None = Field(description="The changed fields before; null = all is new")
    after: Snapshot | None = Field(description="The changed fields after, or the new record")
