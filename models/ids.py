"""Ids: a prefix that says what it is, then 26 characters that sort by time of making."""

import secrets
import time

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, in ascending order of code points, so that text order is number order."""

PAIRS = [one + other for one in ALPHABET for other in ALPHABET]
"""Ten bits at a time: half the steps."""

RANDOM_BITS = 80
LENGTH = 26
SHIFTS = range(5 * (LENGTH - 2), -1, -10)


def new_id(prefix: str) -> str:
    """An id such as `inv_01K…`: 48 bits of milliseconds since 1970, then 80 random bits."""
    number = time.time_ns() // 1_000_000 << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
    return f"{prefix}_{encode(number)}"


def encode(number: int) -> str:
    """A number below 2**130 as 26 characters.

    >>> encode(32)
    '00000000000000000000000010'
    """
    return "".join([PAIRS[number >> shift & 1023] for shift in SHIFTS])
