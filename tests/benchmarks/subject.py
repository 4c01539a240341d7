"""What the peers are told of the investor: whatever of the score depends on it alone.

Somebody who writes the ranking by hand works these out once and not for every gap.
"""

from dataclasses import dataclass
from math import nan

from matching.criteria import (
    frontier_technology,
    missing_link_anchor,
    regional_orientation,
    weak_link_upgrade,
)
from matching.criteria.ecology import USUAL_TCE_PER_10K_CNY, USUAL_TCE_PER_10K_CNY_HEAVY
from matching.gates.red_line import energy_per_output
from matching.policy import case
from matching.rows import REGIONS, Investor
from matching.ruleset import Ruleset
from tests.matching.making import gap_row


@dataclass(frozen=True, slots=True)
class Subject:
    """An investor's row and what is made of it; NaN for unknown."""

    row: Investor
    neutral: float
    prohibited: int
    weights: tuple[tuple[int, ...], tuple[int, ...]]
    """Of a weak link, of a missing one."""
    orientation: tuple[tuple[float, float], ...]
    """By region: the value as it stands, and where the energy is well below the gap's cap."""
    research: float
    rd_share: float
    breadth: float
    staying_power: float
    usual_energy: float
    energy_per_output: float


def subject_of(row: Investor, rules: Ruleset) -> Subject:
    """The investor as the peers need it."""
    policy = rules.policy
    usual = USUAL_TCE_PER_10K_CNY_HEAVY if row.high_energy else USUAL_TCE_PER_10K_CNY
    weak, missing = (gap_row(is_missing=is_missing) for is_missing in (False, True))
    return Subject(
        row=row,
        neutral=rules.tables.neutral,
        prohibited=rules.tables.prohibited if row.is_foreign or row.is_hmt else 0,
        weights=(policy.weights[case(weak, row)], policy.weights[case(missing, row)]),
        orientation=_orientation(row, rules),
        research=weak_link_upgrade.research(row),
        rd_share=frontier_technology.rd_share(row),
        breadth=missing_link_anchor.breadth(row),
        staying_power=missing_link_anchor.staying_power(row),
        usual_energy=nan if row.high_energy != row.high_energy else usual * row.output_10k_cny,
        energy_per_output=energy_per_output(row),
    )


def _orientation(row: Investor, rules: Ruleset) -> tuple[tuple[float, float], ...]:
    def value(region: int, cap: float) -> float:
        gap = gap_row(region=region, energy_cap_tce=cap)
        return regional_orientation.assess(gap, row, rules.tables)

    return tuple((value(n, nan), value(n, float("inf"))) for n in range(len(REGIONS)))
