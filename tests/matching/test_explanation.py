from typing import Any

import pytest

from matching import receipt
from matching.criteria import CRITERIA
from matching.engine import score_pair
from matching.explanation import Component, Explanation, explain, findings
from matching.facts import GapFacts, InvestorFacts
from matching.vocabulary import GapKind, Origin, Pillar, Region, Verdict
from tests.matching.making import (
    RULES,
    a_pair,
    gap_facts,
    investor_facts,
    zone_facts,
)


def explained(investor: InvestorFacts | None = None, gap: GapFacts | None = None) -> Explanation:
    return explain(score_pair(a_pair(investor, gap), RULES), RULES)


def part(explanation: Explanation, criterion: str) -> Component:
    return next(c for c in explanation.components if c.criterion == criterion)


@pytest.mark.parametrize("kind", list(GapKind))
@pytest.mark.parametrize("origin", list(Origin))
def test_points_add_up_to_the_score_and_the_pillars(kind: GapKind, origin: Origin) -> None:
    told = explained(investor_facts(origin=origin), gap_facts(kind=kind))
    assert sum(c.points for c in told.components) == told.score
    assert sum(told.pillars.values()) == told.score
    assert sum(c.weight for c in told.components) == 10_000
    assert set(told.pillars) == set(Pillar)


def test_the_kind_of_gap_decides_which_criterion_is_told() -> None:
    missing = {c.criterion for c in explained().components}
    weak = {c.criterion for c in explained(gap=gap_facts(kind=GapKind.WEAK)).components}
    assert missing - weak == {"missing_link_anchor"}
    assert weak - missing == {"weak_link_upgrade"}


def test_components_come_in_reading_order() -> None:
    keys = [criterion.key for criterion in CRITERIA]
    told = [c.criterion for c in explained().components]
    assert told == sorted(told, key=keys.index)


def test_coverage_is_the_weight_that_has_evidence() -> None:
    told = explained()
    assert told.coverage == sum(c.weight for c in told.components if not c.assumed)
    assert 0 < told.coverage < 10_000


def test_an_assumed_component_has_no_value_and_neutral_points() -> None:
    ecology = part(explained(), "ecology")
    assert (ecology.value, ecology.assumed, ecology.band) == (None, True, "no_evidence")
    assert ecology.points == ecology.weight * 400 // 1000
    assert "中性值" in ecology.zh
    assert "neutral" in ecology.en


def test_assumed_parts_are_named_in_the_sentence() -> None:
    frontier = part(explained(investor_facts(rd_intensity_pct=6.0)), "frontier_technology")
    assert not frontier.assumed
    assert "研发中心" in frontier.zh.split("（")[1]
    assert "R&D centre" in frontier.en.split("(")[1]


def test_a_product_with_braces_is_quoted_as_it_is() -> None:
    odd = "光刻胶{0}{product}"
    told = explained(investor_facts(products=(odd,)), gap_facts(products=(odd,)))
    assert odd in part(told, "link_fit").zh


@pytest.mark.parametrize("criterion", [c.key for c in CRITERIA])
def test_every_sentence_stands_in_both_languages(criterion: str) -> None:
    for kind in GapKind:
        for component in explained(gap=gap_facts(kind=kind)).components:
            if component.criterion == criterion:
                assert any("\u4e00" <= ch <= "\u9fff" for ch in component.zh)
                assert component.en.isascii() or "“" in component.en
                assert "{" not in component.zh + component.en


def test_fdi_relevance_is_the_two_axes_by_weight() -> None:
    told = explained(investor_facts(local_sourcing_pct=50.0, rd_intensity_pct=8.0))
    linkage, frontier = part(told, "local_linkage"), part(told, "frontier_technology")
    assert linkage.value is not None
    assert frontier.value is not None
    exact = (linkage.weight * linkage.value + frontier.weight * frontier.value) / (
        linkage.weight + frontier.weight
    )
    assert told.fdi_relevance == pytest.approx(exact, abs=0.5)


def test_fdi_relevance_is_null_for_domestic_investors_only() -> None:
    assert explained(investor_facts(origin=Origin.DOMESTIC)).fdi_relevance is None
    assert explained(investor_facts(origin=Origin.HMT)).fdi_relevance is not None
    nothing_known = explained(investor_facts(), gap_facts(link_id="battery.pack"))
    assert nothing_known.fdi_relevance == 400


@pytest.mark.parametrize(
    ("change", "moves"),
    [
        ({}, False),
        ({"investor": {"version": 2}}, True),
        ({"gap": {"version": 2}}, True),
        ({"zone": {"version": 2}}, True),
    ],
)
def test_the_receipt_names_what_the_score_rests_on(
    change: dict[str, dict[str, Any]], moves: bool
) -> None:
    gap = gap_facts(zone_facts(Region.EAST, **change.get("zone", {})), **change.get("gap", {}))
    told = explained(investor_facts(**change.get("investor", {})), gap)
    assert (told.receipt != explained().receipt) == moves
    read = receipt.read(told.receipt)
    assert (read.ruleset, read.investor) == (RULES.digest, "inv_1")


def test_findings_of_a_clean_pair_are_empty() -> None:
    assert findings(a_pair()) == []


def test_conditions_hold_what_does_not_block() -> None:
    gap = gap_facts(zone_facts(Region.EAST, province_code="31"), link_id="biopharma.cgt")
    told = explained(investor_facts(products=("基因治疗",)), gap)
    assert [c.verdict for c in told.conditions] == [Verdict.CONDITIONAL]
