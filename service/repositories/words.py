"""Free text search over the columns of a record."""

from sqlalchemy import ColumnElement, Text, cast, or_
from sqlmodel import col


def contains(words: str, *columns: object) -> ColumnElement[bool]:
    """Whether one of the columns, JSON ones read as text, contains the words in any case."""
    return or_(*(cast(col(column), Text).icontains(words, autoescape=True) for column in columns))
