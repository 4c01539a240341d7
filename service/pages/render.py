"""From a template to a page in the reader's language."""

import secrets
from collections.abc import Mapping

from fastapi import Response

from service import clock
from service.leads.wording import STATUS_TEXTS
from service.pages.asked import Asked
from service.pages.house import House
from service.usecases.sessions import form_token


def once() -> str:
    """A name for one filling-in of a form: sent twice, it makes one thing."""
    return secrets.token_urlsafe(16)


def page(
    house: House, template: str, asked: Asked, given: Mapping[str, object], status: int = 200
) -> Response:
    """A page in the reader's language.

    Args:
        house: the set it is one of.
        template: its file.
        asked: the request it answers.
        given: what the template names.
        status: of the answer.
    """
    body = house.environment.get_template(template).render(
        stamp=house.stamp,
        t=house.words(asked.language),
        base=house.base,
        once=once,
        now=clock.now,
        status_texts=STATUS_TEXTS,
        language=asked.language,
        asked=asked,
        token=form_token(asked.token),
        **({"signed_in": None, "menu": (), "section": None} | dict(given)),
    )
    headers = {**house.headers, "Content-Language": asked.language}
    return Response(body, status, headers, "text/html; charset=utf-8")
