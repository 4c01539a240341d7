from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, SQLModel, select

from matching.vocabulary import GapKind, Region, Scope
from models.api_key import ApiKey
from models.event import Event
from models.gap import Gap
from models.idempotency import IdempotencyRecord
from models.installation import Installation
from models.investor import Investor, InvestorCreate
from models.tables import TABLES, metadata
from models.zone import Zone, ZoneCreate
from tests.deploy.migrations.configs import a_config
from tests.models.bodies import a_gap_row, a_zone, an_investor

MOMENT = datetime(2030, 1, 1, 8, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def migrated(engine: Engine) -> Engine:
    command.upgrade(a_config(engine), "head")
    return engine


def differences(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def reflected(engine: Engine) -> dict[str, Any]:
    """All that a database says of its tables, in an order of our own."""
    found = inspect(engine)
    return {
        name: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"])
                for column in found.get_columns(name)
            },
            "key": found.get_pk_constraint(name),
            "foreign": found.get_foreign_keys(name),
            "unique": sorted(found.get_unique_constraints(name), key=lambda u: str(u["name"])),
            "indexes": sorted(
                [(i["name"], i["column_names"], bool(i["unique"])) for i in found.get_indexes(name)]
            ),
        }
        for name in metadata.tables
    }


def test_models_and_migrations_agree(migrated: Engine) -> None:
    assert differences(migrated) == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE zone DROP COLUMN source_note",
        "ALTER TABLE zone ADD COLUMN colour VARCHAR",
        "DROP INDEX ix_gap_kind",
        "CREATE INDEX ix_gap_capacity ON gap (capacity)",
        "DROP TABLE installation",
    ],
)
def test_a_difference_would_be_found(migrated: Engine, change: str) -> None:
    with migrated.begin() as connection:
        connection.execute(text(change))
    assert differences(migrated) != []


def test_migrations_build_what_the_models_would_build(migrated: Engine) -> None:
    by_migrations = reflected(migrated)
    command.downgrade(a_config(migrated), "base")
    metadata.create_all(migrated)
    assert by_migrations == reflected(migrated)


def test_the_way_back_leaves_nothing_and_can_be_gone_again(migrated: Engine) -> None:
    command.downgrade(a_config(migrated), "base")
    assert inspect(migrated).get_table_names() == ["alembic_version"]
    command.upgrade(a_config(migrated), "head")
    assert differences(migrated) == []


def an_investor_row(number: int, **fields: Any) -> Investor:
    create = InvestorCreate.model_validate(an_investor(**fields))
    return Investor.model_validate(create, update={"number": number, "created_by": "key_1"})


def a_zone_row(**fields: Any) -> Zone:
    create = ZoneCreate.model_validate(a_zone(code="CNHTZ-3205", **fields))
    known = {"id": create.code, "region": Region.EAST, "created_by": "system"}
    return Zone.model_validate(create, update=known)


def kept(engine: Engine, *rows: SQLModel) -> list[dict[str, Any]]:
    """What comes back of rows that were stored, in another session."""
    with Session(engine) as session:
        for row in rows:
            session.add(row)
            session.flush()
        session.commit()
    with Session(engine) as session:
        back: list[SQLModel] = [session.exec(select(type(row))).one() for row in rows]
        return [row.model_dump() for row in back]


def test_every_kind_of_row_comes_back_as_it_was(migrated: Engine) -> None:
    investor = an_investor_row(
        1,
        names=[{"lang": "zh", "name": "𠮷野光刻胶😀"}],
        industry_codes=[{"scheme": "nace2", "code": "26.11"}],
        activities=["r_and_d", "manufacturing"],
        smart_manufacturing=["lean"],
        preferred_regions=["west"],
        planned_investment_max_cny=10**15,
        energy_tce=1234.5678,
        circular=False,
        start_by="2031-12-31",
        opt_out=True,
    )
    zone = a_zone_row(
        tier="national",
        leading_chains=["ic"],
        readiness={"implementation": {"industry_environment": 0}},
        promotion_path={"plan": True, "fund": False},
    )
    gap = a_gap_row(number=2, kind="weak", valid_until="2030-06-30", description="一\n二")
    key = ApiKey(name="Portal", scope=Scope.PORTAL, secret_digest="0" * 64, prefix="bln_abcd")
    event = Event(
        number=2**60,
        actor=key.id,
        action="investor.created",
        subject_type="investor",
        subject_id=investor.id,
        subject_version=1,
        after={"name": "甲", "jobs": None, "shares": [1, 2.5, True]},
        hash="0" * 64,
    )
    record = IdempotencyRecord(
        owner=key.id,
        key="once",
        method="POST",
        path="/v1/investors",
        body_digest="0" * 64,
        status=201,
        resource_type="investor",
        resource_id=investor.id,
        expires_at=MOMENT,
    )
    rows: list[SQLModel] = [investor, zone, gap, key, event, record, Installation()]
    assert {type(row) for row in rows} <= set(TABLES)
    sent = [row.model_dump() for row in rows]
    assert kept(migrated, *rows) == sent


