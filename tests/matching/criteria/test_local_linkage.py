from math import isnan
from typing import Any

import pytest

from matching.criteria.local_linkage import CRITERION, assess
from matching.vocabulary import GapKind
from tests.matching.making import (
    TABLES,
    a_pair,
    gap_facts,
    gap_row,
    investor_facts,
    investor_row,
    zone_facts,
)

LOCAL = {"back_strength": 0.6, "forward_strength": 0.5, "own_strength": 0.3}


@pytest.mark.parametrize(
    ("gap", "sourcing", "value"),
    [
        (LOCAL, 1.0, 0.33 + 0.15 + 0.045 + 0.1),
        (LOCAL, 0.0, 0.33 + 0.15 + 0.045),
        (LOCAL, None, 0.33 + 0.15 + 0.045 + 0.04),
        ({"back_strength": 0.6}, 0.5, 0.33 + 0.12 + 0.0 + 0.05),
        ({"own_strength": 0.3}, 0.5, 0.22 + 0.12 + 0.045 + 0.05),
        ({"back_strength": 1.0, "forward_strength": 1.0, "own_strength": 1.0}, 1.0, 1.0),
    ],
)
def test_value_is_suppliers_customers_the_link_and_sourcing(
    gap: dict[str, Any], sourcing: float | None, value: float
) -> None:
    investor = investor_row() if sourcing is None else investor_row(local_sourcing=sourcing)
    assert assess(gap_row(**gap), investor, TABLES) == pytest.approx(value)


def test_the_gap_alone_is_no_evidence() -> None:
    assert isnan(assess(gap_row(own_strength=0.3), investor_row(), TABLES))


@pytest.mark.parametrize(
    ("leading", "sourcing", "key"),
    [(("ic",), 100.0, "strong"), (("ic",), 0.0, "some"), (("agrifood",), 0.0, "thin")],
)
def test_every_level_is_reached(leading: tuple[str, ...], sourcing: float, key: str) -> None:
    held = a_pair(
        investor_facts(local_sourcing_pct=sourcing),
        gap_facts(zone_facts(leading_chains=leading), kind=GapKind.WEAK, link_id="ic.fab"),
    )
    assert CRITERION.level(assess(held.gap.row, held.row, TABLES)).key == key


def test_derived_strength_is_said_to_be_derived() -> None:
    met = CRITERION.evidence(a_pair(gap=gap_facts(zone_facts(leading_chains=("ic", "biopharma")))))
    assert "集成电路、生物医药" in met.facts[0].zh
    assert met.facts[0].en.endswith("(derived)")
    assert [label.en for label in met.assumed][-1] == "local sourcing"


def test_a_zone_of_which_no_chain_is_known_names_none() -> None:
    met = CRITERION.evidence(a_pair())
    assert met.facts == ()
    assert met.gap_value == "leading_chains –"
