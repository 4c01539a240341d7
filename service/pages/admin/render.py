"""Templates, and how moments and numbers are written in them."""

import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service import clock
from service.leads.wording import STATUS_TEXTS
from service.pages.admin.asked import Asked
from service.pages.admin.desk import BASE
from service.pages.admin.texts import Wording
from service.usecases.sessions import form_token

FOLDER: Final = Path(__file__).parent
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; script-src 'none'; object-src 'none'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Of every page. With `no-referrer` a browser would send forms with `Origin: null`."""


@cache
def environment() -> Environment:
    """The templates; a name that nobody gave them is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"moment": moment, "told": told}
    return made


def once() -> str:
    """A name for one filling-in of a form: sent twice, it makes one thing."""
    return secrets.token_urlsafe(16)


def moment(at: datetime | date | None) -> str:
    """A moment in China's time, whose name stands beside it or over the column; a day as it is.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 11, 30, 18, 20, tzinfo=UTC)), moment(date(2026, 12, 1)), moment(None)
    ('2026-12-01 02:20', '2026-12-01', '—')
    """
    if at is None:
        return "—"
    if isinstance(at, datetime):
        return at.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M")
    return at.isoformat()


def told(value: object) -> str:
    """A value of a record as the log tells it.

    >>> told(None), told("甲"), told(True), told(["32"])
    ('—', '甲', 'true', '["32"]')
    """
    if value is None:
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def page(template: str, asked: Asked, given: Mapping[str, object], status: int = 200) -> Response:
    """A page in the reader's language.

    Args:
        template: its file.
        asked: the request it answers.
        given: what the template names.
        status: of the answer.
    """
    words = Wording(asked.language)
    body = (
        environment()
        .get_template(template)
        .render(
            t=words,
            base=BASE,
            once=once,
            now=clock.now,
            status_texts=STATUS_TEXTS,
            language=asked.language,
            asked=asked,
            token=form_token(asked.token),
            **({"signed_in": None, "menu": (), "section": None} | dict(given)),
        )
    )
    headers = HEADERS | {"Content-Language": asked.language}
    return Response(body, status, headers, "text/html; charset=utf-8")
