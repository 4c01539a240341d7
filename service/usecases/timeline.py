"""A zone's timeline, told from the event log: firms, strength, gaps and leads in one row."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from matching.criterion import Label
from matching.diagnosis.status import status_of
from matching.diagnosis.strength import Counted
from matching.vocabulary import LeadStatus, LinkStatus, Scope
from models.event import Event
from models.lead import Lead
from models.page import Page
from models.timeline import GapMoved, LeadMoved, LinkMoved, TimelineEntry
from service.diagnosis_errors import LinkNotFound
from service.diagnosis_shapes import unit
from service.errors import ZoneNotFound
from service.filters import TimelineFilter
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.repositories import enterprises, events, gaps, leads, zones
from service.runtime import Work
from service.usecases.diagnosis import check_chain, lines_of
from service.zone_history import OF_FIRMS, OVERRIDES, ZoneThen

WORDS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        "zone.enterprises_replaced": Label("企业名录更新", "The list of firms was replaced"),
        "zone.enterprises_imported": Label("企业名录导入", "Firms were imported"),
        "zone.override_set": Label("人工认定环节状态", "An officer set a link's status"),
        "zone.override_withdrawn": Label("撤销人工认定", "An officer's word was withdrawn"),
        "zone.correction_set": Label("更正企业所属环节", "A firm's links were corrected"),
        "zone.correction_withdrawn": Label("撤销环节更正", "A correction was withdrawn"),
        "enterprise.landed": Label("企业落地", "A firm has landed"),
        "gap.created": Label("登记缺口", "A gap was registered"),
        "gap.recomputed": Label("计算缺口更新", "A computed gap was refreshed"),
        "gap.strengthened": Label("因企业落地，缺口缓解", "A landing eased a gap"),
        "gap.signed_for": Label("有投资者签约", "An investor has signed for a gap"),
        "gap.vacated": Label("签约解除", "A signature was given up"),
        "gap.closed": Label("缺口关闭", "A gap was closed"),
        "gap.lapsed": Label("诊断不再显示，缺口关闭", "A gap is no longer computed: closed"),
        "lead.submitted": Label("合伙人提交线索", "A partner has submitted a lead"),
        "lead.moved": Label("线索状态变化", "A lead has moved"),
    }
)
CHANGED: Final = Label("缺口修改", "A gap was changed")


class _Stood(NamedTuple):
    """How a link stood; strength in thousandths."""

    strength: int | None
    status: LinkStatus | None


@dataclass(slots=True)
class _Teller:
    """What has been told so far of a zone's links, gaps and leads."""

    work: Work
    wanted: Collection[str]
    leads: Mapping[str, Lead]
    then: ZoneThen = field(default_factory=ZoneThen)
    counted: Counted | None = None
    links: dict[str, _Stood] = field(default_factory=dict[str, _Stood])
    gaps: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])

    def tell(self, told: Iterable[Event], after: int) -> Iterator[TimelineEntry]:
        """An entry for each event after a number that is about the links that are asked for."""
        for event in told:
            if event.number <= after:
                self._pass(event)
                continue
            self.links = self.links or self._links()
            if event.action in OF_FIRMS:
                yield from self._of_firms(event)
            elif event.subject_type == "gap":
                yield from self._of_gap(event)
            elif event.subject_type == "lead":
                yield from self._of_lead(event)

    def _pass(self, event: Event) -> None:
        """Know what an event says without telling of it: an earlier page did."""
        if event.action in OF_FIRMS:
            self._follow(event)
        elif event.subject_type == "gap":
            self._know(event)

    def _follow(self, event: Event) -> list[str]:
        """The firms an event is about; but for an officer's word they are to be counted anew."""
        if event.action not in OVERRIDES:
            self.counted = None
        return self.then.follow(event)

    def _know(self, event: Event) -> tuple[dict[str, Any], dict[str, Any]]:
        """(a gap before an event, and after it)."""
        before = self.gaps.get(event.subject_id, {})
        now = self.gaps[event.subject_id] = {**before, **(event.after or {})}
        return before, now

    def _of_firms(self, event: Event) -> Iterator[TimelineEntry]:
        firms = self._follow(event)
        before, self.links = self.links, self._links()
        links = [
            LinkMoved(
                link_id=link_id,
                strength_before=old.strength,
                strength_after=new.strength,
                status_before=old.status,
                status_after=new.status,
            )
            for (link_id, old), new in zip(before.items(), self.links.values(), strict=True)
            if old != new
        ]
        if links:
            yield _entry(event, firms=firms, links=links)

    def _of_gap(self, event: Event) -> Iterator[TimelineEntry]:
        before, now = self._know(event)
        if now["link_id"] in self.wanted:
            gap = GapMoved(
                id=event.subject_id,
                link_id=now["link_id"],
                kind=now["kind"],
                severity_before=before.get("severity"),
                severity_after=now["severity"],
                status_before=before.get("status"),
                status_after=now["status"],
            )
            yield _entry(event, gap=gap)

    def _of_lead(self, event: Event) -> Iterator[TimelineEntry]:
        status, lead = (event.after or {}).get("status"), self.leads[event.subject_id]
        if isinstance(status, str) and lead.link_id in self.wanted:
            moved = LeadMoved(
                id=lead.id, link_id=lead.link_id, gap_id=lead.gap_id, status=LeadStatus(status)
            )
            yield _entry(event, lead=moved)

    def _links(self) -> dict[str, _Stood]:
        """The links asked for as they stand now."""
        if self.counted is None:
            firms, corrections = self.then.firms.values(), self.then.corrections
            self.counted = self.work.bench.scorer.count(firms, corrections)
        lines, said = lines_of(self.work).diagnosis, self.then.overrides
        found = {link_id: self.counted.links[link_id] for link_id in self.wanted}
        return {
            link_id: _Stood(unit(one.value), said.get(link_id, status_of(one, lines)))
            for link_id, one in found.items()
        }


