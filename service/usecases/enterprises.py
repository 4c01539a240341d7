"""Enterprises of a zone: a portal replaces its list, and firms that landed by a lead join it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from models.enterprise import (
    Enterprise,
    EnterpriseCreate,
    EnterpriseList,
    EnterprisePublic,
    EnterprisesReplaced,
)
from models.event import Snapshot
from models.page import Page
from models.problem import ProblemError
from models.zone import Zone
from service import clock
from service.errors import NotValid, ZoneNotFound
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.repositories import enterprises, events, zones
from service.repositories.events import Change
from service.runtime import Work
from service.usecases.reference_checks import check_codes

TRAITS: Final = tuple(EnterpriseCreate.model_fields)


def list_page(work: Work, zone_id: str, page: PageParams) -> Page[EnterprisePublic]:
    """Enterprises of a zone in the order of their external ids.

    Raises:
        ZoneNotFound: no such zone.
    """
    if zones.find(work.session, zone_id) is None:
        raise ZoneNotFound
    mark = fingerprint(f"enterprises of {zone_id}", None)
    after = read_cursor(mark, page.cursor, str)
    rows = enterprises.list_after(work.session, zone_id, after, page.limit + 1)
    kept, following = cut(rows, page.limit, mark, lambda row: row.external_id)
    items = [
        EnterprisePublic.model_validate(row, update={"has_landed": row.lead_id is not None})
        for row in kept
    ]
    return Page[EnterprisePublic](items=items, next_cursor=following)


def replace(work: Work, zone_id: str, body: EnterpriseList) -> EnterprisesReplaced:
    """Make a zone's list what was sent, with one event; firms that landed by a lead stay.

    Raises:
        ZoneNotFound: no such zone.
        NotYours: another key registered the list.
        NotValid: a code is unknown, or an item has the id of a firm that landed.
    """
    zone = zones.find_for_change(work.session, zone_id)
    if zone is None:
        raise ZoneNotFound
    rows = enterprises.list_of(work.session, zone_id)
    landed = [row for row in rows if row.lead_id is not None]
    listed = {row.external_id: row for row in rows if row.lead_id is None}
    for owner in {row.created_by for row in listed.values()}:
        work.caller.check_owner(owner)
    _check_items(work, body.items, landed)
    wanted = {item.external_id: item for item in body.items}
    added = [_added(work, zone_id, item) for id_, item in wanted.items() if id_ not in listed]
    removed = [row for id_, row in listed.items() if id_ not in wanted]
    known = {row.external_id: _traits(row) for row in listed.values()}
    changed = [row for id_, row in listed.items() if id_ in wanted and _change(row, wanted[id_])]
    for row in removed:
        work.session.delete(row)
    work.session.add_all([*added, *changed])
    work.session.flush()
    before = {row.external_id: known[row.external_id] for row in (*changed, *removed)}
    _tell(work, zone, before, {row.external_id: _traits(row) for row in (*added, *changed)})
    return EnterprisesReplaced(
        zone_id=zone_id,
        added=len(added),
        changed=len(changed),
        removed=len(removed),
        landed=len(landed),
        total=len(wanted) + len(landed),
    )


def _check_items(
    work: Work, items: Sequence[EnterpriseCreate], landed: Sequence[Enterprise]
) -> None:
    taken = {row.external_id for row in landed}
    errors: list[ProblemError] = []
    for place, item in enumerate(items):
        where = ("body", "items", place)
        if item.external_id in taken:
            msg = "is the id of an investor that landed here by a lead"
            errors.append(ProblemError(loc=[*where, "external_id"], msg=msg))
        try:
            check_codes(work.reference, dict(item), where)
        except NotValid as refusal:
            errors += refusal.errors
    if errors:
        raise NotValid(errors)


def _added(work: Work, zone_id: str, item: EnterpriseCreate) -> Enterprise:
    made = {"zone_id": zone_id, "created_by": work.caller.key_id}
    return Enterprise.model_validate(item, update=made)


def _change(row: Enterprise, item: EnterpriseCreate) -> bool:
    """Bring a row to what was sent; whether that changed it."""
    before = _traits(row)
    row.sqlmodel_update({name: getattr(item, name) for name in TRAITS})
    if _traits(row) == before:
        return False
    row.version += 1
    row.updated_at = clock.now()
    return True


def _traits(row: Enterprise) -> dict[str, Any]:
    return row.model_dump(mode="json", include=set(TRAITS))


def _tell(work: Work, zone: Zone, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """One event for the whole list, under the zone; none where nothing changed."""
    if not before and not after:
        return
    told: tuple[Snapshot, Snapshot] = ({"enterprises": dict(before)}, {"enterprises": dict(after)})
    change = Change(
        actor=work.caller.key_id,
        action="zone.enterprises_replaced",
        subject_type="zone",
        subject_id=zone.id,
        subject_version=zone.version,
        before=told[0],
        after=told[1],
    )
    events.append(work.session, change, events.reserve(work.session))
