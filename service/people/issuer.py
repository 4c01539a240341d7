"""The issuer's public keys: found by discovery, kept for an hour, asked for anew with restraint.

Whoever sends a token with a made-up key id makes us ask the issuer once a minute at most. While
the issuer is away, the keys it had are good for a day.
"""

import json
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from threading import Lock
from typing import Any, Final, cast

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

MOST_BYTES: Final = 256 * 1024
MOST_KEYS: Final = 100
PUBLIC: Final = frozenset({"RSA", "EC", "OKP"})

Faults = (OSError, ValueError, httpx2.HTTPError, httpx2.InvalidURL, RecursionError)


class Issuer:
    """The keys of one issuer; threads may share it."""

    def __init__(self, address: str, now: Callable[[], float] = time.monotonic) -> None:
        self.address = address
        self._now = now
        self._lock = Lock()
        self._keys: Mapping[str, Key] = {}
        self._fetched: float | None = None
        self._tried: float | None = None
        self._is_away = False

    def key(self, key_id: str | None) -> Key:
        """The key of that id; without an id, the only one there is.

        Raises:
            KeyNotAccepted: the issuer has no such key.
            IssuerAway: it does not answer, and we do not know.
        """
        with self._lock:
            if self._is_due(key_id):
                self._fetch()
            if self._age(self._fetched) > STALE_SECONDS:
                raise IssuerAway
            found = self._find(key_id)
            if found is None:
                raise IssuerAway if self._is_away else KeyNotAccepted
            return found

    def _is_due(self, key_id: str | None) -> bool:
        """Whether the issuer is to be asked: never, too long ago, or for a key we do not know."""
        pause = RETRY_SECONDS if self._is_away else PAUSE_SECONDS
        if self._age(self._tried) < pause:
            return False
        return self._age(self._fetched) > FRESH_SECONDS or self._find(key_id) is None

    def _age(self, moment: float | None) -> float:
        return float("inf") if moment is None else self._now() - moment

    def _find(self, key_id: str | None) -> Key | None:
        if key_id is None:
            return next(iter(self._keys.values())) if len(self._keys) == 1 else None
        return self._keys.get(key_id)

    def _fetch(self) -> None:
        try:
            self._keys = read_keys(self.address)
        except Faults:
            self._is_away = True
        else:
            self._is_away, self._fetched = False, self._now()
        self._tried = self._now()


def read_keys(address: str) -> Mapping[str, Key]:
    """The issuer's public keys by id.

    Raises:
        ValueError: what it says is no such thing, or leads to an address that is not safe.
        OSError, httpx2.HTTPError: it does not answer.
    """
    with httpx2.Client(timeout=WAIT_SECONDS, trust_env=not is_loopback(address)) as client:
        told = _read(client, address.rstrip("/") + DISCOVERY)
        if told.get("issuer") != address:
            raise ValueError("another issuer")
        keys_address = str(told.get("jwks_uri"))
        if not is_safe(keys_address) or (is_loopback(keys_address) and not is_loopback(address)):
            raise ValueError("no safe address of keys")
        keys = _read(client, keys_address).get("keys")
    if not isinstance(keys, list):
        raise ValueError("no keys")  # noqa: TRY004 - one kind of error for all that may be wrong
    return dict(filter(None, map(_read_key, cast("list[object]", keys)[:MOST_KEYS])))


def _read(client: httpx2.Client, address: str) -> dict[str, Any]:
    """A short JSON object, in a short time; no redirection is followed."""
    until, body = time.monotonic() + MOST_SECONDS, b""
    with client.stream("GET", address, headers={"Accept": "application/json"}) as answer:
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
