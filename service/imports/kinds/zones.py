"""Zones from a file, known by their code; those of the reference may be brought up to date too."""

from collections.abc import Mapping, Sequence
from typing import Final

from matching.vocabulary import Region
from models.zone import Zone, ZoneCreate
from service.imports.checking import Checked, Rule
from service.imports.taking import Kind, Values, tell_each
from service.repositories import zones
from service.runtime import Work


def find_known(work: Work, rows: Sequence[Checked[ZoneCreate]]) -> Mapping[str, Zone]:
    """Zones with these codes, whoever registered them: only administrators import."""
    return zones.by_id_for_change(work.session, [row.key for row in rows])


def make(work: Work, row: Checked[ZoneCreate], _number: int) -> Values:
    """The columns of a new zone."""
    return row.body.model_dump(exclude={"code"}) | {
        "id": row.body.code,
        "created_by": work.caller.key_id,
        "region": _region_of(work, row.body.province_code),
        "provenance": None,
        "source_note": None,
    }


def merge(work: Work, stored: Zone, changes: Values) -> None:
    """Bring a zone to what its row says; its region follows its province."""
    stored.sqlmodel_update({name: changes[name] for name in changes if name != "code"})
    stored.region = _region_of(work, stored.province_code)


def _region_of(work: Work, province_code: str) -> Region:
    return work.reference.provinces[province_code].region


KIND: Final = Kind(
    rule=Rule(ZoneCreate, key="code"),
    table=Zone,
    find_known=find_known,
    make=make,
    merge=merge,
    tell=tell_each("zone"),
)
