"""Valid rows of which any part may be unknown, values at and around every threshold."""

import random
from collections.abc import Callable, Mapping, Sequence
from math import nan
from typing import Any, TypeVar

from matching.rows import Gap, Investor

Row = TypeVar("Row", Gap, Investor)
Draw = Callable[[Sequence[Any]], Any]
"""Takes one of the values."""

YES_NO = (nan, 0.0, 1.0)
LEVEL = (nan, 1.0, 2.0, 3.0, 4.0, 5.0)
SHARE = (nan, 0.0, 0.1, 1 / 3, 0.5, 2 / 3, 0.9995, 1.0)
MONEY = (nan, 0.0, 1e7, 123_456_789.0, 5e8, 1e11)
QUANTITY = (nan, 0.0, 3.3, 10.0, 4999.9, 1e6)
DAY = (nan, 739_000.0, 739_001.0, 740_000.0)
SELDOM = (False,) * 9 + (True,)
SCALE = ((nan, nan), (7.0, 7.25), (7.0, 8.0), (8.1, 9.3), (6.0, 11.0), (10.7, 11.2))
ITEMS = (0, 0, 0, 1, 1 << 5, 0b1011, 1 << 28, (1 << 29) - 1)
KIND_BITS = (0, *range(1, 128, 9), 64, 127)
ORIGIN = ((True, False, False), (False, True, False), (False, True, True), (False, False, False))

INVESTOR: Mapping[str, Sequence[Any]] = {
    "affinity": (0.0, 0.1, 0.1994, 0.1995, 0.2, 0.35, 0.61234, 0.9, 1.0),
    "opt_out": SELDOM,
    "is_closed": SELDOM,
    "technology_level": LEVEL,
    "rd_intensity": (nan, 0.0, 0.03, 0.05, 0.0799, 0.08, 0.5),
    "rd_centre": YES_NO,
    "high_tech_class": YES_NO,
    "smart_share": (nan, 1 / 6, 0.5, 1.0),
    "plan_cny": MONEY,
    "is_leader": YES_NO,
    "activities": (nan, 1.0, 2.0, 3.0, 7.0),
    "revenue_cny": (*MONEY, 1e13),
    "local_sourcing": SHARE,
    "energy_tce": QUANTITY,
    "emissions_tco2e": QUANTITY,
    "output_10k_cny": (nan, 1e-4, 100.0, 123_456.0),
    "high_energy": YES_NO,
    "circular": YES_NO,
    "land_ha": QUANTITY,
    "jobs": QUANTITY,
    "starts_by": DAY,
    "wanted_provinces": (0, 0, 1, 1 << 9, (1 << 31) - 1),
    "wanted_regions": range(16),
    "emerging": (0.0, 0.5),
    "kinds": KIND_BITS,
    "half_kinds": KIND_BITS,
    "listed_by_words": ITEMS,
    "listed_by_code": ITEMS,
    "listed_by_close_code": ITEMS,
}
GAP: Mapping[str, Sequence[Any]] = {
    "link": (0, 376),
    "is_open": tuple(not seldom for seldom in SELDOM),
    "is_missing": (False, True),
    "region": range(4),
    "province": (0, 9, 30),
    "tech_barrier": (1.0, 2.0, 3.0),
    "zone_technology_level": LEVEL,
    "technology_level_wanted": LEVEL,
    "technology_level_floor": (nan, nan, nan, 2.0, 5.0),
    "investment_min_cny": MONEY,
    "investment_floor_cny": (nan, nan, nan, 1e7, 5e8),
    "land_ha": QUANTITY,
    "jobs": QUANTITY,
    "ends_on": DAY,
    "energy_cap_tce": (nan, nan, 0.0, 4999.9, 1e6),
    "emissions_cap_tco2e": (nan, nan, nan, 10.0, 1e6),
    "energy_cap_per_10k": (nan, nan, nan, 0.0, 0.15, 100.0),
    "back_strength": SHARE,
    "forward_strength": SHARE,
    "own_strength": (0.0, 0.3),
    "variety": SHARE,
    "room": SHARE,
    "emerging": (0.0, 0.5, 1.0),
    "encouraged": (nan, 0.0, 0.6, 1.0),
    "forces": SHARE,
    "forces_unknown": (0.0, 1 / 9, 1.0),
    "path": SHARE,
    "path_unknown": (0.0, 0.2, 1.0),
    "listed_by_words": ITEMS,
    "listed_by_code": ITEMS,
    "listed_by_close_code": ITEMS,
    "excepted_foreign": (0, 1, 0b1001),
    "excepted_hmt": (0, 1 << 5),
    "excepted_taiwan": (0, 1 << 28),
    "severity": range(-1, 101),
    "number": range(1, 1000),
}


def seeded(seed: int) -> Draw:
    """The same draws for the same seed."""
    return random.Random(seed).choice  # noqa: S311 — samples, no secrets


def drawn_investor(draw: Draw) -> Investor:
    values = {name: draw(choices) for name, choices in INVESTOR.items()}
    foreign, hmt, taiwan = draw(ORIGIN)
    low, high = draw(SCALE)
    origin = {"is_foreign": foreign, "is_hmt": hmt, "is_taiwan": taiwan}
    return Investor(scale_low=low, scale_high=high, **origin, **values)


def drawn_gap(draw: Draw) -> Gap:
    values = {name: draw(choices) for name, choices in GAP.items()}
    low, high = draw(SCALE)
    return Gap(scale_low=low, scale_high=high, **values)
