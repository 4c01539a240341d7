"""The pages at the root as an application of their own, asked only for paths that it has."""

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from service.pages import refusals
from service.pages.front import Front
from service.pages.kept_files import KeepsFiles
from service.pages.site.door import Door
from service.pages.site.house import HOUSE
from service.pages.site.page import route_of
from service.pages.site.sections import MENU, PAGES

STATIC = "/static"


class Pages(BaseRoute):
    """All pages as one route: what they do not have is left to the routes after it."""

    def __init__(self, app: Starlette, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self.routes = routes

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether one of the pages has the path, whatever the method."""
        found = any(route.matches(scope)[0] is not Match.NONE for route in self.routes)
        return (Match.FULL if found else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a page; an error is a page as well."""
        await self._app(scope, receive, send)


def mount(app: FastAPI) -> None:
    """Put the pages at the root of an application."""
    front = Front(app, HOUSE, MENU)
    routes: list[BaseRoute] = [route_of(front, page) for page in PAGES]
    files = StaticFiles(directory=HOUSE.folder / "static")
    routes += [
        *Door(front).routes(),
        Route("/admin/sign-in", _to_sign_in, methods=["GET"]),
        Mount(STATIC, KeepsFiles(files, f"{STATIC}/")),
    ]
    site = Starlette(routes=routes)
    refusals.install(site, HOUSE)
    app.router.routes.append(Pages(site, routes))


def _to_sign_in(_: object) -> RedirectResponse:
    return RedirectResponse("/sign-in?next=%2Fadmin%2F", 308)
