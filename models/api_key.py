"""API keys: only digests of the secrets are stored."""

from datetime import timedelta
from typing import Final, Self

from pydantic import AwareDatetime, model_validator
from sqlmodel import Field, SQLModel

from matching.vocabulary import Scope
from models.base import CreateShape, FieldsDisagree, InputShape, PublicShape, utc_now
from models.columns import enum_column
from models.ids import new_id
from models.text import Key, Name

USUAL_OVERLAP: Final = timedelta(hours=24)
LONGEST_OVERLAP: Final = timedelta(days=7)
HOUR: Final = timedelta(hours=1)
MOST_A_MINUTE: Final = 10_000_000


class KeyTraits(SQLModel):
    """What a key is for."""

    name: Name = Field(description="Whose key it is, for people")
    partner_id: Key | None = Field(
        default=None, description="The partner a partner key is bound to; else null"
    )
    expires_at: AwareDatetime | None = Field(
        default=None, description="The moment it stops working, with a time zone; null = never"
    )
    rate_limit: int | None = Field(
        default=None,
        ge=1,
        le=MOST_A_MINUTE,
        description="Calls a minute it may make; null = what keys of its scope may",
    )


class KeyCreate(KeyTraits, CreateShape):
    """The body of `POST /v1/admin/keys`."""

    scope: Scope = Field(description="admin (includes portal), portal, or partner")

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "scope": "portal",
                    "name": "Portal of Suzhou",
                    "expires_at": "2030-01-01T00:00:00Z",
                }
            ]
        }
    }

    @model_validator(mode="after")
    def settle(self) -> Self:
        """A partner key is bound to a partner, and no other key is."""
        if self.scope is not Scope.PARTNER and self.partner_id is not None:
            raise FieldsDisagree(("scope", "partner_id"), "only a partner key names a partner")
        if self.scope is Scope.PARTNER and self.partner_id is None:
            raise FieldsDisagree(("partner_id",), "a partner key must name its partner")
        return self


class KeyRotation(InputShape):
    """The body of `POST /v1/admin/keys/{id}/rotate`; it may be left out."""

    overlap_hours: int = Field(
        default=USUAL_OVERLAP // HOUR,
        ge=0,
        le=LONGEST_OVERLAP // HOUR,
        description="Hours for which the old secret goes on working; 0 = it stops at once",
    )

    model_config = {  # noqa: RUF012 - pydantic copies its settings
        "json_schema_extra": {"examples": [{"overlap_hours": 24}]}
    }


class ApiKey(KeyTraits, table=True):
    """A key as stored."""

    __tablename__ = "api_key"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late

    id: str = Field(default_factory=lambda: new_id("key"), primary_key=True)
    scope: Scope = Field(sa_type=enum_column(Scope))
    secret_digest: str = Field(min_length=64, max_length=64, unique=True)
    """SHA-256 of the secret, hexadecimal."""
    prefix: str = Field(max_length=20)
    """The first characters of a secret we made, to tell keys apart in a list; of others "…"."""
    created_at: AwareDatetime = Field(default_factory=utc_now)
    revoked_at: AwareDatetime | None = Field(default=None)
    old_secret_digest: str | None = Field(default=None, max_length=64, index=True)
    """Of the secret before the last rotation; None where it was to stop at once."""
    old_secret_until: AwareDatetime | None = Field(default=None)
    last_used_at: AwareDatetime | None = Field(default=None)
    """Written now and then, and no event is made of it."""


class KeyPublic(KeyTraits, PublicShape):
    """A key as answered, without its secret."""

    id: str = Field(description="The key's id")
    scope: Scope = Field(description="admin, portal or partner")
    prefix: str = Field(description="The first characters of the secret; … where it was given")
    created_at: AwareDatetime = Field(description="When made, UTC")
    revoked_at: AwareDatetime | None = Field(description="When revoked, UTC; null = not revoked")
    old_secret_until: AwareDatetime | None = Field(
        description="Until when the secret before the last rotation works too, UTC; null = it "
        "stopped at once, or there was none"
    )
    last_used_at: AwareDatetime | None = Field(
        description="When it last admitted a call, UTC, to the minute; null = not yet"
    )


class KeyWithSecret(KeyPublic):
    """The answer that makes a key: the secret is shown this once."""

    secret: str = Field(description="The key to send as a bearer token; it is not shown again")
