"""全国总览: gaps by province, region and chain, and whom rankings show."""

from typing import Final

from service.pages.desk import Answer, Desk, Shown
from service.pages.site.house import ANYBODY
from service.pages.site.page import Entry, Page
from service.usecases import overview


def first(desk: Desk) -> Answer:
    """How much there is."""
    totals = overview.totals(desk)
    figures = [(f"overview.{name}", totals[name]) for name in ("gaps", "zones", "investors")]
    return Shown("overview.html", {"section": "overview", "figures": figures})


ENTRY: Final = Entry("overview", "/", ANYBODY)
PAGES: Final = (Page("/", first, ANYBODY),)
