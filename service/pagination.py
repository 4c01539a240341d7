"""Cursors: where the next page of a list begins, opaque to the caller."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Annotated, Final, TypeVar

from pydantic import BaseModel, Field

from service.errors import invalid

MOST: Final = 100
LONGEST_CURSOR: Final = 300
DIGEST_LENGTH: Final = 12

Row = TypeVar("Row")
Place = TypeVar("Place", int, str)
LARGEST: Final = 2**63 - 1
SMALL: Final = 2**31 - 1
"""What a column that counts within one record can hold; others hold `LARGEST`."""


class PageParams(BaseModel):
    """Which page, and how long."""

    limit: Annotated[int, Field(ge=1, le=MOST, description="Items on a page")] = 20
    cursor: Annotated[
        str | None,
        Field(max_length=LONGEST_CURSOR, description="`next_cursor` of the page before"),
    ] = None


def fingerprint(name: str, wanted: BaseModel | None) -> str:
    """A short digest of a list and its filters: a cursor is good for these only."""
    written = name + (wanted.model_dump_json() if wanted is not None else "")
    return sha256(written.encode("utf-8", "replace")).hexdigest()[:DIGEST_LENGTH]


def write_cursor(mark: str, place: int | str) -> str:
    """A cursor for the page that follows a place in the list with that fingerprint.

    >>> read_cursor("0123456789ab", write_cursor("0123456789ab", 7), int)
    7
    """
    return urlsafe_b64encode(json.dumps([mark, place]).encode()).decode().rstrip("=")


def read_cursor(
    mark: str, cursor: str | None, kind: type[Place], most: int = LARGEST
) -> Place | None:
    """The place a cursor stands for; a number is from 0 to `most`.

    Raises:
        NotValid: not a cursor of this list with these filters.
    """
    if cursor is None:
        return None
    try:
        found = json.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=="))
    except ValueError:
        found = None
    match found:
        case [str(of), place] if of == mark and type(place) is kind and _can_be(place, most):
            return place
        case _:
            raise invalid("is no cursor of this list with these filters", "query", "cursor")


def _can_be(place: int | str, most: int) -> bool:
    """Whether a database can be asked for what follows it; a cursor may be of anyone's making."""
    if isinstance(place, int):
        return 0 <= place <= most
    return "\0" not in place and place == place.encode("utf-8", "replace").decode()


def cut(
    rows: Sequence[Row], limit: int, mark: str, place_of: Callable[[Row], int | str]
) -> tuple[Sequence[Row], str | None]:
    """A page out of one row more than it holds, and the cursor of the next page if there is one."""
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], write_cursor(mark, place_of(rows[limit - 1]))
