"""The issuer's public keys: found by discovery, kept for an hour, asked for anew with restraint.

Whoever sends a token with a made-up key id makes us ask the issuer once a minute at most. While
the issuer is away, the keys it had are good for a day.
"""

import json
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from threading import Lock
from types import MappingProxyType
from typing import Any, Final, NamedTuple, cast

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from service.errors import IssuerAway, KeyNotAccepted
from service.people.addresses import is_loopback, is_safe

DISCOVERY: Final = "/.well-known/openid-configuration"
FRESH_SECONDS: Final = 3600.0
STALE_SECONDS: Final = 86_400.0
PAUSE_SECONDS: Final = 60.0
"""Between two questions to an issuer that answered, and did not know a key."""

RETRY_SECONDS: Final = 5.0
"""Between two questions to an issuer that did not answer."""

WAIT_SECONDS: Final = 3.0
"""For connecting and for each piece of an answer."""

MOST_SECONDS: Final = 5.0
"""For a whole answer."""

NEVER: Final = float("-inf")
MOST_BYTES: Final = 256 * 1024
MOST_KEYS: Final = 100
PUBLIC: Final = frozenset({"RSA", "EC", "OKP"})

Faults = (OSError, ValueError, httpx2.HTTPError, httpx2.InvalidURL, RecursionError)


class Known(NamedTuple):
    """What is known of an issuer, and since when."""

    keys: Mapping[str, Key] = MappingProxyType({})
    fetched: float = NEVER
    tried: float = NEVER
    is_away: bool = False
    """Whether the last question had no answer."""

    def find(self, key_id: str | None) -> Key | None:
        """The key of that id; without an id, the only one there is."""
        if key_id is None:
            return next(iter(self.keys.values())) if len(self.keys) == 1 else None
        return self.keys.get(key_id)


class Issuer:
    """The keys of one issuer; threads may share it. One of them asks, and nobody waits for it.

    But for the very first question: until it is answered there is nothing to go by.
    """

    def __init__(self, address: str, now: Callable[[], float] = time.monotonic) -> None:
        self.address = address
        self._now = now
        self._asking = Lock()
        self._known = Known()

    def key(self, key_id: str | None) -> Key:
        """The key of that id; without an id, the only one there is.

        Raises:
            KeyNotAccepted: the issuer has no such key.
            IssuerAway: it does not answer, or has not yet, and we do not know.
        """
        is_told = self._ask(key_id) if self._is_due(key_id) else True
        known = self._known
        found = known.find(key_id) if self._now() - known.fetched <= STALE_SECONDS else None
        if found is not None:
            return found
        is_sure = is_told and not known.is_away and known.fetched > NEVER
        raise KeyNotAccepted if is_sure else IssuerAway

    def _is_due(self, key_id: str | None) -> bool:
        """Whether the issuer is to be asked: never, too long ago, or for a key we do not know."""
        known, now = self._known, self._now()
        if now - known.tried < (RETRY_SECONDS if known.is_away else PAUSE_SECONDS):
            return False
        return now - known.fetched > FRESH_SECONDS or known.find(key_id) is None

    def _ask(self, key_id: str | None) -> bool:
        """Ask for the keys; False where somebody else is about to learn them."""
        patience = MOST_SECONDS if self._known.tried == NEVER else 0.0
        if not self._asking.acquire(timeout=patience):
            return False
        try:
            if self._is_due(key_id):
                self._known = self._fetched()
        finally:
            self._asking.release()
        return True

    def _fetched(self) -> Known:
        try:
            keys = read_keys(self.address)
        except Faults:
            return self._known._replace(tried=self._now(), is_away=True)
        return Known(keys, fetched=self._now(), tried=self._now())


class Endpoints(NamedTuple):
    """Where people sign in with an issuer, and where what they bring back is exchanged."""

    authorization: str
    token: str


def read_endpoints(address: str) -> Endpoints:
    """Where an issuer has its people sign in.

    Raises:
        ValueError: what it says is no such thing, or leads to an address that is not safe.
        OSError, httpx2.HTTPError: it does not answer.
    """
    with asking(address) as client:
        told = _discovered(client, address)
    return Endpoints(
        *(_own(address, told.get(f"{name}_endpoint")) for name in ("authorization", "token"))
    )


def asking(address: str) -> httpx2.Client:
    """A client for one conversation with an issuer; no redirection is followed."""
    return httpx2.Client(timeout=WAIT_SECONDS, trust_env=not is_loopback(address))


def read_keys(address: str) -> Mapping[str, Key]:
    """The issuer's public keys by id.

    Raises:
        ValueError: what it says is no such thing, or leads to an address that is not safe.
        OSError, httpx2.HTTPError: it does not answer.
    """
    with asking(address) as client:
        told = _discovered(client, address)
        keys = read_json(client, "GET", _own(address, told.get("jwks_uri"))).get("keys")
    if not isinstance(keys, list):
        raise ValueError("no keys")  # noqa: TRY004 - one kind of error for all that may be wrong
    return dict(filter(None, map(_read_key, cast("list[object]", keys)[:MOST_KEYS])))


def _discovered(client: httpx2.Client, address: str) -> dict[str, Any]:
    told = read_json(client, "GET", address.rstrip("/") + DISCOVERY)
    if told.get("issuer") != address:
        raise ValueError("another issuer")
    return told


def _own(issuer: str, told: object) -> str:
    """An address that an issuer names, where it may be used."""
    address = str(told)
    if not is_safe(address) or (is_loopback(address) and not is_loopback(issuer)):
        raise ValueError("no safe address")
    return address


def read_json(client: httpx2.Client, verb: str, address: str, **sent: Any) -> dict[str, Any]:
    """A short JSON object, in a short time; no redirection is followed."""
    until, body = time.monotonic() + MOST_SECONDS, b""
    headers = {"Accept": "application/json"}
    with client.stream(verb, address, headers=headers, **sent) as answer:
        if answer.status_code != HTTPStatus.OK:
            raise ValueError("no answer")
        for chunk in answer.iter_bytes():
            body += chunk
            if len(body) > MOST_BYTES or time.monotonic() > until:
                raise ValueError("too long an answer")
    told: object = json.loads(body)
    if not isinstance(told, dict):
        raise ValueError("no object")  # noqa: TRY004 - one kind of error for all that may be wrong
    return cast("dict[str, Any]", told)


def _read_key(data: object) -> tuple[str, Key] | None:
    """A public key with its id; None for one that is of no use here."""
    if not isinstance(data, dict) or cast("dict[str, object]", data).get("kty") not in PUBLIC:
        return None
    try:
        key = JWKRegistry.import_key(cast("Any", data))
        key.ensure_kid()
    except (JoseError, ValueError, TypeError):
        return None
    return str(key.kid), key
