"""匹配详情: one investor and one gap in full, with the reason for every point, also on paper."""

from typing import Final

from models.ranking_query import PolicyQuery
from service.pages.desk import Answer, Desk, Shown
from service.pages.site import ranked, telling
from service.pages.site.drawing.waterfall import TICKS, waterfall
from service.pages.site.page import Entry, Page
from service.usecases import gaps, investors, naming, ranking

REASONS_ON_PAPER: Final = 5


def one(desk: Desk) -> Answer:
    """The pair as the API answers it, as a page or as a sheet for a meeting (`?print=1`)."""
    ids = desk.asked.ids
    query = desk.wanted(PolicyQuery)
    answer = ranking.one_pair(desk, ids["investor_id"], ids["gap_id"], query, bypass=False)
    told = ranked.read(desk, answer)
    match = told["found"]["match"]
    components: list[ranked.Json] = match["components"] if match else []
    investor, gap = investors.read(desk, ids["investor_id"]), gaps.read(desk, ids["gap_id"])
    told |= {
        "section": "gaps",
        "investor": investor,
        "gap": gap,
        "facts_of_investor": telling.told(desk, investor, telling.INVESTOR),
        "facts_of_gap": telling.told(desk, gap, telling.GAP),
        "match": match,
        "chart": waterfall(components),
        "ticks": TICKS,
        "best": ranked.best_reasons(components, REASONS_ON_PAPER),
    }
    told["names"] = {
        **told["names"],
        **naming.called(desk, [gap.id, gap.chain_id, gap.link_id, investor.id]),
    }
    return Shown("match_print.html" if "print" in desk.asked.query else "match.html", told)


ENTRY: Final[Entry | None] = None
PAGES: Final = (Page("/matches/{investor_id}/{gap_id}", one),)
