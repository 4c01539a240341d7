"""Computed gaps registered, refreshed and closed, in one call that can be made again."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from matching.criterion import Label
from matching.diagnosis.status import KINDS, ComputedGap, Diagnosed
from matching.vocabulary import GapStatus, GapType
from models.computed_gaps import GapOutcome, GapsAsked, GapsRegistered, GapTold
from models.gap import Gap
from models.text import LONG_LENGTH
from service.diagnosis_shapes import TYPES, sentence
from service.errors import NotYours, ZoneNotFound
from service.repositories import events, gaps, leads, zones
from service.runtime import Work
from service.usecases import history
from service.usecases.diagnosis import View, check_chain, view_of
from service.usecases.lead_moves import LIVE

OURS: Final = (
    "gap.created",
    "gap.recomputed",
    "gap.lapsed",
    "gap.signed_for",
    "gap.vacated",
    "gap.strengthened",
)
"""What a diagnosis and landing leads do to a gap; anything else was done by an officer."""

Outcome = GapOutcome
NEW = Label("由诊断计算并登记", "Computed by the diagnosis and registered")
ANEW = Label("按最新企业数据更新", "Brought to what the firms say now")
AS_BEFORE = Label("与诊断一致，未改动", "As computed; nothing was changed")
DECLARED = Label(
    "该环节已有申报的弱链或缺链，以申报为准", "A declared gap is there: it stands as declared"
)
EDITED = Label("经办人员已修改，保持不变", "An officer has edited it: it stays as it is")
OTHERS = Label("由其他密钥登记，保持不变", "Registered by another key: it stays as it is")
FULL = Label("已有企业签约或落地，保持不变", "Its investors have signed: it stays as it is")
TAKEN = Label(
    "诊断不再显示该缺口，但已有线索或签约，保持不变",
    "No longer computed, but leads are for it or have signed: it stays as it is",
)
LAPSED = Label(
    "诊断不再显示该缺口，且无人修改，已关闭", "No longer computed, edited by nobody: closed"
)
DISMISSED = Label(
    "经办人员此前关闭了该环节的计算缺口，不再登记",
    "An officer closed the computed gap here before: it is not registered again",
)
TO_BUILD = Label(
    "建链：上下游均无企业，需由经办人员判断后申报",
    "To build: nothing is around it; declare it if it is wanted",
)
TOO_LITTLE = Label(
    "优先度或置信度低于政策阈值", "Its priority or confidence is below the policy's lines"
)


@dataclass(frozen=True, slots=True)
class Computed:
    """A link whose gap can be registered."""

    held: Diagnosed
    gap: ComputedGap
    is_to_register: bool

    @property
    def link_id(self) -> str:
        """The link."""
        return self.held.link.link_id

    def said(self) -> dict[str, Any]:
        """What the diagnosis says of the gap, by the fields of a registered one."""
        link = self.held.link
        lines = [f"{reason.zh} · {reason.en}" for reason in self.gap.reasons]
        return {
            "kind": KINDS[self.gap.type],
            "title_zh": f"{TYPES[self.gap.type]}：{link.name_zh}",
            "title_en": f"To {self.gap.type}: {link.name_en}",
            "severity": self.gap.priority,
            "evidence": "\n".join(lines)[:LONG_LENGTH],
        }

    def told(self, gap_id: str | None, outcome: GapOutcome, why: Label) -> GapTold:
        """What was done about it."""
        return GapTold(
            link_id=self.link_id,
            gap_id=gap_id,
            outcome=outcome,
            kind=KINDS[self.gap.type],
            priority=self.gap.priority,
            why=sentence(why),
        )


@dataclass(frozen=True, slots=True)
class Known:
    """The gaps of a zone as a call finds them."""

    rows: Sequence[Gap]
    edited: Collection[str]
    asked_for: Collection[str]

    def open_at(self, link_id: str, *, computed: bool) -> Gap | None:
        """The first gap there that is not closed."""
        here = (r for r in self.rows if r.link_id == link_id and r.is_computed is computed)
        return next((row for row in here if row.status is not GapStatus.CLOSED), None)

    def was_dismissed(self, link_id: str) -> bool:
        """Whether an officer closed a computed gap there."""
        closed = (r for r in self.rows if r.is_computed and r.status is GapStatus.CLOSED)
        return any(row.link_id == link_id and row.id in self.edited for row in closed)


def register(work: Work, zone_id: str, body: GapsAsked) -> GapsRegistered:
    """Bring a zone's computed gaps to what its firms say now; the same call again changes nothing.

    Gaps are locked before the zone, as a landing lead does.

    Raises:
        ZoneNotFound: no such zone.
        ChainNotFound: no such chain.
    """
    check_chain(work, body.chain_id)
    gaps.list_for_change(work.session, gaps.ids_computed(work.session, zone_id))
    zone = zones.by_id_for_change(work.session, [zone_id]).get(zone_id)
    if zone is None:
        raise ZoneNotFound
    view, known = view_of(work, zone), _known(work, zone_id)
    chains = view.chains(body.chain_id)
    computed = _computed(view, chains)
    told = [_settle(work, view, item, known) for item in computed]
    told += _lapse(work, known, chains, {item.link_id for item in computed})
    counts = Counter(item.outcome for item in told)
    return GapsRegistered(
        zone_id=zone_id,
        registered=counts[Outcome.REGISTERED],
        refreshed=counts[Outcome.REFRESHED],
        unchanged=counts[Outcome.UNCHANGED],
        closed=counts[Outcome.CLOSED],
        items=told,
    )


def _known(work: Work, zone_id: str) -> Known:
    rows = gaps.list_of_zone(work.session, zone_id)
    ids = [row.id for row in rows if row.is_computed]
    edited = events.done_otherwise(work.session, ids, OURS)
    return Known(rows, edited, leads.gaps_asked_for(work.session, ids, LIVE))


def _computed(view: View, chains: Collection[str]) -> list[Computed]:
    """The links with a gap that can be registered, in the order of the chains."""
    lines = view.policy.diagnosis
    links = sorted(view.links_of(chains), key=lambda held: held.link.number)
    return [
        Computed(held, held.gap, held.is_to_register(lines))
        for held in links
        if held.gap is not None and held.gap.type in KINDS
    ]


def _settle(work: Work, view: View, item: Computed, known: Known) -> GapTold:
    """Register, refresh or leave the gap of a link for which one is computed."""
    row = known.open_at(item.link_id, computed=True)
    if row is not None:
        return _refresh(work, item, row, known)
    declared = known.open_at(item.link_id, computed=False)
    if declared is not None:
        return item.told(declared.id, Outcome.KEPT, DECLARED)
    if known.was_dismissed(item.link_id):
        return item.told(None, Outcome.NOT_REGISTERED, DISMISSED)
    if not item.is_to_register:
        why = TO_BUILD if item.gap.type is GapType.BUILD else TOO_LITTLE
        return item.told(None, Outcome.NOT_REGISTERED, why)
    return item.told(_create(work, view, item), Outcome.REGISTERED, NEW)


def _create(work: Work, view: View, item: Computed) -> str:
    number, owner = events.reserve(work.session), work.caller.key_id
    fixed = {
        "number": number,
        "created_by": owner,
        "zone_id": view.zone.id,
        "link_id": item.link_id,
        "chain_id": item.held.link.chain_id,
        "is_computed": True,
    }
    made = Gap.model_validate({**fixed, **item.said()})
    history.created(work.session, owner, made, number)
    return made.id


def _refresh(work: Work, item: Computed, row: Gap, known: Known) -> GapTold:
    """Bring a registered gap to what is computed now, unless somebody's word stands against it."""
    if not item.is_to_register:
        return _end(work, row, known)
    said = item.said()
    if all(getattr(row, name) == value for name, value in said.items()):
        return item.told(row.id, Outcome.UNCHANGED, AS_BEFORE)
    kept = _kept(work, row, known)
    if kept is None and row.status is GapStatus.FILLED:
        kept = FULL
    if kept is not None:
        return item.told(row.id, Outcome.KEPT, kept)
    before = history.snapshot_of(row)
    row.sqlmodel_update(said)
    history.changed(work.session, work.caller.key_id, "recomputed", row, before)
    return item.told(row.id, Outcome.REFRESHED, ANEW)


