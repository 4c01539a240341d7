"""Signing in with the issuer in a browser: authorization code with PKCE and a nonce.

Nothing is stored until a person has come back: all that one attempt needs follows from a secret in
the browser's cookie, so that a strange link cannot sign anybody in (RFC 6749, RFC 7636, RFC 9700).
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode

from service.errors import IssuerAway, KeyNotAccepted
from service.people.entrance import Tokens
from service.people.issuer import Endpoints, Faults, asking, read_endpoints, read_json
from service.people.person import BACK, Person

LONGEST_CODE: Final = 4096


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sign-in, known by the secret in the cookie of one browser."""

    secret: str

    @property
    def state(self) -> str:
        """Comes back with the person: the answer is to this browser's question."""
        return self._part("state")

    @property
    def nonce(self) -> str:
        """Stands in the token: it was made for this question."""
        return self._part("nonce")

    @property
    def verifier(self) -> str:
        """Whoever exchanges the code must know it."""
        return self._part("verifier")

    @property
    def challenge(self) -> str:
        """The verifier's digest, which the issuer is told before."""
        return _plain(sha256(self.verifier.encode()).digest())

    def _part(self, name: str) -> str:
        return _plain(hmac.new(self.secret.encode(), name.encode(), sha256).digest())


@dataclass(frozen=True, slots=True)
class BrowserEntrance:
    """How people sign in on the pages.

    Attributes:
        tokens: reads the token that is exchanged for the code; made for our name with the issuer.
        client_id: that name.
        client_secret: where the issuer asks for one.
        back: the address people come back to.
    """

    tokens: Tokens
    client_id: str
    client_secret: str | None
    back: str

    def begin(self) -> tuple[str, str]:
        """A new attempt and where the person is sent; see `person.PageEntrance`."""
        attempt = Attempt(secrets.token_urlsafe(32))
        return attempt.secret, self._address(attempt)

    def finish(self, secret: str, said: Mapping[str, str]) -> Person:
        """Who has come back; see `person.PageEntrance`."""
        attempt = Attempt(secret)
        is_answer = hmac.compare_digest(said.get("state", "").encode(), attempt.state.encode())
        code = said.get("code", "")
        if not secret or not is_answer or not 0 < len(code) <= LONGEST_CODE:
            raise KeyNotAccepted
        return self.tokens.admit_for(self._token(code, attempt), attempt.nonce)

    def _address(self, attempt: Attempt) -> str:
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.back,
            "scope": "openid profile",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        place = self._endpoints().authorization
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"

    def _token(self, code: str, attempt: Attempt) -> str:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "client_id": self.client_id,
            "code_verifier": attempt.verifier,
        }
        if self.client_secret is not None:
            sent["client_secret"] = self.client_secret
        place = self._endpoints().token
        with asking(self.tokens.issuer.address) as client:
            try:
                told = read_json(client, "POST", place, data=sent)
            except Faults as error:
                raise KeyNotAccepted from error
        return str(told.get("id_token", ""))

    def _endpoints(self) -> Endpoints:
        try:
            return read_endpoints(self.tokens.issuer.address)
        except Faults as error:
            raise IssuerAway from error


def browser_entrance(tokens: Tokens) -> BrowserEntrance | None:
    """How people sign in on the pages under the settings of the tokens; None: with keys only."""
    known = tokens.settings
    if known.oidc_client_id is None or known.public_url is None:
        return None
    secret = known.oidc_client_secret
    return BrowserEntrance(
        replace(tokens, audience=known.oidc_client_id),
        known.oidc_client_id,
        None if secret is None else secret.get_secret_value(),
        known.public_url + BACK,
    )


def _plain(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode().rstrip("=")
