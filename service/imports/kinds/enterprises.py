"""Enterprises from a file: added to the lists of their zones, known by zone and `external_id`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic_core import to_jsonable_python

from models.enterprise import Enterprise, EnterpriseCreate
from models.ids import new_id
from service.errors import invalid
from service.imports.checking import Checked, Rule
from service.imports.taking import Kind, Taken, Values
from service.repositories import enterprises, zones
from service.repositories.events import Change
from service.runtime import Work

ZONE: Final = "zone_id"
TRAITS: Final = set(EnterpriseCreate.model_fields)


def find_known(work: Work, rows: Sequence[Checked[EnterpriseCreate]]) -> Mapping[str, Enterprise]:
    """The enterprises of the rows' zones, whoever registered them: only administrators import."""
    by_zone: defaultdict[str, list[Checked[EnterpriseCreate]]] = defaultdict(list)
    for row in rows:
        by_zone[row.beside[ZONE]].append(row)
    known: dict[str, Enterprise] = {}
    for zone_id, some in by_zone.items():
        ids = [row.body.external_id for row in some]
        found = enterprises.by_external_id(work.session, zone_id, ids)
        known |= {row.key: found[id_] for row, id_ in zip(some, ids, strict=True) if id_ in found}
    return known


def make(work: Work, row: Checked[EnterpriseCreate], _number: int) -> Values:
    """The columns of a new enterprise."""
    return row.body.model_dump() | {
        "id": new_id("ent"),
        "zone_id": row.beside[ZONE],
        "created_by": work.caller.key_id,
        "lead_id": None,
    }


def merge(_work: Work, stored: Enterprise, changes: Values) -> None:
    """Bring an enterprise to what its row says; one that landed by a lead stays as it is."""
    if stored.lead_id is not None:
        raise invalid("is the id of an investor that landed here by a lead", "external_id")
    stored.sqlmodel_update(changes)


def tell(work: Work, taken: Taken) -> list[Change]:
    """One event for each zone, as for a list that a portal sends: what was and what is."""
    told: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for values in taken.created:
        after = to_jsonable_python({name: values[name] for name in TRAITS})
        told.setdefault(values["zone_id"], ({}, {}))[1][values["external_id"]] = after
    for changed in taken.changed:
        before, after = told.setdefault(changed.stored.zone_id, ({}, {}))
        before[changed.stored.external_id] = changed.before
        after[changed.stored.external_id] = changed.after
    found = zones.by_id(work.session, told.keys())
    return [
        Change(
            actor=work.caller.key_id,
            action="zone.enterprises_imported",
            subject_type="zone",
            subject_id=zone_id,
            subject_version=found[zone_id].version,
            before={"enterprises": before},
            after={"enterprises": after},
        )
        for zone_id, (before, after) in told.items()
    ]


KIND: Final = Kind(
    rule=Rule(EnterpriseCreate, beside=(ZONE,)),
    table=Enterprise,
    find_known=find_known,
    make=make,
    merge=merge,
    tell=tell,
    zone_of=lambda row: row.beside[ZONE],
)
