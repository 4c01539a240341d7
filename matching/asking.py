"""What to ask an investor for next: the silent fields, by what a word on each would carry."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from matching.completeness import completeness
from matching.facts import InvestorFacts
from matching.preparing import prepare_investor
from matching.ruleset import Ruleset
from matching.text.placement import Placer
from matching.vocabulary import Activity, Region, SmartManufacturing

Value = bool | int | float | tuple[str, ...]

PLAIN_ANSWERS: Final[Mapping[str, Value]] = {
    "planned_investment_max_cny": 10**9,
    "technology_level": 3,
    "rd_intensity_pct": 3.0,
    "rd_centre_committed": False,
    "activities": (Activity.MANUFACTURING,),
    "smart_manufacturing": (SmartManufacturing.AUTOMATION,),
    "jobs": 100,
    "land_ha": 10.0,
    "preferred_regions": (Region.EAST,),
    "is_chain_leader": False,
    "circular": False,
}
"""An answer to each field that can bear evidence by itself. Completeness asks whether something is
known, not what, so any answer tells how much it would add."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A field that says nothing yet, and what a word on it would add to the completeness."""

    field: str
    gain: int
    """Basis points."""


def asks(facts: InvestorFacts, rules: Ruleset, placer: Placer) -> list[Ask]:
    """The silent fields that would add something, most first; each by itself."""

    def held(said: InvestorFacts) -> int:
        return completeness(prepare_investor(said, rules.reference, placer), rules)

    now = held(facts)
    silent = [name for name in PLAIN_ANSWERS if getattr(facts, name) in (None, ())]
    found = [Ask(name, held(_answered(facts, name)) - now) for name in silent]
    return sorted((ask for ask in found if ask.gain > 0), key=lambda ask: -ask.gain)


def _answered(facts: InvestorFacts, name: str) -> InvestorFacts:
    said = {name: PLAIN_ANSWERS[name]}
    return replace(facts, **said)  # pyright: ignore[reportArgumentType] — names are fields of facts
