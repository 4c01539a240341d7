"""Answers that are files."""

from collections.abc import Iterator

from starlette.responses import Response, StreamingResponse

from service.exports.writing import MEDIA_TYPES


def _headers(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def attachment(body: bytes, name: str, form: str) -> Response:
    """A file that is there."""
    return Response(body, headers=_headers(name), media_type=MEDIA_TYPES[form])


def streamed(blocks: Iterator[bytes], name: str, form: str) -> Response:
    """A file that is made while it goes out."""
    return StreamingResponse(blocks, headers=_headers(name), media_type=MEDIA_TYPES[form])