def test_moments_come_back_in_utc_to_the_microsecond(migrated: Engine) -> None:
    shanghai = MOMENT.astimezone(tz=None)
    (row,) = kept(migrated, Installation(created_at=shanghai))
    assert row["created_at"] == MOMENT
    assert row["created_at"].utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_not_stored(migrated: Engine) -> None:
    with pytest.raises(StatementError, match="timezone"):
        kept(migrated, Installation(created_at=datetime(2030, 1, 1)))  # noqa: DTZ001 - refused


def test_the_database_holds_values_of_enums(migrated: Engine) -> None:
    kept(migrated, a_zone_row(tier="national"), a_gap_row(kind="weak"))
    with migrated.connect() as connection:
        stored = connection.execute(text("SELECT kind, status, region, tier FROM gap, zone")).one()
    assert tuple(stored) == ("weak", "open", "east", "national")


def test_filters_compare_enums_days_and_moments(migrated: Engine) -> None:
    kept(migrated, a_zone_row(), a_gap_row(kind="weak", valid_until="2030-06-30"))
    with Session(migrated) as session:

        def count(*conditions: Any) -> int:
            return len(session.exec(select(Gap).where(*conditions)).all())

        assert count(Gap.kind == GapKind.WEAK) == 1
        assert count(Gap.kind == GapKind.MISSING) == 0
        valid_until: Any = Gap.valid_until
        assert count(valid_until >= date(2030, 6, 30)) == 1
        assert count(valid_until > date(2030, 6, 30)) == 0
        assert count(Gap.created_at > MOMENT - timedelta(days=3650)) == 1


@pytest.mark.parametrize("owner", ["key_1", "key_2"])
def test_an_investor_is_named_once_by_its_owner(migrated: Engine, owner: str) -> None:
    with Session(migrated) as session:
        session.add(an_investor_row(1, external_id="A"))
        session.add(an_investor_row(2))
        session.add(an_investor_row(3))
        other = an_investor_row(4, external_id="A")
        other.created_by = owner
        session.add(other)
        if owner == "key_1":
            with pytest.raises(IntegrityError):
                session.flush()
        else:
            session.flush()
            assert len(session.exec(select(Investor)).all()) == 4


def test_an_external_id_is_free_again_once_its_record_is_closed(migrated: Engine) -> None:
    closed = an_investor_row(1, external_id="A")
    closed.closed_at = MOMENT
    with Session(migrated) as session:
        session.add(closed)
        session.add(an_investor_row(2, external_id="A"))
        session.flush()
        assert len(session.exec(select(Investor)).all()) == 2


@pytest.mark.parametrize(("status", "is_free"), [("closed", True), ("filled", False)])
def test_a_gap_is_named_once_by_its_owner(migrated: Engine, status: str, is_free: bool) -> None:
    with Session(migrated) as session:
        session.add(a_zone_row())
        session.flush()
        first = a_gap_row(number=1, external_id="A")
        first.sqlmodel_update({"status": status})
        session.add(first)
        session.flush()
        session.add(a_gap_row(number=2, external_id="A"))
        if is_free:
            session.flush()
        else:
            with pytest.raises(IntegrityError):
                session.flush()


def test_a_gap_is_of_a_zone_there_is(migrated: Engine) -> None:
    with Session(migrated) as session:
        session.add(a_gap_row())
        with pytest.raises(IntegrityError):
            session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO installation VALUES (1, 's', '2030-01-01')",
        "INSERT INTO event VALUES (1, 'evt', '2030-01-01', 'a', 'b', 'c', 'd', 1, NULL, NULL, 'e')",
    ],
)
def test_numbers_are_taken_once(migrated: Engine, statement: str) -> None:
    with migrated.begin() as connection:
        connection.execute(text(statement))
    with pytest.raises(IntegrityError), migrated.begin() as connection:
        connection.execute(text(statement))
