from math import isnan
from typing import Any

import pytest

from matching.codes import IndustryCode
from matching.criteria.link_fit import CRITERION, assess
from matching.vocabulary import CodeScheme
from tests.matching.making import TABLES, a_pair, gap_facts, gap_row, investor_facts, investor_row


@pytest.mark.parametrize(
    ("affinity", "key"),
    [
        (1.0, "same_product"),
        (0.92, "same_product"),
        (0.83, "same_link"),
        (0.49, "related"),
        (0.2, "neighbouring"),
        (0.05, "far"),
    ],
)
def test_value_is_the_affinity_and_every_level_is_reached(affinity: float, key: str) -> None:
    value = assess(gap_row(), investor_row(affinity=affinity), TABLES)
    assert value == affinity
    assert CRITERION.level(value).key == key


def test_nothing_placed_is_no_evidence() -> None:
    assert isnan(assess(gap_row(), investor_row(affinity=0.0), TABLES))


@pytest.mark.parametrize(
    ("investor", "gap", "key"),
    [
        ({"products": ("光刻胶",)}, {}, "same_product"),
        ({"products": ("photoresist",)}, {}, "same_product"),
        (
            {"products": ("某某专用超强纳米胶",)},
            {"products": ("某某专用超强纳米胶",)},
            "same_product",
        ),
        ({"products": ("正极材料",)}, {"link_id": "battery.anode"}, "far"),
    ],
)
def test_words_decide(investor: dict[str, Any], gap: dict[str, Any], key: str) -> None:
    held = a_pair(investor_facts(**investor), gap_facts(**gap))
    assert CRITERION.level(held.row.affinity).key == key


def test_evidence_quotes_the_phrase_and_the_link() -> None:
    met = CRITERION.evidence(a_pair())
    assert met.investor_value == "光刻胶"
    assert met.gap_value.startswith("ic.photoresist ")
    assert met.facts[0].source == "chain_links (expert_draft)"


def test_evidence_quotes_the_gaps_own_word() -> None:
    word = "某某专用超强纳米胶"
    met = CRITERION.evidence(a_pair(investor_facts(products=(word,)), gap_facts(products=(word,))))
    assert met.gap_value == word
    assert met.words["link"].zh == f"需求所列“{word}”"
    assert "需求所列" in met.facts[0].zh


def test_evidence_says_when_only_a_neighbour_is_met() -> None:
    held = a_pair(gap=gap_facts(link_id="ic.fab"))
    met = CRITERION.evidence(held)
    assert 0.2 <= held.row.affinity <= 0.35
    assert met.facts[1].source.startswith("chain_edges")


def test_a_code_alone_is_quoted_as_a_code() -> None:
    only_code = investor_facts(
        products=(), industry_codes=(IndustryCode(CodeScheme.GB4754, "3985"),)
    )
    met = CRITERION.evidence(a_pair(only_code))
    assert met.investor_value == "GB/T 4754 3985"


def test_nothing_to_quote_is_a_dash() -> None:
    held = a_pair(investor_facts(products=("房地产开发",)))
    assert CRITERION.evidence(held).investor_value == "–"
