"""The pages: those of everybody, and the administrators' where they are installed."""

from importlib.util import find_spec

from fastapi import APIRouter, FastAPI

from service.pages.errors import PagesNotInstalled
from service.pages.site import site as own_site

LIBRARY = "starlette_admin"

absent = APIRouter(include_in_schema=False)


@absent.api_route("/admin", methods=["GET", "POST"])
@absent.api_route("/admin/{path:path}", methods=["GET", "POST"])
def read_absent_pages() -> None:
    """What is to be done to have the pages.

    Raises:
        PagesNotInstalled: always.
    """
    raise PagesNotInstalled


def mount_pages(app: FastAPI, library: str = LIBRARY) -> None:
    """Put the pages of everybody at the root, and the administrators', or the refusal, at `/admin`.

    Args:
        app: the application.
        library: what the pages need, the extra `admin`.
    """
    own_site.mount(app)
    if find_spec(library) is None:
        app.include_router(absent)
        return
    from service.pages.admin import site  # noqa: PLC0415 - the extra may not be installed

    site.mount(app)
