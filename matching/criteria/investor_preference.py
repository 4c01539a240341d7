"""投资意愿: is the zone where the investor wants to go.

Value = 1 in a province it names, .8 in a region it names, 0 elsewhere (ours). The weight is
small: it orders what is equal otherwise, and never keeps a match away.
"""

from math import nan

from matching.criterion import Criterion, Evidence, Label, Level, shown
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

IN_REGION = 0.8

LEVELS = (
    Level(
        1.0, "province", "该区位于投资者意向省份", "The zone lies in a province the investor names"
    ),
    Level(0.8, "region", "该区位于投资者意向区域", "The zone lies in a region the investor names"),
    Level(
        0.0,
        "elsewhere",
        "该区不在投资者意向地区",
        "The zone lies elsewhere than the investor names",
    ),
)


def assess(gap: Gap, investor: Investor, _tables: Tables) -> float:
    """The value in [0, 1]; NaN when the investor names no place."""
    if not (investor.wanted_provinces or investor.wanted_regions):
        return nan
    if investor.wanted_provinces >> gap.province & 1:
        return 1.0
    return IN_REGION if investor.wanted_regions >> gap.region & 1 else 0.0


def evidence(pair: Pair) -> Evidence:
    """The places named and the zone's."""
    facts, zone = pair.investor.facts, pair.gap.facts.zone
    named = (*facts.preferred_provinces, *map(str, facts.preferred_regions))
    return Evidence(investor_value=shown(named), gap_value=f"{zone.province_code} {zone.region}")


CRITERION = Criterion(
    key="investor_preference",
    pillar=Pillar.VALUE,
    title=Label("投资意愿", "Preference of the investor"),
    source="ours",
    levels=LEVELS,
    unknown=Label("投资者未说明意向地区", "The investor names no place it prefers"),
    assess=assess,
    evidence=evidence,
)
