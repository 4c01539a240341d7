"""The parts of the administrators' pages, in the order of the menu.

A new one is a file here with a `Section`, its template, its texts (`menu.NAME` first), and its line
below.
"""

from typing import Final

from service.pages.admin.section import Section
from service.pages.admin.sections.cache import Cache
from service.pages.admin.sections.duplicates import Duplicates
from service.pages.admin.sections.events import Events
from service.pages.admin.sections.imports import Imports
from service.pages.admin.sections.keys import Keys
from service.pages.admin.sections.leads import Leads
from service.pages.admin.sections.overview import Overview
from service.pages.admin.sections.partners import Partners
from service.pages.admin.sections.policies import Policies
from service.pages.admin.sections.reference import ReferenceData

SECTIONS: Final[tuple[type[Section], ...]] = (
    Overview,
    Leads,
    Duplicates,
    Policies,
    ReferenceData,
    Partners,
    Keys,
    Imports,
    Events,
    Cache,
)
