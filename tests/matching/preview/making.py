"""One subject's rankings under two rulesets, and rulesets that differ in some figures."""

from dataclasses import replace
from typing import Any

from matching.facts import InvestorFacts
from matching.preparing import prepare_gap, prepare_investor
from matching.profiles import InvestorProfile
from matching.ranking import Ranking, rank_investors
from matching.reweighting import reweighted
from matching.ruleset import Ruleset, ruleset
from tests.matching.making import PLACER, REFERENCE, RULES, gap_facts, investor_facts
from tests.matching.pooled import investor_pool


def with_weights(**weights: int) -> Ruleset:
    return ruleset(reweighted(RULES.policy, weights), REFERENCE)


def with_figures(**figures: Any) -> Ruleset:
    return ruleset(replace(RULES.policy, **figures), REFERENCE)


def who(*known: dict[str, Any]) -> list[InvestorFacts]:
    """Investors of which these things are known, in the order of registration."""
    return [investor_facts(id=f"inv_{n}", number=n, **facts) for n, facts in enumerate(known)]


def both(
    investors: list[InvestorFacts], after: Ruleset, before: Ruleset = RULES, **gap: Any
) -> tuple[Ranking, Ranking]:
    """A gap's ranking of them under both rulesets; a candidate's position is its number here."""
    profiles: list[InvestorProfile] = [
        prepare_investor(one, REFERENCE, PLACER) for one in investors
    ]
    pool = investor_pool(profiles)
    subject = prepare_gap(gap_facts(**gap), REFERENCE, is_open=True)
    near = pool.near(subject)
    one, other = (rank_investors(subject, pool, near, rules) for rules in (before, after))
    return one, other
