"""Column types that behave alike on SQLite and PostgreSQL."""

from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import JSON, Dialect, Enum
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

ENUM_LENGTH = 40


class JsonOf(TypeDecorator[Any]):
    """JSON (JSONB on PostgreSQL) that comes back as the annotated type: enums and shapes, not text.

    None is stored as SQL NULL.
    """

    impl = JSON
    cache_ok = True

    def __init__(self, annotation: Any) -> None:
        super().__init__(none_as_null=True)
        self.annotation = annotation
        self._adapter = TypeAdapter[Any](annotation)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """JSONB where there is one: it can be indexed."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(JSONB(none_as_null=True))
        return dialect.type_descriptor(JSON(none_as_null=True))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - signature of SQLAlchemy
        """Plain JSON values for the driver, checked: rows made by hand are not validated."""
        if value is None:
            return None
        return self._adapter.dump_python(self._adapter.validate_python(value), mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - signature of SQLAlchemy
        """The annotated type; `pydantic.ValidationError` where the stored value is not one."""
        return None if value is None else self._adapter.validate_python(value)


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


def enum_column(kind: type[StrEnum]) -> Enum:
    """Text that holds the values of an enum (SQLAlchemy's own choice would be the member names)."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=ENUM_LENGTH,
        values_callable=_values,
        validate_strings=True,
    )
