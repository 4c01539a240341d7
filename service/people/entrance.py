"""Tokens checked: signed by the issuer, for us, for now. The library is the extra `oidc`."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import GuestProtocol, Key
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from service import clock
from service.errors import KeyNotAccepted
from service.people.issuer import Issuer
from service.people.person import Person, id_of
from service.people.roles import groups_of, scope_of
from service.people.settings import PeopleSettings

ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
)
"""Asymmetric ones only: with a shared secret, whoever can check a token could make one."""

TYPES: Final = frozenset({None, "JWT", "at+jwt", "application/at+jwt"})
LEADING_AWAY: Final = frozenset({"jku", "jwk", "x5u", "x5c", "crit"})
"""Header fields by which a token would bring its own key, or ask for more than we know."""

LONGEST_TOKEN: Final = 16_384
LONGEST_NAME: Final = 255
LEEWAY_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Tokens:
    """Turns tokens of one issuer into people."""

    issuer: Issuer
    audience: str
    settings: PeopleSettings
    secret: bytes
    """Of the installation: see `person.id_of`."""

    def admit(self, token: str) -> Person:
        """The person behind a token; see `person.Entrance`."""
        return self._person(self._claims(token))

    def admit_for(self, token: str, nonce: str) -> Person:
        """The person behind a token that answers one sign-in, which the nonce names.

        Raises:
            KeyNotAccepted: as `admit` does, or it answers another sign-in.
            IssuerAway: whether it is good cannot be said.
        """
        claims = self._claims(token)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise KeyNotAccepted
        return self._person(claims)

    def _person(self, claims: Mapping[str, Any]) -> Person:
        known = self.settings
        groups = groups_of(claims, known.oidc_groups_claim)
        scope = scope_of(groups, known.oidc_admin_group, known.oidc_portal_group)
        return Person(id_of(self.secret, self.issuer.address, claims["sub"]), scope)

    def _claims(self, token: str) -> Mapping[str, Any]:
        if len(token) > LONGEST_TOKEN:
            raise KeyNotAccepted
        try:
            read = jwt.decode(
                token,
                self._key,
                registry=JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False),
            )
            self._rules().validate(read.claims)
        except (JoseError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise KeyNotAccepted from error
        return read.claims

    def _key(self, token: GuestProtocol) -> Key:
        header = token.headers()
        key_id = header.get("kid")
        if LEADING_AWAY & set(header) or header.get("typ") not in TYPES:
            raise KeyNotAccepted
        if key_id is not None and not (isinstance(key_id, str) and len(key_id) <= LONGEST_NAME):
            raise KeyNotAccepted
        return self.issuer.key(key_id)

    def _rules(self) -> JWTClaimsRegistry:
        return JWTClaimsRegistry(
            now=int(clock.now().timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.issuer.address},
            aud={"essential": True, "value": self.audience},
            exp={"essential": True},
            sub={"essential": True},
        )


def tokens_of(settings: PeopleSettings, secret: bytes) -> Tokens | None:
    """Where people come in under these settings; None where only keys are taken."""
    if settings.oidc_issuer is None or settings.oidc_audience is None:
        return None
    return Tokens(Issuer(settings.oidc_issuer), settings.oidc_audience, settings, secret)
