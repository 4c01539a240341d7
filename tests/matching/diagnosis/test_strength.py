"""Strength of links: worked by hand, unknown without a list, the order of firms of no matter."""

from dataclasses import replace
from math import isnan

import pytest

from matching.diagnosis.strength import count
from matching.vocabulary import Honour
from service.scorer import Scorer
from tests.matching.diagnosis.making import (
    CELLS,
    ELECTROLYTE,
    SEPARATOR,
    a_firm,
    at,
    counted,
    placed,
)

LEADER = at(CELLS, "L", employees=5000, revenue_cny=5_000_000_000, honours=(Honour.CHAIN_LEADER,))
SMALL = at(ELECTROLYTE, "S", employees=60, revenue_cny=30_000_000)


def test_a_strength_worked_by_hand(scorer: Scorer) -> None:
    reference = scorer.reference
    found = counted(scorer, LEADER, SMALL).links[CELLS]
    mentions = [chain for chains in reference.zone_chains.values() for chain in chains]
    quotient = 1 / (mentions.count("battery") / len(mentions))
    around = {*reference.suppliers[CELLS], *reference.customers[CELLS]}
    near = (0.5 * 0.12 / 0.75) / len(around)
    special = quotient / (quotient + 1)
    assert found.value == pytest.approx(
        0.5 * 0.7 + 0.25 * 1 + 0.1 * special + 0.15 * near, abs=1e-9
    )
    assert (found.confidence, found.concentration) == (1.0, 1.0)


def test_quotients_weigh_firms_by_what_all_state(scorer: Scorer) -> None:
    one = at(CELLS, "A", employees=30)
    other = at("ic.photoresist", "B", employees=10)
    found = counted(scorer, one, other)
    mentions = [c for chains in scorer.reference.zone_chains.values() for c in chains]
    assert found.by == "employees"
    assert found.quotients["battery"] == pytest.approx(
        0.75 / (mentions.count("battery") / len(mentions)), abs=1e-9
    )
    assert set(found.quotients) == {"battery", "ic"}


def test_nothing_is_known_without_a_list(scorer: Scorer) -> None:
    empty = counted(scorer)
    assert empty.credibility == 0
    assert all(isnan(link.value) for link in empty.links.values())
    landed = at(SEPARATOR, "N", is_listed=False)
    after = counted(scorer, landed)
    assert (after.credibility, isnan(after.links[CELLS].value)) == (0, True)
    assert after.links[SEPARATOR].value > 0


def test_a_list_counts_by_its_length_and_by_what_could_be_placed(scorer: Scorer) -> None:
    found = counted(scorer, LEADER, SMALL, a_firm("U", products=("综合实业",)))
    assert found.credibility == pytest.approx(3 / 8 * 2 / 3)
    missing = found.links[SEPARATOR]
    assert (missing.value, missing.confidence, missing.firms) == (0.0, found.credibility, ())


def test_firms_without_figures_count_with_less_confidence(scorer: Scorer) -> None:
    bare = counted(scorer, at(CELLS, "B")).links[CELLS]
    assert bare.confidence == 0.5
    assert bare.presence == pytest.approx(0.12)


def test_a_firm_without_employees_has_no_concentration_by_them(scorer: Scorer) -> None:
    found = counted(scorer, at(CELLS, "A", employees=30), at(SEPARATOR, "B", employees=0))
    assert isnan(found.links[SEPARATOR].concentration)
    assert found.links[SEPARATOR].value > 0


def test_where_chains_say_nothing_the_neutral_value_is_taken(scorer: Scorer) -> None:
    nothing = dict.fromkeys(scorer.reference.links, ())
    bare = replace(scorer.reference, zone_chains={}, suppliers=nothing, customers=nothing)
    found = count([placed(scorer, at(CELLS, employees=400))], bare)
    assert found.quotients == {}
    link = found.links[CELLS]
    assert (isnan(link.specialisation), isnan(link.neighbours)) == (True, True)
    assert link.value == pytest.approx(0.5 * 0.4 + 0.1 * 0.4 + 0.15 * 0.4, abs=1e-9)


def test_the_order_of_firms_does_not_matter(scorer: Scorer) -> None:
    assert repr(counted(scorer, LEADER, SMALL)) == repr(counted(scorer, SMALL, LEADER))


def test_one_more_firm_weakens_no_link(scorer: Scorer) -> None:
    before = counted(scorer, LEADER, SMALL).links
    after = counted(scorer, LEADER, SMALL, at(SEPARATOR, "N", employees=900)).links
    assert all(after[link].value >= before[link].value - 1e-12 for link in before)
    assert after[SEPARATOR].value > before[SEPARATOR].value
    assert after[CELLS].value > before[CELLS].value
