from dataclasses import replace
from typing import Any

import pytest

from matching.codes import IndustryCode
from matching.engine import blocking_gate, is_in_pool
from matching.explanation import findings
from matching.facts import GapFacts
from matching.gates.negative_list import NEGATIVE_LIST
from matching.preparing import prepare_gap, prepare_investor
from matching.vocabulary import CodeScheme, Origin, Region, Verdict
from tests.matching import oracle
from tests.matching.making import (
    PLACER,
    REFERENCE,
    RULES,
    a_pair,
    gap_facts,
    investor_facts,
    zone_facts,
)

GENE_THERAPY = {
    "products": ("基因治疗",),
    "industry_codes": (IndustryCode(CodeScheme.GB4754, "7340"),),
}
TELECOM = "optocomm.oper"
CODE_2761 = (IndustryCode(CodeScheme.GB4754, "2761"),)
CODE_ALONE = {"products": ("光刻胶",), "industry_codes": (IndustryCode(CodeScheme.GB4754, "7340"),)}


def cell_gap(province: str = "42") -> GapFacts:
    zone = zone_facts(Region.CENTRAL, province_code=province)
    return gap_facts(zone, link_id="biopharma.cgt")


@pytest.mark.parametrize(
    ("investor", "gap", "verdicts"),
    [
        ({**GENE_THERAPY}, cell_gap(), [Verdict.BLOCKED]),
        ({**GENE_THERAPY, "origin": Origin.HMT, "country": "HK"}, cell_gap(), [Verdict.BLOCKED]),
        ({**GENE_THERAPY, "origin": Origin.DOMESTIC, "country": "CN"}, cell_gap(), []),
        ({**GENE_THERAPY}, cell_gap("11"), [Verdict.CONDITIONAL]),
        ({**CODE_ALONE}, gap_facts(), [Verdict.CHECK]),
        ({**CODE_ALONE, "origin": Origin.DOMESTIC, "country": "CN"}, gap_facts(), []),
        ({}, gap_facts(), []),
        ({"products": (), "industry_codes": CODE_2761}, cell_gap(), [Verdict.CHECK]),
        ({"products": ("细胞培养基",)}, cell_gap(), [Verdict.CHECK]),
        ({**GENE_THERAPY}, gap_facts(link_id="meddev.ivd"), [Verdict.CHECK]),
        ({"products": ("高精度定位模组",)}, gap_facts(link_id="nev.hdmap"), [Verdict.CHECK]),
    ],
)
def test_who_is_stopped_where(
    investor: dict[str, Any], gap: GapFacts, verdicts: list[Verdict]
) -> None:
    held = a_pair(investor_facts(**investor), gap)
    found = [f for f in findings(held) if f.gate == "negative_list"]
    assert [f.verdict for f in found] == verdicts
    assert (blocking_gate(held) is NEGATIVE_LIST) == (Verdict.BLOCKED in verdicts)


def test_a_block_quotes_the_item_in_both_languages() -> None:
    held = a_pair(investor_facts(**GENE_THERAPY), cell_gap())
    found = NEGATIVE_LIST.findings(held)[0]
    assert "第17项" in found.zh
    assert "2024" in found.zh
    assert "item 17" in found.en
    assert found.source.startswith("negative_list 2024 item 17 (")


def test_an_exception_is_named_with_its_own_source() -> None:
    held = a_pair(investor_facts(**GENE_THERAPY), cell_gap("31"))
    found = NEGATIVE_LIST.findings(held)[0]
    assert "例外" in found.zh
    assert "exception here" in found.en


def test_a_share_limit_is_a_condition_with_its_cap() -> None:
    investor = investor_facts(
        products=("基础电信业务",), industry_codes=(IndustryCode(CodeScheme.GB4754, "6311"),)
    )
    gap = gap_facts(link_id=TELECOM)
    found = NEGATIVE_LIST.findings(a_pair(investor, gap))
    assert [f.verdict for f in found] == [Verdict.CONDITIONAL]
    assert "50" in found[0].zh


@pytest.mark.parametrize(
    ("country", "verdict"), [("HK", Verdict.CONDITIONAL), ("TW", Verdict.BLOCKED)]
)
def test_an_arrangement_with_hong_kong_is_none_for_taiwan(country: str, verdict: Verdict) -> None:
    firm = investor_facts(
        products=("律师事务所",),
        industry_codes=(IndustryCode(CodeScheme.GB4754, "7231"),),
        origin=Origin.HMT,
        country=country,
    )
    guangdong = zone_facts(Region.EAST, province_code="44")
    held = a_pair(firm, gap_facts(guangdong, link_id="prodsvc.legal"))
    found = [f for f in NEGATIVE_LIST.findings(held) if "第14项" in f.zh]
    assert [f.verdict for f in found] == [verdict]
    assert (blocking_gate(held) is None) == (verdict is Verdict.CONDITIONAL)


def test_an_exception_is_quoted_with_its_own_limits() -> None:
    found = NEGATIVE_LIST.findings(a_pair(investor_facts(**GENE_THERAPY), cell_gap("44")))[0]
    assert "仅限试点区域内" in found.zh


def test_a_cap_that_holds_for_a_part_only_is_left_to_the_description() -> None:
    breeder = investor_facts(
        products=("玉米种子",), industry_codes=(IndustryCode(CodeScheme.GB4754, "0511"),)
    )
    found = NEGATIVE_LIST.findings(a_pair(breeder, gap_facts(link_id="agrifood.seed")))
    told = next(f for f in found if "第1项" in f.zh)
    assert told.verdict is Verdict.CONDITIONAL
    assert "上限" not in told.zh


def test_a_cap_of_the_whole_item_is_named() -> None:
    carrier = investor_facts(
        products=("内河货运", "国内水上运输"),
        industry_codes=(IndustryCode(CodeScheme.GB4754, "5523"),),
    )
    held = a_pair(carrier)
    gap = held.gap.row._replace(listed_by_close_code=held.row.listed_by_words)
    shipping = replace(held, gap=replace(held.gap, row=gap))
    found = NEGATIVE_LIST.findings(shipping)
    assert [f.verdict for f in found] == [Verdict.CONDITIONAL]
    assert "外方持股上限49%" in found[0].zh


def test_blocked_pairs_are_listed_and_not_ranked() -> None:
    investor = prepare_investor(investor_facts(**GENE_THERAPY), REFERENCE, PLACER)
    gap = prepare_gap(cell_gap(), REFERENCE, is_open=True)
    ranking = oracle.rank_gaps(investor, [gap], RULES)
    assert ranking.eligible == []
    assert [stopped.gate.key for stopped in ranking.blocked] == ["negative_list"]


@pytest.mark.parametrize(
    ("investor", "is_open", "gate"),
    [
        ({"opt_out": True}, True, "opt_out"),
        ({}, False, "status"),
        ({"is_closed": True}, True, "status"),
        ({"products": ("房地产开发",)}, True, "relevance"),
    ],
)
def test_what_keeps_a_pair_out_of_the_pool(
    investor: dict[str, Any], is_open: bool, gate: str
) -> None:
    held = a_pair(investor_facts(**investor))
    gap = prepare_gap(held.gap.facts, REFERENCE, is_open=is_open)
    held = type(held)(held.investor, gap, held.row, held.fit, held.tables, held.reference)
    assert not is_in_pool(held)
    assert findings(held)[0].gate == gate
    assert findings(held)[0].verdict is Verdict.BLOCKED
