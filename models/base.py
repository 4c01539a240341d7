"""What every record and every shape has in common."""

from datetime import UTC, datetime
from typing import Any

from pydantic import AwareDatetime
from pydantic_core import PydanticUndefined
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def utc_now() -> datetime:
    """The time of day with its zone, as every timestamp is stored."""
    return datetime.now(UTC)


class FieldsDisagree(ValueError):  # noqa: N818 - house style: the name is the sentence
    """Fields that are valid one by one but not together; correct one of `fields`."""

    def __init__(self, fields: tuple[str, ...], message: str) -> None:
        super().__init__(message)
        self.fields = fields


class Record(SQLModel):
    """The columns of every table of records."""

    version: int = Field(default=1, description="Goes up by one with every change")
    created_at: AwareDatetime = Field(default_factory=utc_now, description="When registered")
    updated_at: AwareDatetime = Field(default_factory=utc_now, description="When last changed")


class InputShape(SQLModel):
    """A body sent to us: unknown fields are refused."""

    model_config = {"extra": "forbid"}


class CreateShape(InputShape):
    """The body of a POST: absent and null are the same, unknown."""


def leave_out_defaults(schema: dict[str, Any]) -> None:
    """A PATCH has no defaults: an absent field stays as it is."""
    for field in schema.get("properties", {}).values():
        field.pop("default", None)


class UpdateShape(InputShape):
    """The body of a PATCH: absent leaves a field as it is, null clears an optional one."""

    model_config = {"json_schema_extra": leave_out_defaults}

    def changes(self) -> dict[str, Any]:
        """The fields that were sent, validated, by name."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in self.sent}

    @property
    def sent(self) -> set[str]:
        """The names of the fields that were in the body."""
        return self.model_fields_set


class PublicShape(SQLModel):
    """An answer: every field is there, whatever defaults the shapes it is built from have."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        for field in cls.model_fields.values():
            field.default, field.default_factory = PydanticUndefined, None
        cls.model_rebuild(force=True)


class RecordPublic(PublicShape):
    """The first and last fields of every record's answer."""

    id: str = Field(description="Opaque, prefixed, ordered by time; a zone's is its code")
    version: int = Field(description="Goes up by one with every change; the ETag rests on it")
    created_at: AwareDatetime = Field(description="When registered, UTC")
    updated_at: AwareDatetime = Field(description="When last changed, UTC")
