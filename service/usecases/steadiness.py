"""How stable the top of a ranking is, in both directions."""

from collections.abc import Callable
from functools import partial

from matching import ordering
from matching.profiles import Pair
from matching.ranking import Ranking
from matching.stability import CHANGE, CONSIDERED, SEED, TOP, stability
from models.ranking_query import PolicyQuery, RankingFilter
from models.stability import StabilityPublic
from service.answers import head, written
from service.rechecking import Made
from service.runtime import Work
from service.usecases import holding, ranking
from service.usecases.ranking import Answer

EVERYTHING = RankingFilter()


def of_investor(work: Work, investor_id: str, query: PolicyQuery, *, bypass: bool) -> Answer:
    """The stability of the gaps an investor could mend.

    Raises:
        InvestorNotFound: no such investor.
        NotValid: the policy is not known.
    """
    basis = ranking.basis_of(work, query)
    investor = ranking.find_investor(basis.state, investor_id)
    facts = investor.profile.facts

    def make() -> Made:
        ranked = ranking.ranked_gaps(basis, investor, EVERYTHING)
        subject = head("investor", facts.id, facts.version, basis.rules)
        body = _written(subject, ranked, lambda pair: pair.gap.facts.id)
        args = (investor, EVERYTHING, holding.EVERYTHING, basis.rules)
        return Made(body, partial(holding.of_gaps, *args))

    question = ["steadiness", investor_id, *query.parts()]
    return ranking.answer(work, basis, question, make, bypass=bypass)


def of_gap(work: Work, gap_id: str, query: PolicyQuery, *, bypass: bool) -> Answer:
    """The stability of the investors that could mend a gap.

    Raises:
        GapNotFound: no such gap.
        NotValid: the policy is not known.
    """
    basis = ranking.basis_of(work, query)
    gap = ranking.find_gap(basis.state, gap_id)
    facts = gap.profile.facts

    def make() -> Made:
        ranked = ranking.ranked_investors(basis, gap, EVERYTHING)
        subject = head("gap", facts.id, facts.version, basis.rules)
        body = _written(subject, ranked, lambda pair: pair.investor.facts.id)
        args = (gap, EVERYTHING, holding.EVERYTHING, basis.rules)
        return Made(body, partial(holding.of_investors, *args))

    question = ["steadiness", gap_id, *query.parts()]
    return ranking.answer(work, basis, question, make, bypass=bypass)


def _written(subject: dict[str, object], ranked: Ranking, id_of: Callable[[Pair], str]) -> bytes:
    top = ordering.positions(ranked.keys[:CONSIDERED]).tolist()
    considered = [ranked.scored_at(position) for position in top]
    ids = [id_of(scored.pair) for scored in considered]
    found = stability(considered, ranked.rules)
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
