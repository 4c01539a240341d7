"""投资者: who is in the pool, where each belongs, and the gaps it could mend."""

from typing import Any, Final

from matching.vocabulary import Origin
from models.ranking_query import Diversify, PolicyQuery, RankingQuery
from service.filters import InvestorFilter
from service.pages.desk import Answer, Desk, Shown
from service.pages.site import ranked, telling
from service.pages.site.house import HOUSE
from service.pages.site.page import Entry, Page
from service.pages.site.sections.gaps import CHOICES
from service.usecases import investors, naming, ranking, steadiness

PLACES_SHOWN: Final = 2
"""Links named beside an investor in the list."""


COUNTRIES: Final = [
    key.removeprefix("country.") for key in HOUSE.texts if key.startswith("country.")
]
"""Those that have a name on pages; the filter lets choose from them."""


def listed(desk: Desk) -> Answer:
    """Active investors, newest first."""
    wanted = desk.wanted(InvestorFilter)
    page = investors.list_page(desk, wanted, desk.page)
    placed = [place.link_id for row in page.items for place in row.placement[:PLACES_SHOWN]]
    told = {
        "section": "investors",
        "rows": page.items,
        "following": desk.next_page(page.next_cursor),
        "wanted": wanted,
        "origins": list(Origin),
        "countries": COUNTRIES,
        "most": PLACES_SHOWN,
        "names": naming.called(desk, placed),
    }
    return Shown("investors.html", told)


def one(desk: Desk) -> Answer:
    """One investor: its plan, where it belongs, and the gaps it could mend, best first."""
    investor = investors.read(desk, desk.id)
    query = desk.wanted(RankingQuery)
    found = ranking.gaps_for(desk, investor.id, query, bypass=False)
    told: dict[str, Any] = {
        "section": "investors",
        "investor": investor,
        "facts": telling.told(desk, investor, telling.INVESTOR),
        "query": query,
        "chains": desk.reference.chains,
        "provinces": desk.reference.provinces,
        "ways": list(Diversify),
        **CHOICES,
        **ranked.ranking(desk, found),
    }
    placed = [id_ for place in investor.placement for id_ in (place.chain_id, place.link_id)]
    told["names"] = {**told["names"], **naming.called(desk, placed)}
    if "stability" in desk.asked.query:
        steady = steadiness.of_investor(desk, investor.id, desk.wanted(PolicyQuery), bypass=False)
        told["steady"] = ranked.read(desk, steady)
    return Shown("investor.html", told)


ENTRY: Final = Entry("investors", "/investors")
PAGES: Final = (Page("/investors", listed), Page("/investors/{id}", one))
