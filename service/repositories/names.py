"""What records are called, by their ids."""

from collections.abc import Collection
from typing import Final, NamedTuple

from sqlmodel import Session, col, select

from models.api_key import ApiKey
from models.company import Company
from models.edition import StoredEdition
from models.gap import Gap
from models.investor import Investor
from models.lead import Lead
from models.partner import Partner
from models.policy_draft import StoredPolicy
from models.zone import Zone

Named = Zone | ApiKey | Partner | Investor | StoredPolicy | StoredEdition | Gap


class Called(NamedTuple):
    """A name in Chinese and in English; the same where there is only one."""

    zh: str
    en: str


TABLES: Final[dict[str, tuple[type[Named], str, str]]] = {
    "key": (ApiKey, "name", "name"),
    "ptn": (Partner, "name", "name"),
    "inv": (Investor, "name", "name"),
    "pol": (StoredPolicy, "name_zh", "name_en"),
    "edn": (StoredEdition, "name_zh", "name_en"),
    "gap": (Gap, "title_zh", "title_en"),
}
"""By the prefix of the ids: the table, and the columns of the Chinese and the English name."""


def names_of(session: Session, ids: Collection[str]) -> dict[str, Called]:
    """The names of the records with these ids, of whatever kind; without those that have none."""
    wanted: dict[str, set[str]] = {}
    for id_ in ids:
        wanted.setdefault(id_.partition("_")[0], set()).add(id_)
    places = [(*TABLES[prefix], wanted[prefix]) for prefix in TABLES if prefix in wanted]
    found: dict[str, Called] = {}
    for table, zh, en, some in [*places, (Zone, "name_zh", "name_en", set(ids))]:
        columns = (table.id, getattr(table, zh), getattr(table, en))
        for id_, said_zh, said_en in session.exec(select(*columns).where(col(table.id).in_(some))):
            if said_zh or said_en:
                found[id_] = Called(str(said_zh or said_en), str(said_en or said_zh))
    return found | _of_companies(session, wanted.get("lead", set()), wanted.get("cmp", set()))


def places_of_gaps(session: Session, ids: Collection[str]) -> dict[str, tuple[str, Called]]:
    """The link and the zone's name of each of these gaps."""
    if not ids:
        return {}
    places = select(Gap, Zone).join(Zone, col(Zone.id) == col(Gap.zone_id))
    return {
        gap.id: (gap.link_id, Called(zone.name_zh, zone.name_en or zone.name_zh))
        for gap, zone in session.exec(places.where(col(Gap.id).in_(ids)))
    }


def _of_companies(session: Session, lead_ids: set[str], ids: set[str]) -> dict[str, Called]:
    """Leads are called after their investor, companies by their first name."""
    leads = select(Lead).where(col(Lead.id).in_(lead_ids))
    named = [
        (row.id, row.investor.name or row.id) for row in (session.exec(leads) if lead_ids else ())
    ]
    companies = select(Company).where(col(Company.id).in_(ids))
    named += [(row.id, row.names[0]) for row in (session.exec(companies) if ids else ())]
    return {id_: Called(name, name) for id_, name in named}
