"""Conditions on columns: free text in any of several, a value among very many."""

from collections.abc import Collection

from sqlalchemy import ARRAY, ColumnElement, Text, any_, cast, literal, or_
from sqlmodel import Session, col


def contains(words: str, *columns: object) -> ColumnElement[bool]:
    """Whether one of the columns, JSON ones read as text, contains the words in any case."""
    return or_(*(cast(col(column), Text).icontains(words, autoescape=True) for column in columns))


def is_among(session: Session, column: object, values: Collection[str]) -> ColumnElement[bool]:
    """Whether a column has one of the values; on PostgreSQL these are one parameter."""
    if session.get_bind().dialect.name == "postgresql":
        return col(column) == any_(literal(list(values), ARRAY(Text)))
    return col(column).in_(values)
