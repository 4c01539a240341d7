"""What the cache holds, and under which keys."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NewType, Self

CacheKey = NewType("CacheKey", str)
"""A digest made by `cache_key`: nothing of what was asked can be read from it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One finished answer: its final bytes and their strong ETag (quotes included)."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, body: bytes) -> Self:
        """The entry of these bytes; equal bytes have equal ETags, in every process."""
        return cls(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def cache_key(parts: Mapping[str, str] | Sequence[str]) -> CacheKey:
    """The key of a question: 64 hexadecimal digits, the SHA-256 of its canonical JSON.

    A mapping's order does not matter, a sequence's does. JSON keeps the parts apart, so
    `["ab", "c"]` and `["a", "bc"]` differ.

    Raises:
        TypeError: `parts` is one string; its letters would be taken for the parts.

    >>> cache_key({"b": "2", "a": "1"}) == cache_key({"a": "1", "b": "2"})
    True
    """
    if isinstance(parts, str):
        raise TypeError("a cache key has several parts, not one string")
    named = dict(parts) if isinstance(parts, Mapping) else list(parts)
    canonical = json.dumps(named, sort_keys=True, separators=(",", ":"))
    return CacheKey(hashlib.sha256(canonical.encode("ascii")).hexdigest())
