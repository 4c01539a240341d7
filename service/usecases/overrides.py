"""What officers say of a zone's links and firms: kept with author and reason, told in the log."""

from typing import Any

from models.enterprise import Enterprise
from models.override import (
    CorrectionPublic,
    CorrectionSet,
    LinkOverride,
    OverridePublic,
    OverrideSet,
    PlacementCorrection,
)
from models.zone import Zone
from service import clock
from service.conditional import Preconditions
from service.diagnosis_errors import EnterpriseNotFound, LinkNotFound
from service.errors import ZoneNotFound
from service.repositories import enterprises, events, overrides, zones
from service.repositories.events import Change
from service.runtime import Work
from service.usecases.reference_checks import check_codes

Word = LinkOverride | PlacementCorrection


def set_status(work: Work, zone_id: str, link_id: str, body: OverrideSet) -> OverridePublic:
    """Let a link have the status an officer says.

    Raises:
        ZoneNotFound: no such zone.
        LinkNotFound: no such link.
        NotYours: another key sent the zone's list, or said it first.
    """
    zone = _zone_of(work, zone_id)
    if link_id not in work.reference.links:
        raise LinkNotFound
    row = overrides.find_of_link(work.session, zone_id, link_id)
    key = {"zone_id": zone_id, "link_id": link_id}
    made = _say(work, zone, row or LinkOverride(**_new(work, key, body.model_dump())), body)
    return OverridePublic.model_validate(made)


def withdraw_status(work: Work, zone_id: str, link_id: str, conditions: Preconditions) -> None:
    """Let a link have the computed status again; nothing where no officer set one.

    Raises:
        ZoneNotFound: no such zone.
        NotYours: another key sent the zone's list, or said it first.
        VersionPassed: it has changed since the caller read it.
    """
    zone = _zone_of(work, zone_id)
    _withdraw(work, zone, overrides.find_of_link(work.session, zone_id, link_id), conditions)


def correct_links(
    work: Work, zone_id: str, external_id: str, body: CorrectionSet
) -> CorrectionPublic:
    """Let a firm stand where an officer says; it stays so when the zone's list is replaced.

    Raises:
        ZoneNotFound: no such zone.
        EnterpriseNotFound: the zone has no such firm.
        NotYours: another key sent the zone's list, or said it first.
        NotValid: there is no such link.
    """
    zone = _zone_of(work, zone_id)
    if enterprises.find_by_external_id(work.session, zone_id, external_id) is None:
        raise EnterpriseNotFound
    check_codes(work.reference, {"link_ids": body.link_ids})
    row = overrides.find_of_firm(work.session, zone_id, external_id)
    key = {"zone_id": zone_id, "external_id": external_id}
    made = _say(work, zone, row or PlacementCorrection(**_new(work, key, body.model_dump())), body)
    return CorrectionPublic.model_validate(made)


def withdraw_links(work: Work, zone_id: str, external_id: str, conditions: Preconditions) -> None:
    """Let a firm stand where its words and codes place it again; nothing where none was corrected.

    Raises:
        ZoneNotFound: no such zone.
        NotYours: another key sent the zone's list, or said it first.
        VersionPassed: it has changed since the caller read it.
    """
    zone = _zone_of(work, zone_id)
    _withdraw(work, zone, overrides.find_of_firm(work.session, zone_id, external_id), conditions)


def _zone_of(work: Work, zone_id: str) -> Zone:
    """The zone, locked, if it is the caller's to speak of: whoever sent its list, or anyone yet."""
    zone = zones.by_id_for_change(work.session, [zone_id]).get(zone_id)
    if zone is None:
        raise ZoneNotFound
    for owner in _owners(enterprises.list_of(work.session, zone_id)):
        work.caller.check_owner(owner)
    return zone


def _owners(rows: Any) -> set[str]:
    listed: list[Enterprise] = [row for row in rows if row.lead_id is None]
    return {row.created_by for row in listed}


def _new(work: Work, key: dict[str, str], said: dict[str, Any]) -> dict[str, Any]:
    return {**key, **said, "created_by": work.caller.key_id, "version": 0}


def _say(work: Work, zone: Zone, row: Any, body: OverrideSet | CorrectionSet) -> Any:
    """Store what is said, with one event; the same again changes nothing."""
    work.caller.check_owner(row.created_by)
    before = _told(row) if row.version else None
    row.sqlmodel_update(body.model_dump())
    if before != _told(row):
        row.version += 1
        row.updated_at = clock.now()
        work.session.add(row)
        work.session.flush()
        _append(work, zone, row, (before, _told(row)))
    return row


def _withdraw(work: Work, zone: Zone, row: Word | None, conditions: Preconditions) -> None:
    if row is not None:
        work.caller.check_owner(row.created_by)
        conditions.check_version(row.version)
        before = _told(row)
        work.session.delete(row)
        work.session.flush()
        _append(work, zone, row, (before, None))


def _told(row: Word) -> dict[str, Any]:
    names = {"status", "link_ids", "reason"}
    return row.model_dump(mode="json", include=names)


def _append(work: Work, zone: Zone, row: Word, said: tuple[Any, Any]) -> None:
    """One event under the zone, so that what rests on its evidence is made anew."""
    is_link = isinstance(row, LinkOverride)
    key = row.link_id if is_link else row.external_id
    field, verb = ("overrides", "override") if is_link else ("corrections", "correction")
    before, after = said
    change = Change(
        actor=work.caller.key_id,
        action=f"zone.{verb}_{'withdrawn' if after is None else 'set'}",
        subject_type="zone",
        subject_id=zone.id,
        subject_version=zone.version,
        before=None if before is None else {field: {key: before}},
        after=None if after is None else {field: {key: after}},
    )
    events.append(work.session, change, events.reserve(work.session))
