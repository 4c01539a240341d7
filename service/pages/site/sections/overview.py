"""全国总览: gaps by province, region and chain, what is most severe, and whom rankings show."""

import json
from typing import Any, Final

from matching.vocabulary import Scope
from models.exposure import ExposureQuery
from models.gap import GapPublic
from models.ranking_query import RankingQuery
from service.pages.desk import Answer, Desk, Shown
from service.pages.site.drawing import tiles
from service.pages.site.house import ANYBODY, READERS
from service.pages.site.page import Entry, Page
from service.usecases import exposure, naming, nation, overview, ranking

BEST: Final = RankingQuery(limit=1)


def first(desk: Desk) -> Answer:
    """What is lacking where, and who fits what is most severe."""
    found = nation.read(desk)
    values = {code: tally.total for code, tally in found.provinces.items()}
    may_see_investors = desk.caller.has(Scope.PORTAL)
    return Shown(
        "overview.html",
        {
            **_framed(desk, values),
            "found": found,
            "totals": overview.totals(desk),
            "best": {gap.id: _best(desk, gap) for gap in found.severe if may_see_investors},
            "may_see_investors": may_see_investors,
            "names": naming.called(desk, [gap.link_id for gap in found.severe]),
        },
    )


def shown(desk: Desk) -> Answer:
    """How often each province stands among the first of all rankings."""
    report = json.loads(exposure.report(desk, ExposureQuery(), bypass=False).entry.body)
    values = {row["province_code"]: row["places"] for row in report["provinces"]}
    return Shown("exposure.html", {**_framed(desk, values), "report": report})


def _framed(desk: Desk, values: dict[str, int]) -> dict[str, object]:
    """The map with what it says of each province."""
    return {
        "section": "overview",
        "tiles": tiles.tiles({**dict.fromkeys(desk.reference.provinces, 0), **values}),
        "extent": tiles.extent(),
        "side": tiles.SIDE,
        "provinces": desk.reference.provinces,
        "chains": desk.reference.chains,
    }


def _best(desk: Desk, gap: GapPublic) -> dict[str, Any]:
    """The first of the ranking of a gap, and how many fit at all."""
    answer = ranking.investors_for(desk, gap.id, BEST, bypass=False)
    return json.loads(answer.entry.body)


ENTRY: Final = Entry("overview", "/", ANYBODY)
PAGES: Final = (Page("/", first, ANYBODY), Page("/exposure", shown, READERS))
