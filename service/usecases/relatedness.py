"""Links that a zone lacks and that lie near to what it can do: gaps worth opening."""

from collections.abc import Mapping

from matching.criterion import Label
from matching.insight.relatedness import LEAST_HOLDERS, LEAST_ZONES, Near, related
from matching.points import thousandths
from matching.reference.loader import Reference
from matching.vocabulary import GapKind
from models.relatedness import NearestLink, RelatedLink, RelatedPublic, RelatedQuery
from models.sentences import SentencePublic
from service import clock
from service.errors import ZoneNotFound
from service.index import State
from service.repositories import feed, zones
from service.runtime import Work
from service.usecases import reports, zone_standing
from service.usecases.convergence import check_chain
from service.usecases.ranking import Answer
from service.usecases.zone_standing import Found

UNKNOWN = Label(
    "该高新区的主导产业未知，无法判断哪些环节与其相近；请先申报主导产业链",
    "Nothing is known of what the zone holds, so nothing can be said to lie near; declare its "
    "leading chains first",
)
THIN = Label(
    f"主导产业已知的高新区不足 {LEAST_ZONES} 家，按产业链上下游距离排序",
    f"Fewer than {LEAST_ZONES} zones are known: ordered by steps along the edges of the chains",
)
BY_CHAIN = Label(
    "同一产业链的环节因按链申报而同时出现，其邻近度偏高",
    "Links of one chain are declared together, so that their proximity is on the high side",
)


def related_links(work: Work, zone_id: str, query: RelatedQuery, *, bypass: bool) -> Answer:
    """The links a zone lacks, the nearest first.

    Raises:
        ZoneNotFound: no such zone.
        NotValid: the chain is not known.
    """
    reference = work.reference
    if zones.find(work.session, zone_id) is None:
        raise ZoneNotFound
    check_chain(reference, query.chain_id)
    state = State(feed.last_mark(work.session), clock.china_day())
    question = ["related", zone_id, reference.digest, *reports.parts_of(query.model_dump())]

    def make() -> bytes:
        found = zone_standing.read(work)
        return made(found, reference, zone_id, query).model_dump_json().encode()

    return reports.kept(work, state, question, make, bypass=bypass)


def made(found: Found, reference: Reference, zone_id: str, query: RelatedQuery) -> RelatedPublic:
    """The answer, from where all zones stand."""
    everyone = zip(found.standing.stands, found.standing.held, strict=True)
    held = {stand.zone_id: links for stand, links in everyone if stand.is_known}
    stand = next(s for s in found.standing.stands if s.zone_id == zone_id)
    mine = held.get(zone_id, frozenset[str]())
    near = related(mine, list(held.values()), list(reference.links), reference.edges)
    wanted = [one for one in near if _is_of(one, reference, query.chain_id)]
    method = _method(len(held), is_known=stand.is_known)
    listed = wanted[: query.limit] if stand.is_known else []
    return RelatedPublic(
        zone=zone_standing.named(found.zones[zone_id]),
        event=found.mark.number,
        reference=reference.digest,
        method=method,
        zones_known=len(held),
        holds=len(mine) if stand.is_known else None,
        lacks=len(wanted) if stand.is_known else None,
        items=[_item(one, reference, stand.gaps) for one in listed],
        notes=[SentencePublic(zh=note.zh, en=note.en) for note in _notes(method)],
    )


def _method(known: int, *, is_known: bool) -> str:
    if not is_known:
        return "none"
    return "density" if known >= LEAST_ZONES else "steps"


def _notes(method: str) -> list[Label]:
    if method == "none":
        return [UNKNOWN]
    return [zone_standing.DERIVED, THIN if method == "steps" else BY_CHAIN]


def _is_of(one: Near, reference: Reference, chain_id: str | None) -> bool:
    return chain_id in {None, reference.links[one.link_id].chain_id}


def _item(one: Near, reference: Reference, gaps: Mapping[str, GapKind]) -> RelatedLink:
    link, why = reference.links[one.link_id], _why(one, reference)
    return RelatedLink(
        link_id=link.link_id,
        chain_id=link.chain_id,
        name_zh=link.name_zh,
        name_en=link.name_en,
        density=None if one.density is None else thousandths(one.density),
        steps=one.steps,
        zones_holding=one.holders,
        nearest=[
            NearestLink(link_id=link_id, proximity=thousandths(proximity))
            for link_id, proximity in one.nearest
        ],
        gap_kind=gaps.get(link.link_id),
        why=SentencePublic(zh=why.zh, en=why.en),
    )


def _why(one: Near, reference: Reference) -> Label:
    far = _far(one)
    if one.density is None:
        few = one.holders < LEAST_HOLDERS
        zh = f"仅 {one.holders} 家高新区具备，样本不足；" if few else ""
        en = f"only {one.holders} zones hold it, too few to compare; " if few else ""
        return Label(f"{zh}{far.zh}", f"{en}{far.en}")
    share = f"{one.density * 100:.0f}"
    links = [reference.links[link_id] for link_id, _ in one.nearest]
    near_zh = f"（最相近：{'、'.join(link.name_zh for link in links)}）" if links else ""
    near_en = f" (nearest: {', '.join(link.name_en for link in links)})" if links else ""
    return Label(
        f"与其相近的环节中该区已具备 {share}%{near_zh}；{far.zh}",
        f"the zone holds {share} % of what lies near to it{near_en}; {far.en}",
    )


def _far(one: Near) -> Label:
    if one.steps is None:
        return Label("与已具备环节无上下游关系", "no edge leads to it from what the zone holds")
    edges = "one edge" if one.steps == 1 else f"{one.steps} edges"
    return Label(f"距最近的已具备环节 {one.steps} 步", f"{edges} from the nearest link it holds")
