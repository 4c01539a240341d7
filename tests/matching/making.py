"""Valid rows, facts and profiles with keyword overrides: a test states only what it is about."""

from math import nan
from typing import Any

from matching.facts import GapFacts, InvestorFacts, ZoneFacts
from matching.policy import built_in
from matching.preparing import prepare_gap, prepare_investor
from matching.profiles import Pair, pair
from matching.reference.loader import load_reference
from matching.rows import KINDS, Gap, Investor, Tables
from matching.ruleset import Ruleset, ruleset
from matching.text.placement import Placer
from matching.vocabulary import GapKind, Kind, Origin, Region

REFERENCE = load_reference()
PLACER = Placer(REFERENCE)
RULES: Ruleset = ruleset(built_in()[0], REFERENCE)
TABLES: Tables = RULES.tables

PROVINCES = {
    Region.EAST: "32",
    Region.CENTRAL: "42",
    Region.WEST: "61",
    Region.NORTHEAST: "22",
}


def investor_row(**known: Any) -> Investor:
    """An investor at the very link, of whom nothing else is known."""
    unknown = dict.fromkeys(Investor._fields, nan)
    base: dict[str, Any] = {
        **unknown,
        "affinity": 1.0,
        "is_foreign": True,
        "is_hmt": False,
        "is_taiwan": False,
        "opt_out": False,
        "is_closed": False,
        "emerging": 0.0,
        "wanted_provinces": 0,
        "wanted_regions": 0,
        "kinds": 0,
        "half_kinds": 0,
        "listed_by_words": 0,
        "listed_by_code": 0,
        "listed_by_close_code": 0,
    }
    return Investor(**{**base, **known})


def gap_row(**known: Any) -> Gap:
    """An open weak gap of which nothing is known."""
    unknown = dict.fromkeys(Gap._fields, nan)
    base: dict[str, Any] = {
        **unknown,
        "link": 0,
        "is_open": True,
        "is_missing": False,
        "region": 0,
        "province": 0,
        "tech_barrier": 1.0,
        "own_strength": 0.0,
        "emerging": 0.0,
        "forces_unknown": 1.0,
        "path_unknown": 1.0,
        "listed_by_words": 0,
        "listed_by_code": 0,
        "listed_by_close_code": 0,
        "excepted_foreign": 0,
        "excepted_hmt": 0,
        "excepted_taiwan": 0,
        "severity": 50,
        "number": 1,
    }
    return Gap(**{**base, **known})


def bits(*kinds: Kind) -> int:
    """A set of kinds as a row holds it."""
    return sum(1 << KINDS.index(kind) for kind in kinds)


def zone_facts(region: Region = Region.EAST, **known: Any) -> ZoneFacts:
    base: dict[str, Any] = {
        "id": "CNHTZ-3205",
        "version": 1,
        "region": region,
        "province_code": PROVINCES[region],
    }
    return ZoneFacts(**{**base, **known})


def gap_facts(zone: ZoneFacts | None = None, **known: Any) -> GapFacts:
    base: dict[str, Any] = {
        "id": "gap_1",
        "version": 1,
        "number": 10,
        "zone": zone or zone_facts(),
        "kind": GapKind.MISSING,
        "link_id": "ic.photoresist",
    }
    return GapFacts(**{**base, **known})


def investor_facts(**known: Any) -> InvestorFacts:
    base: dict[str, Any] = {
        "id": "inv_1",
        "version": 1,
        "number": 20,
        "country": "JP",
        "origin": Origin.FOREIGN,
        "products": ("光刻胶",),
    }
    return InvestorFacts(**{**base, **known})


def a_pair(investor: InvestorFacts | None = None, gap: GapFacts | None = None) -> Pair:
    """An investor and a gap, prepared and held together."""
    who = prepare_investor(investor or investor_facts(), REFERENCE, PLACER)
    what = prepare_gap(gap or gap_facts(), REFERENCE, is_open=True)
    return pair(who, what, TABLES, REFERENCE)
