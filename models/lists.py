"""List types: at most 50 items, each once, in the order given."""

from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

T = TypeVar("T")
MOST_ITEMS = 50


def unique(items: list[T]) -> list[T]:
    """The items without repetitions; the first of equal ones stays.

    >>> unique(["b", "a", "b"])
    ['b', 'a']
    """
    kept: list[T] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept


def empty_when_null(items: list[T] | None) -> list[T]:
    """An empty list where nothing is said."""
    return [] if items is None else items


Several = Annotated[list[T], Field(max_length=MOST_ITEMS), AfterValidator(unique)]
"""What is stored and answered: never null."""

SeveralOrNull = Annotated[Several[T] | None, AfterValidator(empty_when_null)]
"""What is sent: null is taken as an empty list, so the value after validation is always a list."""
