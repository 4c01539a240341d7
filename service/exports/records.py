"""Records as rows of an import's columns: what goes out comes in again as the same."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlmodel import Session, SQLModel

from models.import_task import ExportKind, RecordKind
from models.lead import Lead
from service.imports.columns import columns_of
from service.repositories import exports

Said = dict[str, Any]
"""What a record says, as JSON; a dot in a column leads into an object."""

LEAD_COLUMNS: Final = (
    "id", "status", "partner_id", "company_id", "investor_id", "investor_name", "investor_country",
    "gap_id", "zone_id", "chain_id", "link_id", "protected_until", "created_at", "updated_at",
)  # fmt: skip
"""Nothing of persons, and no note: a partner may have named somebody there."""


def columns(kind: ExportKind) -> list[str]:
    """The columns of an export: those of an import of that kind, or those of leads."""
    if kind is ExportKind.LEADS:
        return list(LEAD_COLUMNS)
    return [column.field for column in columns_of(RecordKind(kind))]


def records(session: Session, kind: ExportKind) -> Iterator[Said]:
    """What each record of a kind says, in the order of their ids, some in memory at a time."""
    return READERS[kind](session)


def value_at(said: Said, column: str) -> Any:
    """The value of a column; None where the object it leads into is not there."""
    first, _, rest = column.partition(".")
    found = said.get(first)
    return value_at(found, rest) if rest and isinstance(found, dict) else found  # pyright: ignore[reportUnknownArgumentType] - JSON


def _dumped(row: SQLModel) -> Said:
    return row.model_dump(mode="json")


def _investors(session: Session) -> Iterator[Said]:
    return map(_dumped, exports.investors(session))


def _gaps(session: Session) -> Iterator[Said]:
    """A link that was found from the products is left out: it would come in as declared."""
    for row in exports.gaps(session):
        yield _dumped(row) | ({"link_id": None} if row.is_placed else {})


def _zones(session: Session) -> Iterator[Said]:
    for row in exports.zones(session):
        yield _dumped(row) | {"code": row.id}


def _enterprises(session: Session) -> Iterator[Said]:
    return map(_dumped, exports.enterprises(session))


def _leads(session: Session) -> Iterator[Said]:
    return map(_lead, exports.leads(session))


def _lead(row: Lead) -> Said:
    shown = {"investor_name": row.investor.name, "investor_country": row.investor.country}
    return row.model_dump(mode="json", include=set(LEAD_COLUMNS)) | shown


READERS: Final[Mapping[ExportKind, Callable[[Session], Iterator[Said]]]] = {
    ExportKind.INVESTORS: _investors,
    ExportKind.GAPS: _gaps,
    ExportKind.ZONES: _zones,
    ExportKind.ENTERPRISES: _enterprises,
    ExportKind.LEADS: _leads,
}
