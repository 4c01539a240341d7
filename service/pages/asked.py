"""What a browser asks of our pages, read with suspicion."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, TypeVar
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi import Request
from pydantic import BaseModel, ValidationError

from models.base import FieldsDisagree, UpdateShape
from models.problem import ProblemError
from service.clock import CHINA
from service.errors import BodyTooLarge, BodyUnreadable, NotFound, NotValid, invalid
from service.pages.errors import FormRefused
from service.pages.texts import Language, language_of

TOKEN_COOKIE: Final = "bulian_session"  # noqa: S105 - the name of a cookie
LANGUAGE_COOKIE: Final = "bulian_language"
THEME_COOKIE: Final = "bulian_theme"
THEMES: Final = ("light", "dark")
SIGN_IN: Final = "/sign-in"
CHOICES: Final = frozenset({"lang", "theme"})
"""Parts of an address that say how a page is shown, not which."""

FORM: Final = "application/x-www-form-urlencoded"
MOST_BYTES: Final = 64 * 1024
MOST_FIELDS: Final = 200
MOST_DIGITS: Final = 9
ID: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")

Shape = TypeVar("Shape", bound=BaseModel)
Fields = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: where, in which language, with which cookie and what filled in."""

    path: str
    language: Language
    theme: str = ""
    token: str = ""
    address: str = ""
    is_secure: bool = False
    is_form: bool = False
    ids: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    form: Fields = field(default_factory=dict[str, list[str]])

    def with_fields(self, fields: Mapping[str, str]) -> "Asked":
        """The same with a form that came in another way."""
        return replace(self, form={name: [fields[name]] for name in fields})

    @property
    def without_cursor(self) -> str:
        """The filters of a list, for its first page."""
        return urlencode({name: self.query[name] for name in self.query if name != "cursor"})

    def shown(self, **choice: str) -> str:
        """The address of the same page in another language (`lang`) or `theme`."""
        return f"{self.path}?{urlencode({**self.query, **choice})}"

    def said(self, name: str) -> str | None:
        """What was filled in; None where it was left empty."""
        return (self.form.get(name) or [""])[0].strip() or None

    def all_said(self, name: str) -> list[str]:
        """What was ticked or listed under one name."""
        return [value for value in self.form.get(name, []) if value.strip()]


async def read_asked(request: Request, *, brings_file: bool = False) -> Asked:
    """A request of a browser; a form only where the method brings one.

    Args:
        request: the request.
        brings_file: whether its form is left unread, since it brings a file.

    Raises:
        NotFound: an id in the path that none of ours can be.
        FormRefused: the form was not sent by our own pages.
        BodyUnreadable: what was sent is no form in UTF-8.
        BodyTooLarge: longer than any of our forms.
    """
    ids: dict[str, str] = dict(request.path_params)
    if not all(ID.fullmatch(id_) for id_ in ids.values()):
        raise NotFound
    query = dict(request.query_params)
    is_form = request.method == "POST"
    if is_form:
        check_origin(request)
    return Asked(
        path=request.url.path,
        language=asked_language(request),
        theme=asked_theme(request),
        token=request.cookies.get(TOKEN_COOKIE, ""),
        address=request.client.host if request.client else "",
        is_secure=request.url.scheme == "https",
        is_form=is_form,
        ids=ids,
        query={name: value for name, value in query.items() if value and name not in CHOICES},
        form=await _read_form(request) if is_form and not brings_file else {},
    )


def asked_language(request: Request) -> Language:
    """The language to answer in."""
    return language_of(
        request.query_params.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        request.headers.get("accept-language", ""),
    )


def asked_theme(request: Request) -> str:
    """Light or dark, as chosen; empty where the browser's own choice holds."""
    chosen = request.query_params.get("theme", request.cookies.get(THEME_COOKIE, ""))
    return chosen if chosen in THEMES else ""


async def _read_form(request: Request) -> Fields:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise BodyUnreadable("Send a form of these pages")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise BodyTooLarge("Send at most 64 KiB")
    try:
        return parse_qs(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise BodyUnreadable("The form is not in UTF-8") from error


def check_origin(request: Request) -> None:
    """Nothing when the form comes from a page of this site, as far as the browser tells.

    Raises:
        FormRefused: it comes from another site.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        is_ours = site in {"same-origin", "none"}
    else:
        is_ours = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not is_ours:
        raise FormRefused


def china_moment(asked: Asked, name: str) -> datetime | None:
    """The moment filled in, which is meant in China's time.

    Raises:
        NotValid: it is none.
    """
    said = asked.said(name)
    if said is None:
        return None
    try:
        return datetime.fromisoformat(said).replace(tzinfo=CHINA)
    except ValueError as error:
        raise invalid("is no moment", "body", name) from error


def whole(said: str | None, wrong: str, *place: str) -> int | None:
    """The whole number that was filled in; None where nothing was.

    Args:
        said: what was typed.
        wrong: what is said of anything else.
        place: of the field.

    Raises:
        NotValid: it is none, or has more digits than any of ours.

    >>> whole("24", "is no whole number", "body", "hours"), whole(None, "is no whole number")
    (24, None)
    """
    if said is None:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS):
        raise invalid(wrong, *place)
    return int(said)


def shaped(kind: type[Shape], fields: Mapping[str, Any]) -> Shape:
    """What was filled in, as the body of the call that does the same.

    Fields that were left empty are absent; of a record that is changed, they are cleared.

    Raises:
        NotValid: a field is not valid.
    """
    keeps_empty = issubclass(kind, UpdateShape)
    given = {name: fields[name] for name in fields if keeps_empty or fields[name] is not None}
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        raise NotValid([problem for one in error.errors() for problem in _problems(one)]) from error


def _problems(error: Mapping[str, Any]) -> list[ProblemError]:
    """One error of a field; of fields that disagree, one for each. No message repeats a value."""
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, FieldsDisagree):
        return [ProblemError(loc=["body", name], msg=str(cause)) for name in cause.fields]
    msg = str(cause) if isinstance(cause, ValueError) else str(error["type"])
    return [ProblemError(loc=["body", *error["loc"]], msg=msg)]
