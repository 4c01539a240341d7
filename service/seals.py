"""Seals for values that lie where others can write: only what we put there comes back."""

import hashlib
import hmac
from typing import Final

SHORTEST_SECRET_BYTES: Final = 16
SEAL_BYTES: Final = hashlib.sha256().digest_size


class Sealer:
    """Seals values with HMAC-SHA256 under a key derived from a secret for one purpose.

    The seal covers the value's place, so a value moved to another place does not open there.

    Args:
        secret: 16 bytes or more.
        purpose: keeps the seals of different uses of one secret apart.

    Raises:
        ValueError: the secret is too short to hold.
    """

    def __init__(self, secret: bytes, purpose: str) -> None:
        if len(secret) < SHORTEST_SECRET_BYTES:
            raise ValueError(f"the secret needs {SHORTEST_SECRET_BYTES} bytes or more")
        self._key = hmac.digest(secret, purpose.encode(), hashlib.sha256)

    def seal(self, place: str, body: bytes) -> bytes:
        """`body` with its seal before it: 32 bytes more."""
        return self._digest(place, body) + body

    def open(self, place: str, value: bytes) -> bytes | None:
        """The body, or None where the value was not sealed by us for this place."""
        seal, body = value[:SEAL_BYTES], value[SEAL_BYTES:]
        return body if hmac.compare_digest(seal, self._digest(place, body)) else None

    def _digest(self, place: str, body: bytes) -> bytes:
        name = place.encode()
        length = len(name).to_bytes(4, "big")  # no byte can pass from the place to the body
        return hmac.digest(self._key, length + name + body, hashlib.sha256)
