"""产业链: the list, and the map of one over the whole country or in one zone."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from models.convergence import ConvergenceQuery
from models.diagnosis import LinkDiagnosis
from models.gap import GapPublic
from models.reference import ChainDetail, LinkPublic
from service.pages.desk import Answer, Desk, Shown
from service.pages.site.drawing.chain_map import Map, Spot, chain_map
from service.pages.site.fits import Fit, fits_of
from service.pages.site.house import READERS
from service.pages.site.page import Entry, Page
from service.pages.site.sections.zones import UNKNOWN
from service.usecases import convergence, diagnosis, gaps, nation, reference, zones

MOST_GAPS: Final = 100
"""Open gaps of one zone and chain that a map marks, the most severe first."""
MOST_RANKED: Final = 12
"""Gaps whose ranking is asked for: each costs some milliseconds where none is kept."""


class Place(NamedTuple):
    """A link on a zone's map.

    Attributes:
        status: strong, steady, weak, missing or unknown.
        basis: diagnosis, officer, gap (a gap was registered, nothing else is known) or unknown.
        gaps: open there, the most severe first.
    """

    status: str
    basis: str
    gaps: Sequence[GapPublic]


class Node(NamedTuple):
    """What a box of a map shows of its link, and where it leads.

    Attributes:
        tone: its colour: a status, scarce, or plain.
        sign: the same for who does not see the colour.
        href: of the gap to mend, else of the row beneath.
        label: all of it in words.
        marks: figures at its right side, one over the other.
    """

    tone: str
    sign: str
    href: str
    label: str
    marks: Sequence[str]


SIGNS: Final = {"strong": "●", "steady": "◕", "weak": "◑", "missing": "○", UNKNOWN: "·"}
OPEN: Final = "▸"


def listed(desk: Desk) -> Answer:
    """All chains, with how many gaps are open in each."""
    chains = reference.list_chains(desk.reference).items
    tallies = nation.read(desk).chains
    return Shown("chains.html", {"section": "chains", "rows": chains, "tallies": tallies})


def national(desk: Desk) -> Answer:
    """How many zones have each link of a chain, and how many seek it."""
    chain = reference.read_chain(desk.reference, desk.id)
    query = ConvergenceQuery(chain_id=chain.id)
    report = json.loads(convergence.report(desk, query, bypass=False).entry.body)
    crowds = {crowd["link_id"]: crowd for crowd in report["links"]}
    nodes = {link.id: _crowd_node(desk, link, crowds[link.id]) for link in chain.links}
    told = {"report": report, "crowds": crowds, "nodes": nodes}
    return Shown("chain.html", {**_drawn(desk, chain), **told})


def of_zone(desk: Desk) -> Answer:
    """How each link of a chain stands in one zone, and who would fit what is lacking."""
    zone = zones.read(desk, desk.id)
    chain = reference.read_chain(desk.reference, desk.asked.ids["chain_id"])
    found = diagnosis.read(desk, zone.id, chain.id)
    lacking = gaps.most_urgent(desk, zone.id, MOST_GAPS, chain.id)
    places = _places(found.links, lacking)
    fits = _by_link(places, fits_of(desk, [gap.id for gap in lacking], MOST_RANKED))
    return Shown(
        "zone_chain.html",
        {
            **_drawn(desk, chain),
            "section": "zones",
            "zone": zone,
            "found": found,
            "diagnosed": {link.link_id: link for link in found.links},
            "places": places,
            "counts": _counts(places),
            "fits": fits,
            "nodes": {
                link.id: _place_node(desk, link, places[link.id], fits.get(link.id))
                for link in chain.links
            },
            "most_ranked": MOST_RANKED,
            "ranked_all": len(lacking) <= MOST_RANKED,
        },
    )


def _drawn(desk: Desk, chain: ChainDetail) -> dict[str, object]:
    """A chain with its map, and who supplies whom in words."""
    suppliers: defaultdict[str, list[str]] = defaultdict(list)
    customers: defaultdict[str, list[str]] = defaultdict(list)
    for edge in chain.edges:
        suppliers[edge.customer].append(edge.supplier)
        customers[edge.supplier].append(edge.customer)
    return {
        "section": "chains",
        "chain": chain,
        "map": _map(desk, chain),
        "by_id": {link.id: link for link in chain.links},
        "suppliers": suppliers,
        "customers": customers,
        "elsewhere": desk.reference.links,
    }


def _map(desk: Desk, chain: ChainDetail) -> Map:
    at = {link.id: number for number, link in enumerate(chain.links)}
    spots = tuple(Spot(link.id, _name(desk, link), link.segment) for link in chain.links)
    edges = tuple(
        (at[edge.supplier], at[edge.customer])
        for edge in chain.edges
        if edge.supplier in at and edge.customer in at
    )
    return chain_map(spots, edges)


def _name(desk: Desk, link: LinkPublic) -> str:
    return desk.t.pair(link.name_zh, link.name_en)


def _place_node(desk: Desk, link: LinkPublic, place: Place, fits: int | None) -> Node:
    said = [_name(desk, link), desk.t(f"link.{place.status}")]
    if place.gaps:
        said.append(desk.t("chains.open_here", number=len(place.gaps)))
    if fits is not None:
        said.append(desk.t("chains.fit_here", number=fits))
    marks = [f"{OPEN}{'' if fits is None else fits}"] if place.gaps else []
    href = f"/gaps/{place.gaps[0].id}" if place.gaps else f"#{link.id}"
    return Node(place.status, SIGNS[place.status], href, _said(desk, link, said), marks)


def _crowd_node(desk: Desk, link: LinkPublic, crowd: Mapping[str, Any]) -> Node:
    holding, seeking = crowd["holding"], crowd["seeking"]
    said = [_name(desk, link), desk.t("chains.hold_and_seek", holding=holding, seeking=seeking)]
    if crowd["is_scarce"]:
        said.append(desk.t("chains.scarce"))
    marks = [str(holding), *([f"{OPEN}{seeking}"] if seeking else [])]
    tone, sign = ("scarce", "◇") if crowd["is_scarce"] else ("plain", "")
    return Node(tone, sign, f"#{link.id}", _said(desk, link, said), marks)


def _said(desk: Desk, link: LinkPublic, said: Sequence[str]) -> str:
    core = [desk.t("chains.core_link")] if link.is_core else []
    return desk.t("list.comma").join([*said, *core])


def _places(links: Sequence[LinkDiagnosis], lacking: Sequence[GapPublic]) -> Mapping[str, Place]:
    """How each link stands: as diagnosed, else as its gap says, else unknown."""
    at: defaultdict[str, list[GapPublic]] = defaultdict(list)
    for gap in lacking:
        at[gap.link_id].append(gap)
    return {link.link_id: _place(link, at[link.link_id]) for link in links}


def _place(link: LinkDiagnosis, here: Sequence[GapPublic]) -> Place:
    if link.status is not None:
        basis = "diagnosis" if link.override is None else "officer"
        return Place(link.status.value, basis, here)
    if here:
        return Place(here[0].kind.value, "gap", here)
    return Place(UNKNOWN, UNKNOWN, here)


def _counts(places: Mapping[str, Place]) -> dict[str, int]:
    """How many links have each status."""
    counted = Counter(place.status for place in places.values())
    return {status: counted[status] for status in SIGNS}


def _by_link(places: Mapping[str, Place], fits: Mapping[str, Fit]) -> dict[str, Any]:
    """The most that fit one of a link's gaps; links without a gap that was ranked are left out."""
    found: dict[str, Any] = {}
    for link_id, place in places.items():
        known = [fits[gap.id].eligible for gap in place.gaps if gap.id in fits]
        if known:
            found[link_id] = max(known)
    return found


ENTRY: Final = Entry("chains", "/chains", READERS)
PAGES: Final = (
    Page("/chains", listed, READERS),
    Page("/chains/{id}", national, READERS),
    Page("/zones/{id}/chains/{chain_id}", of_zone, READERS),
)
