"""Zones: registering, reading, changing."""

from functools import partial

from matching.vocabulary import Region
from models.page import Page
from models.zone import Zone, ZoneCreate, ZonePublic, ZoneUpdate
from service import clock
from service.conditional import Preconditions
from service.errors import ZoneExists, ZoneNotFound
from service.filters import ZoneFilter
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.repositories import events, zones
from service.runtime import Work
from service.usecases import history, replays
from service.usecases.reference_checks import check_codes
from service.usecases.replays import Made, Ticket


def register(work: Work, body: ZoneCreate, ticket: Ticket | None) -> Made:
    """Register a zone under its code, or find the one this ticket registered before."""
    return replays.once(work, ticket, "zone", partial(_create, work, body))


def _create(work: Work, body: ZoneCreate) -> str:
    check_codes(work.reference, dict(body))
    if zones.find(work.session, body.code) is not None:
        raise ZoneExists
    owner = work.caller.key_id
    derived = {
        "id": body.code,
        "region": _region_of(work, body.province_code),
        "created_by": owner,
    }
    row = Zone.model_validate(body.model_dump(exclude={"code"}) | derived)
    history.created(work.session, owner, row, events.reserve(work.session))
    return row.id


def read(work: Work, zone_id: str) -> ZonePublic:
    """A zone.

    Raises:
        ZoneNotFound: no such zone.
    """
    row = zones.find(work.session, zone_id)
    if row is None:
        raise ZoneNotFound
    return ZonePublic.model_validate(row)


def list_page(
    work: Work, wanted: ZoneFilter, page: PageParams, *, only_looking: bool = False
) -> Page[ZonePublic]:
    """Zones in the order of their codes; `only_looking`: with gaps that look for investors."""
    mark = fingerprint("zones that look" if only_looking else "zones", wanted)
    after = read_cursor(mark, page.cursor, str)
    looking_on = clock.china_day() if only_looking else None
    rows = zones.list_after(work.session, wanted, after, page.limit + 1, looking_on)
    kept, following = cut(rows, page.limit, mark, lambda row: row.id)
    items = [ZonePublic.model_validate(row) for row in kept]
    return Page[ZonePublic](items=items, next_cursor=following)


def change(work: Work, zone_id: str, body: ZoneUpdate, conditions: Preconditions) -> ZonePublic:
    """Apply what was sent to a zone; its region follows its province.

    Raises:
        ZoneNotFound: no such zone.
        NotYours: another key registered it, or it came with the reference.
        VersionPassed: it has changed since the caller read it.
        NotValid: a code is unknown.
    """
    row = zones.find_for_change(work.session, zone_id)
    if row is None:
        raise ZoneNotFound
    work.caller.check_owner(row.created_by)
    conditions.check_version(row.version)
    changes = body.changes()
    check_codes(work.reference, changes)
    before = history.snapshot_of(row)
    row.sqlmodel_update(changes)
    row.region = _region_of(work, row.province_code)
    history.changed(work.session, work.caller.key_id, "updated", row, before)
    return ZonePublic.model_validate(row)


def _region_of(work: Work, province_code: str) -> Region:
    return work.reference.provinces[province_code].region
