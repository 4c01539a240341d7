"""The chain of the event log: each event's hash covers its content and the hash before it.

The content is written as JSON in one form on every database, so that both give the same hash.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from pydantic_core import to_jsonable_python

BEGINNING: Final = "0" * 64
"""What the first event's hash follows."""

FORM: Final = "bulian event 1"

FIELDS: Final = (
    "number",
    "id",
    "at",
    "actor",
    "action",
    "subject_type",
    "subject_id",
    "subject_version",
    "before",
    "after",
)
"""What the hash covers, in this order."""

_write = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), allow_nan=False, default=to_jsonable_python
).encode


def hash_after(previous: str, content: Sequence[Any]) -> str:
    """The hash of an event: SHA-256, 64 hexadecimal digits.

    Args:
        previous: the hash of the event before it, or `BEGINNING`.
        content: the values of `FIELDS`; `at` has a time zone, `before` and `after` may hold what
            pydantic writes as JSON.
    """
    written = _moment(content[2])
    text = _write([FORM, previous, *content[:2], written, *content[3:]])
    if "e+" in text or "-0.0" in text:  # rare: numbers that a database may write otherwise
        told = map(_plain, to_jsonable_python(content[3:]))
        text = _write([FORM, previous, *content[:2], written, *told])
    return sha256(text.encode("ascii")).hexdigest()


@lru_cache(maxsize=1)
def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: Any) -> Any:
    """The same; PostgreSQL writes 1e+16 out in digits, and knows no negative zero."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}  # pyright: ignore[reportUnknownVariableType] - JSON
    if isinstance(value, list):
        return [_plain(one) for one in value]  # pyright: ignore[reportUnknownVariableType] - JSON
    if isinstance(value, float):
        return int(value) if "e+" in repr(value) else value + 0.0
    return value
