from matching.codes import IndustryCode
from matching.completeness import completeness
from matching.facts import InvestorFacts
from matching.profiles import prepare_investor
from matching.vocabulary import Activity, CodeScheme, SmartManufacturing
from tests.matching.making import PLACER, REFERENCE, RULES, investor_facts

FULL = investor_facts(
    industry_codes=(IndustryCode(CodeScheme.GB4754, "3985"),),
    activities=(Activity.MANUFACTURING,),
    planned_investment_max_cny=10**9,
    rd_intensity_pct=5.0,
    rd_centre_committed=True,
    technology_level=4,
    smart_manufacturing=tuple(SmartManufacturing),
    is_chain_leader=True,
    revenue_cny=10**10,
    local_sourcing_pct=40.0,
)


def of(facts: InvestorFacts) -> int:
    return completeness(prepare_investor(facts, REFERENCE, PLACER), RULES)


def test_more_known_is_more_complete() -> None:
    nothing = of(investor_facts(products=("房地产开发",)))
    placed = of(investor_facts())
    planned = of(investor_facts(planned_investment_max_cny=10**9))
    assert 0 < nothing < placed < planned < of(FULL) <= 10_000


def test_a_full_record_carries_every_assessed_criterion() -> None:
    assessed = {0, 1, 2, 3, 5, 6}
    weights = RULES.policy.weights[0], RULES.policy.weights[2]
    expected = [sum(w for n, w in enumerate(row) if n in assessed) for row in weights]
    assert of(FULL) == sum(expected) // 2
