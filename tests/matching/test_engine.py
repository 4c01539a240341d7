from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.criteria import CRITERIA
from matching.engine import score, score_pair
from matching.facts import GapFacts
from matching.points import WHOLE
from matching.vocabulary import GapKind, Region
from tests.matching.drawn_facts import GAPS, INVESTORS
from tests.matching.making import (
    RULES,
    TABLES,
    a_pair,
    gap_facts,
    gap_row,
    investor_facts,
    investor_row,
    zone_facts,
)


@given(INVESTORS, GAPS)
@settings(max_examples=100, deadline=None)
def test_scores_and_coverage_stay_on_their_scale(who: Any, wanted: GapFacts) -> None:
    result = score_pair(a_pair(who, wanted), RULES).score
    assert 0 <= result.score <= WHOLE
    assert 0 <= result.coverage <= WHOLE


BETTER = [
    ("rd_intensity_pct", st.floats(0, 100)),
    ("technology_level", st.integers(1, 5)),
    ("rd_centre_committed", st.booleans()),
    ("is_chain_leader", st.booleans()),
    ("local_sourcing_pct", st.floats(0, 100)),
    ("revenue_cny", st.integers(0, 10**13)),
]


@given(
    st.sampled_from(BETTER).flatmap(lambda f: st.tuples(st.just(f[0]), f[1], f[1])), INVESTORS, GAPS
)
@settings(max_examples=200, deadline=None)
def test_a_better_value_of_a_known_field_never_lowers_a_score(
    change: tuple[str, Any, Any], who: Any, wanted: GapFacts
) -> None:
    name, *values = change
    low, high = sorted(values)
    if name == "rd_intensity_pct" and low < 3 <= high:
        return  # it becomes technology-intensive: another kind, which a region may favour less
    known = {field: getattr(who, field) for field in who.__slots__}
    worse = score_pair(a_pair(investor_facts(**{**known, name: low}), wanted), RULES).score
    better = score_pair(a_pair(investor_facts(**{**known, name: high}), wanted), RULES).score
    assert better.score >= worse.score


EAST_PHOTORESIST = gap_facts(number=1)
MAKER = {"products": ("光刻胶",), "planned_investment_max_cny": 10**9}


@pytest.mark.parametrize(
    ("because", "better", "worse"),
    [
        (
            "the product is wanted there",
            (MAKER, gap_facts()),
            (MAKER, gap_facts(link_id="ic.wafer_si", number=0)),
        ),
        (
            "a weak link of the very product beats a neighbouring missing one",
            (MAKER, gap_facts(kind=GapKind.WEAK)),
            (MAKER, gap_facts(link_id="ic.wafer_si", number=0)),
        ),
        (
            "the zone leads in the chain, so that suppliers are there",
            (MAKER, gap_facts(zone_facts(leading_chains=("ic",)))),
            (MAKER, gap_facts(zone_facts(leading_chains=("agrifood",)))),
        ),
        (
            "the plan is large enough to start the link",
            (MAKER, gap_facts(investment_min_cny=10**9)),
            (MAKER, gap_facts(investment_min_cny=10**10)),
        ),
        (
            "an R&D centre is committed",
            ({**MAKER, "rd_centre_committed": True}, gap_facts()),
            ({**MAKER, "rd_centre_committed": False}, gap_facts()),
        ),
        (
            "a labour-intensive project belongs in the west",
            ({**MAKER, "jobs": 10**4}, gap_facts(zone_facts(Region.WEST))),
            ({**MAKER, "jobs": 10**4}, gap_facts(zone_facts(Region.EAST))),
        ),
        (
            "an ecological project belongs in the east",
            (
                {**MAKER, "circular": True, "products": ("再生晶圆",)},
                gap_facts(zone_facts(Region.EAST), link_id="ic.wafer_si"),
            ),
            (
                {**MAKER, "circular": True, "products": ("再生晶圆",)},
                gap_facts(zone_facts(Region.WEST), link_id="ic.wafer_si"),
            ),
        ),
        (
            "the product is named, not only the code",
            (MAKER, gap_facts()),
            ({"products": ("显示面板用光学膜",)}, gap_facts()),
        ),
    ],
)
def test_a_must_outrank_b(
    because: str, better: tuple[dict[str, Any], GapFacts], worse: tuple[dict[str, Any], GapFacts]
) -> None:
    a, b = (
        score_pair(a_pair(investor_facts(**who), wanted), RULES) for who, wanted in (better, worse)
    )
    assert a.score.score > b.score.score, because


def test_the_kind_decides_which_criterion_carries_weight() -> None:
    keys = [criterion.key for criterion in CRITERIA]
    policy = RULES.policy
    weak = policy.case_weights(gap_row(), investor_row())
    missing = policy.case_weights(gap_row(is_missing=True), investor_row())
    assert weak[keys.index("missing_link_anchor")] == 0 < weak[keys.index("weak_link_upgrade")]
    assert (
        missing[keys.index("weak_link_upgrade")] == 0 < missing[keys.index("missing_link_anchor")]
    )


def test_no_evidence_at_all_is_the_neutral_value_and_no_coverage() -> None:
    result = score(gap_row(), investor_row(affinity=0.0), TABLES, RULES.policy)
    keys = [criterion.key for criterion in CRITERIA]
    emerging = RULES.policy.weights[0][keys.index("strategic_emerging")]
    assert result.coverage == emerging  # the link always says whether it is one
    assert result.score == (WHOLE - emerging) * 4 // 10
