"""Who may read the metrics: this machine, whoever has the token, administrators."""

import hmac
from ipaddress import IPv6Address, ip_address
from typing import Final

from fastapi import Request

from service import database
from service.dependencies import ADMIN, RuntimeDep, let_in, refusal_of_stranger

FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""A proxy on this machine is no reason to trust whom it speaks for."""


def check_scraper(request: Request, runtime: RuntimeDep) -> None:
    """Nothing for who may read the metrics. The token is known without the database.

    Raises:
        KeyNotAccepted: neither from this machine, nor with the token or a key.
        ScopeTooNarrow: a key that is no administrator's.
        TooManyCalls: more than the key, or a stranger, may make in a minute.
    """
    if is_from_here(request):
        return
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise refusal_of_stranger(request)
    if is_token(secret, runtime.metrics_token):
        return
    with database.snapshot(runtime.engine) as session:
        let_in(request, session, secret).check_scope(ADMIN)


def is_token(given: str, token: str | None) -> bool:
    """Whether it is the token, told in the same time however much of it is right."""
    return token is not None and hmac.compare_digest(given.encode(), token.encode())


def is_from_here(request: Request) -> bool:
    """Whether a process of this machine calls for itself."""
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ip_address(request.client.host)
    except ValueError:  # no address at all
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
