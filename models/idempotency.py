"""What was answered to a POST with an `Idempotency-Key`, to answer it again."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from models.base import utc_now


class IdempotencyRecord(SQLModel, table=True):
    """The outcome of one POST: a status and a resource's id, never a body or a secret."""

    __tablename__ = "idempotency_record"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late

    owner: str = Field(primary_key=True)
    """The id of the API key that sent it."""
    key: str = Field(primary_key=True)
    """The value of the `Idempotency-Key` header."""
    method: str
    path: str
    body_digest: str
    """SHA-256 of the body as received, hexadecimal."""
    status: int
    resource_type: str
    resource_id: str
    created_at: AwareDatetime = Field(default_factory=utc_now)
    expires_at: AwareDatetime = Field(index=True)
