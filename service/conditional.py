"""Answers that can be asked for again: ETags, If-None-Match, If-Match, Location."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from fastapi import Request, Response
from pydantic import BaseModel

from models.base import RecordPublic
from service.errors import VersionPassed

TAG: Final = re.compile(r'(W/)?"([^"]*)"', re.IGNORECASE)
REVALIDATE: Final = "private, no-cache"
JSON: Final = "application/json"
DIGEST_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class Preconditions:
    """The conditional headers of a request."""

    if_match: str | None
    if_none_match: str | None

    def check_version(self, version: int) -> None:
        """Nothing when the caller has seen that version of the record, or did not say.

        What is derived from other records is in the tag too, but does not stand in the way of a
        change: only the version counts. A weak tag never matches (RFC 9110, 13.1.1).

        Raises:
            VersionPassed: the record has another version.
        """
        if self.if_match is None or self.if_match.strip() == "*":
            return
        strong = [tag for weak, tag in TAG.findall(self.if_match) if not weak]
        seen = {tag.partition("-")[0] for tag in strong}
        if str(version) not in seen:
            raise VersionPassed

    def has(self, etag: str) -> bool:
        """Whether the caller holds the answer with that tag already."""
        if self.if_none_match is None:
            return False
        held = [tag for _, tag in TAG.findall(self.if_none_match)]
        return self.if_none_match.strip() == "*" or etag.strip('"') in held


NO_CONDITIONS: Final = Preconditions(None, None)
"""For the answer to a change, which is sent whatever the caller holds."""


def read_preconditions(request: Request) -> Preconditions:
    """The conditional headers of a request; several lines of one count as one list."""
    return Preconditions(
        _joined(request.headers.getlist("if-match")),
        _joined(request.headers.getlist("if-none-match")),
    )


def _joined(lines: list[str]) -> str | None:
    return ", ".join(lines) if lines else None


def etag_of(version: int, body: bytes) -> str:
    """The tag of an answer: the record's version, then a digest of the bytes.

    >>> etag_of(3, b"{}")
    '"3-44136fa355b3678a"'
    """
    return f'"{version}-{sha256(body).hexdigest()[:DIGEST_LENGTH]}"'


def render(shape: RecordPublic, conditions: Preconditions) -> Response:
    """A record as an answer, or 304 when the caller holds it already."""
    body = shape.model_dump_json().encode()
    etag = etag_of(shape.version, body)
    headers = {"ETag": etag, "Cache-Control": REVALIDATE, "Vary": "Authorization"}
    if conditions.has(etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=JSON)


def render_created(
    shape: BaseModel, location: str, *, is_replay: bool, status: int = 201
) -> Response:
    """The answer to a POST that made something, or had made it before."""
    body = shape.model_dump_json().encode()
    headers = {"Location": location}
    if isinstance(shape, RecordPublic):
        headers["ETag"] = etag_of(shape.version, body)
    if is_replay:
        headers["Idempotency-Replayed"] = "true"
    return Response(body, status_code=status, headers=headers, media_type=JSON)


def render_accepted(shape: RecordPublic, location: str, *, is_replay: bool) -> Response:
    """The answer to a POST that has something done in the background: where to follow it."""
    return render_created(shape, location, is_replay=is_replay, status=202)
