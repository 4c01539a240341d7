"""The administrators' pages as an application of their own, over the library starlette-admin.

The library brings the style sheets, the files it serves, the routes of views and their menu. Its
views of tables are not used: they would write past the use cases and leave no event.
"""

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.routing import Route
from starlette_admin import BaseAdmin

from service.pages import refusals
from service.pages.admin.house import HOUSE
from service.pages.admin.sections import SECTIONS
from service.pages.front import Front
from service.pages.kept_files import KeepsFiles

BASE = HOUSE.base
STATIC = f"{BASE}/static/"


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
    front = Front(app, HOUSE, [section.name for section in SECTIONS])
    first, *others = SECTIONS
    site = Site(
        title="Bulian 补链",
        base_url=BASE,
        templates_dir=str(HOUSE.folder / "templates"),
        static_dir=str(HOUSE.folder / "static"),
        index_view=first(front),
        secret_key="unused",  # noqa: S106 - nothing is signed with it, see above
        timezone_config=None,
    )
    for section in others:
        site.add_view(section(front))
    app.add_route(BASE, _to_first, include_in_schema=False)
    site.mount_to(app)
    site.app.add_middleware(KeepsFiles, folder=STATIC)
    refusals.install(site.app, HOUSE)


def _to_first(_: object) -> RedirectResponse:
    return RedirectResponse(f"{BASE}/")
