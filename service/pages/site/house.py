"""The pages at the root, for officials, investors' officers and partners, as a set."""

from pathlib import Path
from typing import Final

from matching.vocabulary import Scope
from service.pages.house import House, Who

READERS: Final = Who(frozenset({Scope.PORTAL}), has_guests=True)
"""Who reads the pool: portals, administrators, and guests of a demonstration."""

ANYBODY: Final = Who(frozenset({Scope.PORTAL, Scope.PARTNER}), has_guests=True)
"""Partners as well: what they may know through the API."""

WRITERS: Final = Who(frozenset({Scope.PORTAL}))
PARTNERS: Final = Who(frozenset({Scope.PARTNER}))
ADMINISTRATORS: Final = Who(frozenset({Scope.ADMIN}))

HOUSE: Final = House("", Path(__file__).parent, READERS, scripts="'self'")
