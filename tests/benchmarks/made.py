"""Gaps without facts, by the hundred thousand, and the investor that they are held against."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.codes import CodeScheme, IndustryCode
from matching.columns import ARRAYS, CHUNK, Columns, Sheet, places
from matching.loop import Candidates
from matching.pools import GapPool
from matching.postings import Move, Postings
from matching.preparing import prepare_investor
from matching.profiles import InvestorProfile
from matching.rows import Gap
from matching.vocabulary import Activity, Region
from tests.benchmarks.bench import SEED
from tests.matching.making import PLACER, REFERENCE, RULES, investor_facts
from tests.matching.pooled import HeldGap
from tests.matching.random_rows import GAP, SCALE

Array = NDArray[Any]

SUBJECT: InvestorProfile = prepare_investor(
    investor_facts(
        industry_codes=(IndustryCode(CodeScheme.GB4754, "3985"),),
        technology_level=4,
        rd_intensity_pct=6.0,
        rd_centre_committed=True,
        planned_investment_min_cny=300_000_000,
        planned_investment_max_cny=900_000_000,
        activities=(Activity.MANUFACTURING, Activity.R_AND_D),
        revenue_cny=20_000_000_000,
        local_sourcing_pct=30.0,
        energy_tce=3.3,
        planned_output_cny=1_200_000_000,
        land_ha=6.0,
        jobs=300,
        start_by=date(2024, 6, 1),
        preferred_provinces=("32", "42"),
        preferred_regions=(Region.WEST,),
    ),
    REFERENCE,
    PLACER,
)
"""A maker of photoresist of whom most is known, not all."""

STANDING: Mapping[str, Sequence[Any]] = {
    "link": sorted(link.number for link in REFERENCE.links.values()),
    "is_open": (True,),
    "technology_level_floor": (nan, 2.0),
    "investment_floor_cny": (nan, 1e7),
    "energy_cap_tce": (nan, nan, 10.0, 4999.9, 1e6),
    "emissions_cap_tco2e": (nan, nan, 10.0, 1e6),
    "energy_cap_per_10k": (nan, nan, 0.15, 100.0),
}
"""Values that let every gate be asked and none stop the subject: every row is scored."""


def made_gaps(count: int) -> Sheet[Gap]:
    """Open gaps of every kind, a third of what can be unknown unknown; the same each time."""
    draw = np.random.default_rng(SEED)
    sizes = [min(CHUNK, count - start) for start in range(0, count, CHUNK)]
    return Sheet(Gap, tuple(_chunk(draw, size) for size in sizes))


def _chunk(draw: np.random.Generator, size: int) -> Columns:
    scale = draw.choice(np.array(SCALE), size)
    drawn = {
        name: draw.choice(np.array(choices), size)
        for name, choices in ({**GAP, **STANDING}).items()
    }
    drawn |= {"scale_low": scale[:, 0], "scale_high": scale[:, 1]}
    arrays: dict[str, list[Array]] = {name: [] for name in ARRAYS.values()}
    for name, place in places(Gap).items():
        arrays[place.array].append(drawn[name])
    found = Columns(
        np.array(arrays["floats"], np.float64).T.copy(),
        np.array(arrays["ints"], np.int64).T.copy(),
        np.array(arrays["flags"], np.bool_).T.copy(),
    )
    for array in found:
        array.setflags(write=False)
    return found


def by_name(sheet: Sheet[Gap]) -> dict[str, Array]:
    """Each field of all rows as one array."""
    return {
        name: np.concatenate(
            [getattr(chunk, place.array)[:, place.number] for chunk in sheet.chunks]
        )
        for name, place in places(Gap).items()
    }


def all_of(count: int) -> Candidates:
    """Every position, each with an affinity above the floor."""
    floor = RULES.tables.floor
    return Candidates(np.arange(count), np.random.default_rng(SEED).uniform(floor, 1.0, count))


def pool_of(sheet: Sheet[Gap]) -> GapPool[HeldGap]:
    """A pool that finds gaps by their links. It holds no records: nothing can be explained."""
    links = sheet.numbers("link", np.arange(len(sheet))).tolist()
    moves = (Move(position, {}, {link: ()}) for position, link in enumerate(links))
    return replace(GapPool[HeldGap](), sheet=sheet, by_link=Postings[int]().changed(moves))
