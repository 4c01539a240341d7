from dataclasses import replace
from math import isnan

import pytest

from matching.criteria.cluster_diversity import CRITERION, assess
from matching.preparing import prepare_gap
from matching.reference.laying import lay
from tests.matching.making import (
    REFERENCE,
    TABLES,
    a_pair,
    gap_facts,
    gap_row,
    investor_row,
    zone_facts,
)
from tests.matching.reference.editions import a_landscape_edition


@pytest.mark.parametrize(
    ("gap", "value"),
    [
        ({"variety": 1.0, "room": 0.8}, 0.9),
        ({"variety": 0.4}, 0.2 + 0.5 * 0.4),
        ({"room": 0.6}, 0.3 + 0.5 * 0.4),
    ],
)
def test_value_is_the_mean_of_variety_and_room(gap: dict[str, float], value: float) -> None:
    assert assess(gap_row(**gap), investor_row(), TABLES) == pytest.approx(value)


def test_nothing_known_is_no_evidence() -> None:
    assert isnan(assess(gap_row(), investor_row(), TABLES))


@pytest.mark.parametrize(
    ("variety", "room", "key"),
    [(1.0, 0.9, "diversifies"), (0.46, 0.6, "neutral"), (0.46, 0.2, "converges")],
)
def test_every_level_is_reached(variety: float, room: float, key: str) -> None:
    value = assess(gap_row(variety=variety, room=room), investor_row(), TABLES)
    assert CRITERION.level(value).key == key


def test_a_chain_new_to_the_zone_makes_it_more_varied() -> None:
    new = a_pair(gap=gap_facts(zone_facts(leading_chains=("agrifood", "newmat"))))
    held = a_pair(gap=gap_facts(zone_facts(leading_chains=("ic", "newmat"))))
    assert new.gap.row.variety > 0.5 > held.gap.row.variety
    assert new.gap.row.room == held.gap.row.room


def test_evidence_says_how_crowded_the_chain_is() -> None:
    met = CRITERION.evidence(a_pair())
    assert "集成电路" in met.facts[0].zh
    assert "derived" in met.facts[0].en
    assert [label.en for label in met.assumed] == ["the zone's leading chains"]


def test_without_a_landscape_nothing_is_said_of_it() -> None:
    held = a_pair()
    blind = type(held)(
        held.investor,
        type(held.gap)(held.gap.facts, held.gap.row._replace(room=float("nan")), held.gap.link),
        held.row,
        held.fit,
        held.tables,
        held.reference,
    )
    assert CRITERION.evidence(blind).facts == ()


def test_evidence_names_the_landscape_that_rules() -> None:
    laid = lay(REFERENCE, a_landscape_edition())
    held = replace(a_pair(), gap=prepare_gap(gap_facts(), laid, is_open=True), reference=laid)
    (fact,) = CRITERION.evidence(held).facts
    assert held.gap.row.room == 0.6
    assert "40% 具备或正在寻求光刻胶" in fact.zh
    assert fact.source == "landscape 2027"
