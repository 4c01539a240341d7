"""Zones whose standing is known, with keyword overrides."""

from collections.abc import Iterable
from typing import Any

from matching.insight.convergence import Stand
from matching.vocabulary import Region
from tests.matching.making import PROVINCES


def a_stand(zone_id: str = "Z1", region: Region = Region.EAST, **known: Any) -> Stand:
    base: dict[str, Any] = {"leading_chains": ("ic",)}
    return Stand(zone_id, PROVINCES[region], **{**base, **known})


def several(
    count: int, region: Region = Region.EAST, chains: Iterable[str] = ("ic",), prefix: str = "Z"
) -> list[Stand]:
    """Zones that lead in the same chains."""
    return [a_stand(f"{prefix}{n:02}", region, leading_chains=tuple(chains)) for n in range(count)]
