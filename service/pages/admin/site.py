"""The administrators' pages as an application of their own, over the library starlette-admin.

The library brings the style sheets, the files it serves, the routes of views and their menu. Its
views of tables are not used: they would write past the use cases and leave no event.
"""

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_admin import BaseAdmin

from service.pages.admin import refusals
from service.pages.admin.desk import BASE
from service.pages.admin.door import Door
from service.pages.admin.front import Front
from service.pages.admin.render import FOLDER
from service.pages.admin.sections import SECTIONS

STATIC = f"{BASE}/static/"
KEPT = (b"cache-control", b"public, max-age=86400")
"""The library's files say their version in the address; ours are small."""


class Site(BaseAdmin):
    """The library's site without what we have our own of: cookies for forms and notices, tables."""

    def _init_csrf(self) -> None:
        """Forms carry a token of their session (`front`); the library's would outlive it."""

    def _init_flash(self) -> None:
        """What was done is said by the address; no cookie is needed for it."""

    def _collect_core_routes(self) -> list[Route]:
        """No pages over tables."""
        return []


def mount(app: FastAPI) -> None:
    """Put the pages under `/admin` of an application."""
    front = Front(app, [section.name for section in SECTIONS])
    first, *others = SECTIONS
    site = Site(
        title="Bulian 补链",
        base_url=BASE,
        templates_dir=str(FOLDER / "templates"),
        static_dir=str(FOLDER / "static"),
        index_view=first(front),
        secret_key="unused",  # noqa: S106 - nothing is signed with it, see above
        timezone_config=None,
    )
    for section in others:
        site.add_view(section(front))
    site.add_view(Door(front))
    app.add_route(BASE, _to_first, include_in_schema=False)
    site.mount_to(app)
    site.app.add_middleware(KeepsFiles)
    refusals.install(site.app)


def _to_first(_: object) -> RedirectResponse:
    return RedirectResponse(f"{BASE}/")


class KeepsFiles:
    """Lets browsers keep style sheets and fonts for a day."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and say of files that were found that they may be kept."""
        is_file = scope["type"] == "http" and scope["path"].startswith(STATIC)

        async def keeping(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in {200, 304}:
                message["headers"] = [*message["headers"], KEPT]
            await send(message)

        await self._app(scope, receive, keeping if is_file else send)
