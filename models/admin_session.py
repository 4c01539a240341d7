"""Sessions of administrators in a browser: of the token only a digest is stored."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel


class AdminSession(SQLModel, table=True):
    """A browser that was signed in with a key."""

    __tablename__ = "session"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late

    digest: str = Field(min_length=64, max_length=64, primary_key=True)
    """SHA-256 of the token in the browser's cookie, hexadecimal."""
    key_id: str = Field(foreign_key="api_key.id", index=True)
    created_at: AwareDatetime
    expires_at: AwareDatetime = Field(index=True)
    """The end, however busy it is."""
    last_seen_at: AwareDatetime
    """When it was last used, a minute more or less."""
