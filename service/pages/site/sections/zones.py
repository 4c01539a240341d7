"""高新区: the list, and one zone with what it lacks first."""

from collections.abc import Sequence
from typing import Final

from matching.vocabulary import GapKind, LinkStatus, Region, Scope
from models.diagnosis import ChainDiagnosis
from models.readiness import Implementation, PromotionPath, ResourceIntegration, StrategyPlanning
from models.zone import ZonePublic
from service.demonstration import MARK
from service.filters import ZoneFilter
from service.pages.desk import Answer, Desk, Shown
from service.pages.site.drawing.rose import RADIUS, SIZE, rings, rose
from service.pages.site.drawing.strip import Part, strip
from service.pages.site.fits import fits_of
from service.pages.site.house import ANYBODY
from service.pages.site.page import Entry, Page
from service.pagination import PageParams
from service.usecases import diagnosis, gaps, naming, zone_peers, zones

ROWS: Final = 50
MOST_GAPS: Final = 20
"""Listed on a zone's page; the rest is behind a link."""
MOST_RANKED: Final = 8
"""Gaps whose ranking is asked for: each costs some milliseconds where none is kept."""
STRIP: Final = 240.0
UNKNOWN: Final = "unknown"
FORCES: Final = {
    "strategy_planning": tuple(StrategyPlanning.model_fields),
    "resource_integration": tuple(ResourceIntegration.model_fields),
    "implementation": tuple(Implementation.model_fields),
}
STEPS: Final = tuple(PromotionPath.model_fields)

Force = tuple[str, Sequence[tuple[str, float | None]]]


def listed(desk: Desk) -> Answer:
    """Zones in the order of their codes, with how many gaps each has open."""
    wanted, only_looking = desk.wanted(ZoneFilter), "open" in desk.asked.query
    page = PageParams(limit=ROWS, cursor=desk.asked.query.get("cursor"))
    found = zones.list_page(desk, wanted, page, only_looking=only_looking)
    return Shown(
        "zones.html",
        {
            "section": "zones",
            "rows": found.items,
            "counts": gaps.counted_by_zone(desk, [zone.id for zone in found.items]),
            "following": desk.next_page(found.next_cursor),
            "wanted": wanted,
            "only_looking": only_looking,
            "kinds": (GapKind.MISSING, GapKind.WEAK),
            "regions": [(region.value, desk.t(f"region.{region}")) for region in Region],
            "provinces": [
                (code, desk.t.pair(province.name_zh, province.name_en))
                for code, province in sorted(desk.reference.provinces.items())
            ],
            **_references(desk),
        },
    )


def one(desk: Desk) -> Answer:
    """A zone at a glance; a partner sees what everybody knows of it, and its open gaps."""
    zone = zones.read(desk, desk.id)
    lacking = gaps.most_urgent(desk, zone.id, MOST_GAPS)
    counts = gaps.counted_by_zone(desk, [zone.id]).get(zone.id, {})
    told: dict[str, object] = {
        "section": "zones",
        "zone": zone,
        "lacking": lacking,
        "counts": counts,
        "more": sum(counts.values()) - len(lacking),
        "names": naming.called(desk, [gap.link_id for gap in lacking]),
        "is_partner": not desk.caller.has(Scope.PORTAL),
        "fits": {},
        "forces": _forces(zone),
        "steps": _steps(zone),
        "is_made_up": MARK in (zone.source_note or ""),
        "rose": rose([[value for _, value in held] for _, held in _forces(zone)]),
        "rings": rings(),
        "size": SIZE,
        "radius": RADIUS,
        **_references(desk),
    }
    if desk.caller.has(Scope.PORTAL):
        told |= _for_readers(desk, zone, [gap.id for gap in lacking])
    return Shown("zone.html", told)


def _for_readers(desk: Desk, zone: ZonePublic, gap_ids: Sequence[str]) -> dict[str, object]:
    """What partners do not see: who fits, what the firms say, who is alike."""
    found = diagnosis.read(desk, zone.id, None)
    return {
        "fits": fits_of(desk, gap_ids, MOST_RANKED),
        "found": found,
        "strips": {chain.chain_id: _strip(desk, chain) for chain in found.chains},
        "strip_width": STRIP,
        "peers": zone_peers.read(desk, zone.id),
    }


def _strip(desk: Desk, chain: ChainDiagnosis) -> tuple[Part, ...]:
    """The links of a chain by status; those of which nothing is known last."""
    links = sum(link.chain_id == chain.chain_id for link in desk.reference.links.values())
    counts = {status.value: chain.statuses[status] for status in LinkStatus}
    return strip({**counts, UNKNOWN: links - sum(counts.values())}, STRIP)


def _forces(zone: ZonePublic) -> list[Force]:
    """The three forces, each with its dimensions and their values, None = unknown."""
    return [
        (force, [(name, _value(zone, force, name)) for name in names])
        for force, names in FORCES.items()
    ]


def _value(zone: ZonePublic, force: str, name: str) -> float | None:
    held = getattr(zone.readiness, force, None)
    return getattr(held, name, None)


def _steps(zone: ZonePublic) -> list[tuple[str, str]]:
    """The five steps from plan to promotion, each done, not done or unknown."""
    said = {True: "done", False: "undone", None: UNKNOWN}
    return [(step, said[getattr(zone.promotion_path, step, None)]) for step in STEPS]


def _references(desk: Desk) -> dict[str, object]:
    return {"chains": desk.reference.chains, "all_provinces": desk.reference.provinces}


ENTRY: Final = Entry("zones", "/zones", ANYBODY)
PAGES: Final = (Page("/zones", listed, ANYBODY), Page("/zones/{id}", one, ANYBODY))