def read(work: Work, zone_id: str, wanted: TimelineFilter, page: PageParams) -> Page[TimelineEntry]:
    """What happened to a zone's links, oldest first, by the log; lines and chains are today's.

    Raises:
        ZoneNotFound: no such zone.
        ChainNotFound: no such chain.
        LinkNotFound: no such link.
    """
    check_chain(work, wanted.chain_id)
    if wanted.link_id is not None and wanted.link_id not in work.reference.links:
        raise LinkNotFound
    if zones.find(work.session, zone_id) is None:
        raise ZoneNotFound
    mark = fingerprint(f"timeline of {zone_id}", wanted)
    after = read_cursor(mark, page.cursor, int) or 0
    teller = _Teller(work, _links_wanted(work, wanted), _leads_shown(work, zone_id))
    subjects = _subjects(work, zone_id, teller.leads)
    with closing(events.of_subjects(work.session, subjects)) as told:
        found = list(islice(teller.tell(told, after), page.limit + 1)) if teller.wanted else []
    kept, following = cut(found, page.limit, mark, lambda entry: entry.number)
    return Page[TimelineEntry](items=list(kept), next_cursor=following)


def _subjects(work: Work, zone_id: str, shown: Mapping[str, Lead]) -> Mapping[str, Collection[str]]:
    firms = [row.id for row in enterprises.list_of(work.session, zone_id)]
    of_zone = [row.id for row in gaps.list_of_zone(work.session, zone_id)]
    return {"zone": [zone_id], "enterprise": firms, "gap": of_zone, "lead": list(shown)}


def _links_wanted(work: Work, wanted: TimelineFilter) -> list[str]:
    return [
        link.link_id
        for link in work.reference.links.values()
        if wanted.link_id in {None, link.link_id} and wanted.chain_id in {None, link.chain_id}
    ]


def _leads_shown(work: Work, zone_id: str) -> Mapping[str, Lead]:
    """The zone's leads; they are a partner's own, so only an administrator sees them."""
    if not work.caller.has(Scope.ADMIN):
        return {}
    return {lead.id: lead for lead in leads.of_zone(work.session, zone_id)}


def _entry(event: Event, **about: Any) -> TimelineEntry:
    words = WORDS.get(event.action, CHANGED)
    nothing: dict[str, Any] = {"firms": [], "links": [], "gap": None, "lead": None}
    return TimelineEntry(
        zh=words.zh,
        en=words.en,
        number=event.number,
        at=event.at,
        action=event.action,
        **(nothing | about),
    )
