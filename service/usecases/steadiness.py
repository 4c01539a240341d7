"""How stable the top of a ranking is, in both directions."""

from matching.engine import Ranking
from matching.ruleset import Ruleset
from matching.stability import CHANGE, SEED, TOP, stability
from models.ranking_query import PolicyQuery, RankingFilter
from models.stability import StabilityPublic
from service.answers import head, written
from service.runtime import Work
from service.usecases import ranking
from service.usecases.ranking import Answer

EVERYTHING = RankingFilter()


def of_investor(work: Work, investor_id: str, query: PolicyQuery, *, bypass: bool) -> Answer:
    """The stability of the gaps an investor could mend.

    Raises:
        InvestorNotFound: no such investor.
        NotValid: the policy is not known.
    """
    state, rules = ranking.current_state(work), ranking.rules_for(work, query)
    investor = ranking.find_investor(state, investor_id)
    facts = investor.profile.facts

    def make() -> bytes:
        ranked = ranking.ranked_gaps(investor, state, rules, EVERYTHING)
        ids = [scored.pair.gap.facts.id for scored in ranked.eligible]
        return _written(head("investor", facts.id, facts.version, rules), ranked, ids, rules)

    parts = ["steadiness", investor_id, *ranking.name_of(state, rules, query)]
    return ranking.answer(work, parts, make, bypass=bypass)


def of_gap(work: Work, gap_id: str, query: PolicyQuery, *, bypass: bool) -> Answer:
    """The stability of the investors that could mend a gap.

    Raises:
        GapNotFound: no such gap.
        NotValid: the policy is not known.
    """
    state, rules = ranking.current_state(work), ranking.rules_for(work, query)
    gap = ranking.find_gap(state, gap_id)
    facts = gap.profile.facts

    def make() -> bytes:
        ranked = ranking.ranked_investors(gap, state, rules, EVERYTHING)
        ids = [scored.pair.investor.facts.id for scored in ranked.eligible]
        return _written(head("gap", facts.id, facts.version, rules), ranked, ids, rules)

    parts = ["steadiness", gap_id, *ranking.name_of(state, rules, query)]
    return ranking.answer(work, parts, make, bypass=bypass)


def _written(subject: dict[str, object], ranked: Ranking, ids: list[str], rules: Ruleset) -> bytes:
    found = stability(ranked.eligible, rules)
    methods = [
        {"method": m.name, "top": [ids[place] for place in m.top], "shared": m.shared}
        for m in found.methods
    ]
    body = {
        **subject,
        "top": ids[:TOP],
        "trials": found.trials,
        "change_pct": round(CHANGE * 100),
        "seed": SEED,
        "same_first": found.same_first,
        "same_top": found.same_top,
        "methods": methods,
    }
    return written(StabilityPublic, body)
