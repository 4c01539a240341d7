"""Gaps: registering, reading, changing, closing."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Final

from matching.gates import standing
from matching.vocabulary import GapKind, GapStatus, Scope
from models.gap import Gap, GapCreate, GapPublic, GapUpdate, merge_gap
from models.page import Page
from models.sentences import WarningPublic
from models.zone import ZoneBrief
from service import clock
from service.conditional import Preconditions
from service.errors import AlreadyRegistered, GapNotFound, invalid
from service.facts import gap_facts
from service.filters import GapFilter
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.repositories import events, gaps, zones
from service.runtime import Work
from service.scorer import Scorer
from service.usecases import history, replays
from service.usecases.placement import link_for, link_warning, where
from service.usecases.reference_checks import check_codes
from service.usecases.replays import Made, Ticket

LINK_UNLISTED: Final = WarningPublic(
    code="link_unlisted", field="link_id", zh=standing.UNLISTED.zh, en=standing.UNLISTED.en
)


def register(work: Work, body: GapCreate, ticket: Ticket | None) -> Made:
    """Register a gap, or find the one this ticket registered before."""
    return replays.once(work, ticket, "gap", partial(_create, work, body))


def _create(work: Work, body: GapCreate) -> str:
    check_codes(work.reference, dict(body))
    _check_zone(work, body.zone_id)
    owner = work.caller.key_id
    _check_external_id(work, owner, body.external_id)
    link_id = body.link_id or link_for(work.bench.scorer, body.products or ())
    number = events.reserve(work.session)
    derived = {
        "number": number,
        "created_by": owner,
        "link_id": link_id,
        "chain_id": link_id.partition(".")[0],
        "is_placed": body.link_id is None,
    }
    row = Gap.model_validate(body, update=derived)
    history.created(work.session, owner, row, number)
    return row.id


def read(work: Work, gap_id: str) -> GapPublic:
    """A gap with its zone; a partner sees it as long as it looks for investors.

    Raises:
        GapNotFound: no such gap, or none that a partner may see.
    """
    row = gaps.find(work.session, gap_id)
    if row is None or not _may_see(work, row):
        raise GapNotFound
    return _shown(work, [row])[0]


def list_page(work: Work, wanted: GapFilter, page: PageParams) -> Page[GapPublic]:
    """Gaps, newest first; for a partner those that look for investors."""
    mark = fingerprint("gaps", wanted)
    before = read_cursor(mark, page.cursor, int)
    open_on = None if work.caller.has(Scope.PORTAL) else clock.china_day()
    rows = gaps.list_before(work.session, wanted, before, page.limit + 1, open_on)
    kept, following = cut(rows, page.limit, mark, lambda row: row.number)
    return Page[GapPublic](items=_shown(work, kept), next_cursor=following)


def list_with_ids(work: Work, gap_ids: Sequence[str]) -> list[GapPublic]:
    """The gaps with these ids, in their order; one that is not there is left out."""
    found = {row.id: row for row in gaps.list_with_ids(work.session, gap_ids)}
    return _shown(work, [found[id_] for id_ in gap_ids if id_ in found])


def most_urgent(
    work: Work, zone_id: str, most: int, chain_id: str | None = None
) -> list[GapPublic]:
    """Gaps of a zone that look for investors today, the most severe first; of a chain, or all."""
    day = clock.china_day()
    return _shown(work, gaps.most_urgent(work.session, zone_id, chain_id, day, most))


def counted_by_zone(work: Work, zone_ids: Collection[str]) -> Mapping[str, Mapping[GapKind, int]]:
    """How many gaps of each kind look for investors today, by zone."""
    return gaps.counted_by_zone(work.session, zone_ids, clock.china_day())


def change(work: Work, gap_id: str, body: GapUpdate, conditions: Preconditions) -> GapPublic:
    """Apply what was sent to a gap, as long as the whole stays valid.

    Raises:
        GapNotFound: no such gap.
        NotYours: another key registered it.
        VersionPassed: it has changed since the caller read it.
        NotValid: a code is unknown, or the products lead to no link.
        FieldsDisagree: the merged record breaks a rule.
    """
    row = _get_own(work, gap_id)
    conditions.check_version(row.version)
    changes = body.changes()
    check_codes(work.reference, changes)
    if "zone_id" in changes:
        _check_zone(work, changes["zone_id"])
    before = history.snapshot_of(row)
    with work.session.no_autoflush:
        if merge_gap(row, changes):
            row.link_id = link_for(work.bench.scorer, row.products)
            row.chain_id = row.link_id.partition(".")[0]
        _check_external_id_of(work, row)
    history.changed(work.session, work.caller.key_id, "updated", row, before)
    return _shown(work, [row])[0]


def close(work: Work, gap_id: str, conditions: Preconditions) -> None:
    """Close a gap; it stays readable. Closing it again changes nothing.

    Raises:
        GapNotFound: no such gap.
        NotYours: another key registered it.
        VersionPassed: it has changed since the caller read it.
    """
    row = _get_own(work, gap_id)
    if row.status is GapStatus.CLOSED:
        return
    conditions.check_version(row.version)
    before = history.snapshot_of(row)
    row.status = GapStatus.CLOSED
    history.changed(work.session, work.caller.key_id, "closed", row, before)


def _may_see(work: Work, row: Gap) -> bool:
    if work.caller.has(Scope.PORTAL):
        return True
    zone = zones.by_id(work.session, [row.zone_id])[row.zone_id]
    return gap_facts(row, zone).is_open_on(clock.china_day())


def _get_own(work: Work, gap_id: str) -> Gap:
    row = gaps.find_for_change(work.session, gap_id)
    if row is None:
        raise GapNotFound
    work.caller.check_owner(row.created_by)
    return row


def _check_zone(work: Work, zone_id: str) -> None:
    if zones.find(work.session, zone_id) is None:
        raise invalid("is no registered zone", "body", "zone_id")


def _check_external_id(work: Work, owner: str, external_id: str | None) -> None:
    if external_id is None:
        return
    if gaps.find_by_external_id(work.session, owner, external_id) is not None:
        raise AlreadyRegistered("Another of your gaps, not closed, has this external_id")


def _check_external_id_of(work: Work, row: Gap) -> None:
    """The same for a record that is being changed, closed ones apart."""
    if row.external_id is None or row.status is GapStatus.CLOSED:
        return
    other = gaps.find_by_external_id(work.session, row.created_by, row.external_id)
    if other is not None and other.id != row.id:
        raise AlreadyRegistered("Another of your gaps, not closed, has this external_id")


def _shown(work: Work, rows: Sequence[Gap]) -> list[GapPublic]:
    found = zones.by_id(work.session, {row.zone_id for row in rows})
    is_partner = not work.caller.has(Scope.PORTAL)
    scorer = work.bench.scorer
    shown: list[GapPublic] = []
    for row in rows:
        derived = {
            "zone": ZoneBrief.model_validate(found[row.zone_id].model_dump()),
            "placement": where(scorer, row.products) if row.is_placed else [],
            "warnings": _warnings(scorer, row),
        }
        public = GapPublic.model_validate(row, update=derived)
        hidden = {"owner": None, "external_id": None, "filled": None} if is_partner else {}
        shown.append(public.model_copy(update=hidden))
    return shown


def _warnings(scorer: Scorer, row: Gap) -> list[WarningPublic]:
    found = [] if row.link_id in scorer.reference.links else [LINK_UNLISTED]
    elsewhere = None if row.is_placed else link_warning(scorer, row.link_id, row.products)
    return found if elsewhere is None else [*found, elsewhere]
