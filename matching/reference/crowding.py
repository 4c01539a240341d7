"""How crowded each link is: the rows of a landscape, and an edition of it."""

from dataclasses import dataclass

from matching.reference.records import TableNote
from matching.vocabulary import EditionKind, RegionGroup


@dataclass(frozen=True, slots=True)
class LandscapeRow:
    """How many zones of a region group hold or seek a link, counted on the landscape's day.

    Of zones whose chains are known; one that holds a link and seeks to strengthen it is engaged
    once.
    """

    link_id: str
    region_group: RegionGroup
    zones_known: int
    zones_engaged: int
    zones_seeking: int
    zones_holding: int


@dataclass(frozen=True, slots=True)
class LandscapeEdition:
    """How crowded each link is in each region group, counted on one day."""

    note: TableNote
    rows: tuple[LandscapeRow, ...]

    @property
    def name(self) -> str:
        """What the reference calls it among its editions."""
        return EditionKind.LANDSCAPE
