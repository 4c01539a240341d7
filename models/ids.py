"""Ids: a prefix that says what it is, then 26 characters that sort by time of making."""

import os
import time
from functools import lru_cache

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, in ascending order of code points, so that text order is number order."""

DIGITS = ALPHABET.encode() * 8
"""A digit for each byte; every digit for eight of them, so that random bytes give random digits."""

RANDOM_DIGITS = 16
TIME_SHIFTS = range(45, -1, -5)


def new_id(prefix: str) -> str:
    """An id such as `inv_01K…`: 48 bits of milliseconds since 1970, then 80 random bits."""
    random = os.urandom(RANDOM_DIGITS).translate(DIGITS).decode()
    return f"{prefix}_{_digits(time.time_ns() // 1_000_000)}{random}"


@lru_cache(maxsize=1)
def _digits(moment: int) -> str:
    return "".join([ALPHABET[moment >> shift & 31] for shift in TIME_SHIFTS])
