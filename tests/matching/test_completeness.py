from matching.codes import IndustryCode
from matching.completeness import completeness
from matching.criteria import CRITERIA
from matching.facts import InvestorFacts
from matching.preparing import prepare_investor
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


def test_what_the_record_does_not_say_is_what_is_missing() -> None:
    silent = {"ecology", "site_fit", "investor_preference"}
    missing = [n for n, criterion in enumerate(CRITERIA) if criterion.key in silent]
    rows = RULES.policy.weights[0], RULES.policy.weights[2]
    assert of(FULL) == sum(10_000 - sum(row[n] for n in missing) for row in rows) // 2
