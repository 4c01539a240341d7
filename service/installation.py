"""First start: the schema, the zones, the administrator's key and the demo data, all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

from matching.reference.loader import Reference
from matching.reference.records import ReferenceZone
from matching.vocabulary import Scope
from models.api_key import KeyCreate
from models.installation import Installation
from models.zone import Zone
from service import database, demonstration
from service.cache import Cache
from service.demonstration import DemoZone
from service.repositories import events, installation
from service.repositories.events import Change
from service.runtime import Work, parts
from service.scorer import Scorer
from service.security import OPERATOR, SYSTEM, new_secret
from service.settings import Settings
from service.usecases import keys

INSTALL_LOCK: Final = 0x62756C69616E + 1
"""Any number that all processes share and nothing else uses."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What a start found or made."""

    is_first: bool
    new_admin_key: str | None
    """To be shown once: a key that was made now, not given by the settings."""


def migrate(engine: Engine) -> None:
    """Bring the schema up to date; processes that start together do it one after another."""
    with database.writing(engine).begin() as connection:
        lock(connection)
        database.migrate(connection)


def install(
    engine: Engine, settings: Settings, scorer: Callable[[], Scorer], *, demo: bool
) -> Installed:
    """Set up the database if nobody has; several processes and machines may start at once.

    Args:
        engine: the database.
        settings: may name the administrator's key.
        scorer: gives what registering needs; called at a first start only.
        demo: whether a first start loads the demo data.
    """
    with database.writing(engine).begin() as connection:
        lock(connection)
        database.migrate(connection)
        with Session(connection, expire_on_commit=False) as session:
            if installation.find(session) is not None:
                return Installed(is_first=False, new_admin_key=None)
            given = settings.admin_key
            secret = new_secret() if given is None else given.get_secret_value()
            work = Work(session, OPERATOR, parts(engine, scorer(), Cache()))
            _fill(work, secret, demo=demo)
            session.commit()
    return Installed(is_first=True, new_admin_key=secret if given is None else None)


def lock(connection: Connection) -> None:
    """Wait until no other process installs or restores; SQLite's transaction has the lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": INSTALL_LOCK})


def _fill(work: Work, secret: str, *, demo: bool) -> None:
    session, reference = work.session, work.runtime.scorer.reference
    session.add(Installation())
    made_up = demonstration.zones(demo=demo)
    for zone in reference.zones.values():
        session.add(_with(zone_row(zone, reference), made_up.get(zone.zone_id)))
    session.flush()
    loaded = Change(
        actor=SYSTEM,
        action="installation.created",
        subject_type="installation",
        subject_id="1",
        subject_version=1,
        after={
            "zones": len(reference.zones),
            "reference": reference.digest,
            "demonstration": list(made_up),
        },
    )
    events.append(session, loaded, events.reserve(session))
    keys.store(work, KeyCreate(scope=Scope.ADMIN, name="Administrator"), secret)
    if demo:
        demonstration.load(work)


def zone_row(zone: ReferenceZone, reference: Reference) -> Zone:
    """A national zone as it is stored, with what its facts rest on."""
    names = dict.fromkeys([zone.name_short_zh, *zone.aliases_zh])
    aliases = [name for name in names if name != zone.name_zh]
    notes = [zone.source_note]
    chains = reference.zone_chain_records.get(zone.zone_id)
    if chains is not None:
        notes.append(f"leading chains: {chains.provenance}; {chains.source_note}")
    return Zone.model_validate(
        {
            "id": zone.zone_id,
            "created_by": SYSTEM,
            "name_zh": zone.name_zh,
            "name_en": zone.name_en,
            "aliases": aliases,
            "province_code": zone.province_code,
            "city_zh": zone.city_zh,
            "region": zone.region,
            "tier": zone.tier,
            "leading_chains": list(chains.chain_ids) if chains else [],
            "provenance": zone.provenance,
            "source_note": "; ".join(note for note in notes if note) or None,
        }
    )


def _with(row: Zone, made_up: DemoZone | None) -> Zone:
    """The zone with what the demonstration makes up of it, which its source tells."""
    if made_up is not None:
        row.readiness, row.promotion_path = made_up.readiness, made_up.promotion_path
        row.source_note = "; ".join(note for note in (row.source_note, demonstration.NOTE) if note)
    return row
