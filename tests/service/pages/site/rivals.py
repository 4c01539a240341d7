"""A gap with two investors of which each leads in one thing: weights decide between them."""

from starlette.testclient import TestClient

from tests.factories import a_gap, an_investor, register

BIG, CLEVER = "大型企业", "先进企业"


def register_rivals(admin: TestClient) -> str:
    """The id of the gap; as the policy stands the big one leads, for its plan."""
    titles = {"title_zh": "引进光刻胶", "title_en": "Photoresist wanted"}
    gap = register(admin, "gaps", a_gap(investment_min_cny=5 * 10**8, **titles))
    big = {"planned_investment_max_cny": 10**9, "is_chain_leader": True}
    clever = {"rd_intensity_pct": 20, "rd_centre_committed": True, "technology_level": 5}
    register(admin, "investors", an_investor(name=BIG, **big))
    register(admin, "investors", an_investor(name=CLEVER, **clever))
    return gap["id"]
