"""Sessions in a browser: of the token only a digest is stored."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from matching.vocabulary import Scope
from models.columns import enum_column


class BrowserSession(SQLModel, table=True):
    """A browser in which somebody signed in, with a key or as a person whom the issuer knows."""

    __tablename__ = "session"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late

    digest: str = Field(min_length=64, max_length=64, primary_key=True)
    """SHA-256 of the token in the browser's cookie, hexadecimal."""
    key_id: str | None = Field(default=None, foreign_key="api_key.id", index=True)
    """The key; None for a person."""
    person_id: str | None = Field(default=None)
    """The person, by the name that says nothing (`per_…`); None for a key."""
    scope: Scope | None = Field(default=None, sa_type=enum_column(Scope))
    """What the person's groups allowed when it signed in; a key's is looked up anew."""
    created_at: AwareDatetime
    expires_at: AwareDatetime = Field(index=True)
    """The end, however busy it is."""
    last_seen_at: AwareDatetime
    """When it was last used, a minute more or less."""
