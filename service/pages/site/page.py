"""One page of the site: its path, what it does, and who may open it."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from fastapi import Request, Response
from starlette.routing import Route

from service.pages.desk import Answer, Desk
from service.pages.front import Front, Template
from service.pages.house import Who
from service.pages.site.house import READERS
from service.security import GUEST, Caller


class Verb(StrEnum):
    """What happens at a path."""

    READ = "read"
    TRY = "try"
    """A form that changes nothing: what is filled in does not belong into an address."""
    WRITE = "write"


class Page(NamedTuple):
    """A path and the function behind it.

    Attributes:
        path: under the root, as `/gaps/{id}`.
        do: what makes the page of a request.
        who: may open it.
        verb: what happens there.
    """

    path: str
    do: Callable[[Desk], Answer]
    who: Who = READERS
    verb: Verb = Verb.READ


class Entry(NamedTuple):
    """A line of the menu; its name is a key of the words, under `menu`.

    Attributes:
        name: of the section.
        path: of its first page.
        who: sees it.
    """

    name: str
    path: str
    who: Who = READERS

    def is_for(self, caller: Caller) -> bool:
        """Whether the caller may open the page behind it."""
        is_known = self.who.has_guests or caller is not GUEST
        return is_known and any(caller.has(scope) for scope in self.who.scopes)


def route_of(front: Front, page: Page) -> Route:
    """The page as a route of the application it is in."""
    serve = front.write if page.verb is Verb.WRITE else front.read

    async def endpoint(request: Request) -> Response:
        request.scope["route"] = Template(page.path)
        return await serve(request, page.do, page.who)

    return Route(page.path, endpoint, methods=["GET" if page.verb is Verb.READ else "POST"])