def _lapse(
    work: Work, known: Known, chains: Collection[str], computed: Collection[str]
) -> list[GapTold]:
    """What becomes of gaps that are no longer computed."""
    gone = (row for row in known.rows if row.is_computed and row.link_id not in computed)
    still = (row for row in gone if row.status is not GapStatus.CLOSED)
    return [_end(work, row, known) for row in still if row.chain_id in chains]


def _end(work: Work, row: Gap, known: Known) -> GapTold:
    """Close a gap that is no longer computed, unless something keeps it."""
    why = _kept(work, row, known)
    if why is None and (row.filled or row.id in known.asked_for):
        why = TAKEN
    if why is None:
        before = history.snapshot_of(row)
        row.status = GapStatus.CLOSED
        history.changed(work.session, work.caller.key_id, "lapsed", row, before)
    return GapTold(
        link_id=row.link_id,
        gap_id=row.id,
        outcome=Outcome.CLOSED if why is None else Outcome.KEPT,
        kind=None,
        priority=None,
        why=sentence(why or LAPSED),
    )


def _kept(work: Work, row: Gap, known: Known) -> Label | None:
    """Whose word keeps a gap as it is; None where nobody's does."""
    if row.id in known.edited:
        return EDITED
    try:
        work.caller.check_owner(row.created_by)
    except NotYours:
        return OTHERS
    return None
