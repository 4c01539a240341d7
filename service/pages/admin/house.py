"""The administrators' pages as a set."""

from pathlib import Path
from typing import Final

from matching.vocabulary import Scope
from service.pages.house import House, Who

HOUSE: Final = House("/admin", Path(__file__).parent, Who(frozenset({Scope.ADMIN})))
