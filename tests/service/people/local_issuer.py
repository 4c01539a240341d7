"""An issuer on this machine: it tells its keys, signs tokens, and can be away or say odd things."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from service import clock

AUDIENCE = "bulian"
ELLIPTIC = ECKey.generate_key("P-256", {"kid": "elliptic", "use": "sig"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "alg": "RS256"})
STRANGER = ECKey.generate_key("P-256", {"kid": "elliptic"})
"""A key that the issuer does not have, under the name of one it has."""

DISCOVERY = "/.well-known/openid-configuration"


class LocalIssuer:
    """What it answers, by path, and how often it was asked for its keys."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked = 0
        self.is_away = False
        self.exchanged: list[dict[str, list[str]]] = []
        self.answers: dict[str, Any] = {
            DISCOVERY: {
                "issuer": address,
                "jwks_uri": f"{address}/keys",
                "authorization_endpoint": f"{address}/authorize",
                "token_endpoint": f"{address}/token",
            },
            "/keys": {"keys": [key.as_dict(private=False) for key in (ELLIPTIC, RSA)]},
        }

    def claims(self, **changed: Any) -> dict[str, Any]:
        """Those of a person who is an administrator, good for five minutes."""
        now = int(clock.now().timestamp())
        good = {
            "iss": self.address,
            "aud": AUDIENCE,
            "sub": "somebody@example.com",
            "exp": now + 300,
            "nbf": now - 5,
            "iat": now - 5,
            "groups": ["bulian-admins"],
        }
        return {name: one for name, one in {**good, **changed}.items() if one is not None}

    def token(self, **changed: Any) -> str:
        """A good token but for the claims that are changed; None leaves one out."""
        return signed({"alg": "ES256", "kid": "elliptic"}, self.claims(**changed), ELLIPTIC)


def signed(header: dict[str, Any], claims: dict[str, Any], key: Any) -> str:
    """A token with this header, whatever is in it."""
    return jwt.encode(header, claims, key, algorithms=[header["alg"]])


@contextmanager
def running_issuer() -> Generator[LocalIssuer]:
    """An issuer on a free port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked += self.path == "/keys"
            answer = None if issuer.is_away else issuer.answers.get(self.path)
            answer = answer() if callable(answer) else answer
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(503 if answer is None else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            issuer.exchanged.append(parse_qs(sent.decode()))
            self.do_GET()

        def log_request(self, code: object = "-", size: object = "-") -> None:
            """Nothing: tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    issuer = LocalIssuer(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
