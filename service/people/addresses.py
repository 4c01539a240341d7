"""Which addresses an issuer may have."""

from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def is_loopback(address: str) -> bool:
    """Whether an address is of this very machine."""
    return urlsplit(address).hostname in LOOPBACK


def is_safe(address: str) -> bool:
    """Whether what is read there comes from whom it should: https, or http on this machine.

    >>> is_safe("https://sign-in.example/realm"), is_safe("http://127.0.0.1:8080")
    (True, True)
    >>> is_safe("http://sign-in.example"), is_safe("https://user@sign-in.example")
    (False, False)
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(address))
