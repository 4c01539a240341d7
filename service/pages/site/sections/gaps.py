"""弱链缺链: what zones lack, and for each the investors that could mend it."""

from typing import Any, Final

from matching.vocabulary import GapKind, GapStatus, Origin, Region, Scope
from models.gap import GapPublic
from models.ranking_query import PolicyQuery, RankingQuery
from service.filters import GapFilter
from service.pages.desk import Answer, Desk, Shown
from service.pages.site import ranked, telling
from service.pages.site.house import ANYBODY
from service.pages.site.page import Entry, Page
from service.usecases import gaps, naming, ranking, steadiness

CHOICES: Final = {"kinds": list(GapKind), "regions": list(Region), "origins": list(Origin)}
"""What filters of gaps and of rankings let choose from."""


def listed(desk: Desk) -> Answer:
    """Gaps that look for investors, newest first, or those of another status."""
    asked = desk.wanted(GapFilter)
    wanted = asked.model_copy(update={"status": asked.status or GapStatus.OPEN})
    page = gaps.list_page(desk, wanted, desk.page)
    ids = [id_ for row in page.items for id_ in (row.id, row.chain_id, row.link_id)]
    return Shown(
        "gaps.html",
        {
            "section": "gaps",
            "rows": page.items,
            "following": desk.next_page(page.next_cursor),
            "wanted": wanted,
            "statuses": list(GapStatus),
            "chains": desk.reference.chains,
            "provinces": desk.reference.provinces,
            "names": naming.called(desk, [*ids, wanted.zone_id, wanted.link_id]),
            **CHOICES,
        },
    )


def one(desk: Desk) -> Answer:
    """What one gap wants and, but for partners, who could mend it."""
    gap = gaps.read(desk, desk.id)
    told: dict[str, Any] = {"section": "gaps", "gap": gap, "facts": _facts(desk, gap), **CHOICES}
    called = naming.called(desk, [gap.id, *_links(gap)])
    if not desk.caller.has(Scope.PORTAL):
        return Shown("gap.html", {**told, "names": called, "found": None})
    query = desk.wanted(RankingQuery)
    found = ranking.investors_for(desk, gap.id, query, bypass=False)
    told |= {"query": query, **ranked.ranking(desk, found)}
    told["names"] = {**told["names"], **called}
    if "stability" in desk.asked.query:
        steady = steadiness.of_gap(desk, gap.id, desk.wanted(PolicyQuery), bypass=False)
        told["steady"] = ranked.read(desk, steady)
    return Shown("gap.html", told)


def _facts(desk: Desk, gap: GapPublic) -> telling.Told:
    return telling.told(desk, gap, telling.GAP)


def _links(gap: GapPublic) -> list[str]:
    placed = [id_ for place in gap.placement for id_ in (place.chain_id, place.link_id)]
    return [gap.chain_id, gap.link_id, *placed]


ENTRY: Final = Entry("gaps", "/gaps", ANYBODY)
PAGES: Final = (Page("/gaps", listed, ANYBODY), Page("/gaps/{id}", one, ANYBODY))
