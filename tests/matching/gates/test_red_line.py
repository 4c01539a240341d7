from typing import Any

import pytest

from matching.engine import blocking_gate
from matching.explanation import findings
from matching.vocabulary import Origin, Verdict
from tests.matching.making import a_pair, gap_facts, investor_facts, zone_facts

BLOCKED, CONDITIONAL = Verdict.BLOCKED, Verdict.CONDITIONAL


@pytest.mark.parametrize(
    ("investor", "gap", "zone", "verdicts"),
    [
        ({}, {}, {}, []),
        ({"energy_tce": 10.0**6}, {}, {}, []),
        ({"energy_tce": 100.0}, {"energy_cap_tce": 100.0}, {}, []),
        ({"energy_tce": 100.1}, {"energy_cap_tce": 100.0}, {}, [BLOCKED]),
        (
            {"energy_tce": 100.1, "origin": Origin.DOMESTIC},
            {"energy_cap_tce": 100.0},
            {},
            [BLOCKED],
        ),
        ({}, {"energy_cap_tce": 100.0}, {}, [CONDITIONAL]),
        ({"emissions_tco2e": 11.0}, {"emissions_cap_tco2e": 10.0}, {}, [BLOCKED]),
        ({}, {"emissions_cap_tco2e": 10.0, "energy_cap_tce": 1.0}, {}, [CONDITIONAL] * 2),
        (
            {"energy_tce": 3000.0, "planned_output_cny": 10**8},
            {},
            {"energy_cap_tce_per_10k_cny": 0.2},
            [BLOCKED],
        ),
        (
            {"energy_tce": 1000.0, "planned_output_cny": 10**8},
            {},
            {"energy_cap_tce_per_10k_cny": 0.2},
            [],
        ),
        ({"energy_tce": 1000.0}, {}, {"energy_cap_tce_per_10k_cny": 0.2}, [CONDITIONAL]),
    ],
)
def test_declared_above_a_cap_blocks_and_undeclared_asks(
    investor: dict[str, Any], gap: dict[str, Any], zone: dict[str, Any], verdicts: list[Verdict]
) -> None:
    held = a_pair(investor_facts(**investor), gap_facts(zone_facts(**zone), **gap))
    assert [f.verdict for f in findings(held)] == verdicts
    assert (blocking_gate(held) is not None) == (BLOCKED in verdicts)
    assert all(f.gate == "red_line" for f in findings(held))


def test_figures_stand_in_full() -> None:
    held = a_pair(
        investor_facts(energy_tce=1_234_567.0), gap_facts(zone_facts(), energy_cap_tce=9000.5)
    )
    assert "上限 9,000.5，申报 1,234,567" in findings(held)[0].zh
