"""The parts of the site, in the order of the menu.

A part is a file here with its `ENTRY` in the menu, if it has one, and its `PAGES`, its templates,
and its words in a file of the same name under `texts`; and its line below.
"""

from typing import Final

from service.pages.site.page import Entry, Page
from service.pages.site.sections import (
    chains,
    gaps,
    investors,
    leads,
    matches,
    overview,
    register,
    what_if,
    zones,
)

SECTIONS: Final = (
    overview,
    zones,
    chains,
    gaps,
    investors,
    matches,
    register,
    what_if,
    leads,
)

MENU: Final[tuple[Entry, ...]] = tuple(
    section.ENTRY for section in SECTIONS if section.ENTRY is not None
)
PAGES: Final[tuple[Page, ...]] = tuple(page for section in SECTIONS for page in section.PAGES)
