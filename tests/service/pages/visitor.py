"""A browser for tests of the administrators' pages without a browser: cookies and forms."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from itertools import count
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from service.usecases.sessions import form_token
from tests.factories import ADMIN

COOKIE = "bulian_session"
numbers = count(1)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a browser."""

    client: TestClient

    @property
    def token(self) -> str:
        """What the cookie of the session holds; nothing before signing in."""
        return self.client.cookies.get(COOKIE) or ""

    def sign_in(self, key: str = ADMIN, **fields: str) -> Response:
        """Send the form that opens a session."""
        return self.client.post("/sign-in", data={"key": key, **fields})

    def sign_out(self) -> str:
        """Send the form that ends a session, and where it leads."""
        answer = self.client.post("/sign-out", data={"token": form_token(self.token)})
        assert answer.status_code == 303
        return answer.headers["Location"]

    def get(self, path: str, **headers: str) -> Response:
        """A page."""
        return self.client.get(f"/admin{path}", headers=headers)

    def text(self, path: str) -> str:
        """The words of a page that must be there, without its tags."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return words_of(answer)

    def send(self, path: str, **fields: str | Sequence[str]) -> Response:
        """Send a form of the session."""
        return self.client.post(f"/admin{path}", data={"token": form_token(self.token), **fields})

    def send_file(self, content: bytes, name: str, **fields: str) -> Response:
        """Send a file with the form of imports."""
        data = {"token": form_token(self.token), "once": name, **fields}
        return self.client.post("/admin/imports", data=data, files={"file": (name, content)})

    def done(self, path: str, **fields: str | Sequence[str]) -> str:
        """Send a form that must go well, and where it leads."""
        answer = self.send(path, **fields)
        assert answer.status_code == 303, words_of(answer)
        return answer.headers["Location"]


def a_visitor(app: FastAPI, **options: Any) -> Visitor:
    """A browser with an address of its own that is not signed in and follows no redirects."""
    address = (f"visitor-{next(numbers)}", 50_000)
    return Visitor(TestClient(app, follow_redirects=False, client=address, **options))


def words_of(answer: Response) -> str:
    """The text of a page, its spaces made one."""
    plain = re.sub(r"<[^>]+>", " ", answer.text)
    return " ".join(unescape(plain).split())
