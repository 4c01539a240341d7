"""A part of the administrators' pages, and how its functions become routes."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, ClassVar, Literal, TypeVar, cast

from fastapi import Request, Response
from starlette_admin.routing import (
    route,  # pyright: ignore[reportUnknownVariableType] - the library says Callable only
)
from starlette_admin.views import CustomView

from service.pages.admin.house import HOUSE
from service.pages.desk import Answer, Desk, Shown
from service.pages.front import Front, Template

Self = TypeVar("Self", bound="Section")
View = TypeVar("View", bound=CustomView)
Endpoint = Callable[[View, Request], Coroutine[Any, Any, Response]]
Method = Callable[[Self, Desk], Answer]


def at(path: str, verb: Literal["GET", "POST"]) -> Callable[[Endpoint[View]], Endpoint[View]]:
    """Marks a method of a view as what answers at a path under the view's own."""
    return cast("Callable[[Endpoint[View]], Endpoint[View]]", route(path, methods=[verb]))


def reads(path: str = "") -> Callable[[Method[Self]], Endpoint[Self]]:
    """Makes a function the page at a path under its section's; it changes nothing."""
    return _made(path, "GET")


def writes(path: str = "") -> Callable[[Method[Self]], Endpoint[Self]]:
    """Makes a function what a form at a path under its section's does."""
    return _made(path, "POST")


def _made(path: str, verb: Literal["GET", "POST"]) -> Callable[[Method[Self]], Endpoint[Self]]:
    def made(method: Method[Self]) -> Endpoint[Self]:
        async def endpoint(section: Self, request: Request) -> Response:
            request.scope["route"] = Template(f"{HOUSE.base}{section.path.rstrip('/')}{path}")
            serve = section.front.read if verb == "GET" else section.front.write
            return await serve(request, partial(method, section))

        return at(path, verb)(endpoint)

    return made


class Section(CustomView):
    """A part of the pages under one path; its name is a key of the texts and stands in the menu."""

    name: ClassVar[str]

    def __init__(self, front: Front) -> None:
        super().__init__(menu_label=self.name, path=self.path)
        self.front = front

    async def index(self, request: Request) -> Response:
        """The library's own first page; a section has a function for its path instead."""
        raise NotImplementedError

    def show(self, page: str, **told: object) -> Shown:
        """A page of this section.

        Args:
            page: its template, without the ending.
            told: what the template names.
        """
        return Shown(f"{page}.html", {"section": self.name, "here": self.path, **told})
