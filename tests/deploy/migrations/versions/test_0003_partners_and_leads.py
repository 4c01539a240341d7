from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from matching.vocabulary import Honour, LeadStatus, Origin, Region
from models.company import Company, CompanyJoin, Holding
from models.contact import Consent, Contact
from models.enterprise import Enterprise
from models.investor import InvestorCreate
from models.lead import Lead, LeadMove
from models.partner import Partner
from models.zone import Zone
from tests.deploy.migrations.configs import a_config
from tests.models.bodies import an_investor

BEFORE = "0002"
MOMENT = datetime(2030, 1, 1, 8, 30, 15, 123456, tzinfo=UTC)
KEY = """
INSERT INTO api_key (id, name, scope, partner_id, secret_digest, prefix, created_at)
VALUES ('key_{0}', '{1}', '{2}', {3}, '{0}', 'bul_', '2026-01-01')
"""


def test_keys_made_before_keep_their_partner(engine: Engine) -> None:
    command.upgrade(a_config(engine), BEFORE)
    with engine.begin() as connection:
        connection.execute(text(KEY.format("1", "甲", "partner", "'ptn_1'")))
        connection.execute(text(KEY.format("2", "乙", "partner", "'ptn_1'")))
        connection.execute(text(KEY.format("3", "丙", "portal", "NULL")))
    command.upgrade(a_config(engine), "head")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT id, version, created_by FROM partner")).all()
    assert [tuple(row) for row in found] == [("ptn_1", 1, "system")]


def test_the_way_back_leaves_what_was_before(engine: Engine) -> None:
    command.upgrade(a_config(engine), BEFORE)
    before = set(inspect(engine).get_table_names())
    command.upgrade(a_config(engine), "head")
    assert "partner" in set(inspect(engine).get_table_names()) - before
    command.downgrade(a_config(engine), BEFORE)
    assert set(inspect(engine).get_table_names()) == before


def rows(**lead: Any) -> list[SQLModel]:
    """A row of each kind, in the order they can be stored."""
    profile = InvestorCreate.model_validate(an_investor(start_by="2031-12-31", uscc=None))
    whose = {"lead_id": "lead_1"}
    place = {"zone_id": "CNHTZ-3205", "link_id": "ic.photoresist"}
    made: list[SQLModel] = [
        Zone(id="CNHTZ-3205", name_zh="区", province_code="32", region=Region.EAST, created_by="s"),
        Partner(id="ptn_1", name="甲", territories=["32"], terms="一\n二", created_by="key_1"),
        Company(id="cmp_1", number=1, names=["甲", "A"], lei="EXAMPLE00000BULIAN91"),
        Company(id="cmp_2", number=2**60, names=["乙"]),
        CompanyJoin(
            number=3, company_id="cmp_2", into_id="cmp_1", reasons=[{"key": "k"}], actor="system"
        ),
        Lead(
            id="lead_1",
            number=1,
            created_by="key_1",
            partner_id="ptn_1",
            company_id="cmp_1",
            investor_id="inv_1",
            investor=profile,
            chain_id="ic",
            link_id="ic.photoresist",
            rules="x",
            told=["answer"],
            due_at=MOMENT,
            **lead,
        ),
        LeadMove(
            lead_id="lead_1", position=1, status=LeadStatus.SUBMITTED, at=MOMENT, actor="partner",
            key_id="k",
        ),
        Holding(company_id="cmp_1", **place, **whose, since=MOMENT),
        Contact(**whose, position=0, name="王", phone="1"),
        Consent(**whose, given_by="王", given_at=MOMENT, purpose="洽谈", retain_until=MOMENT),
        Enterprise(
            zone_id="CNHTZ-3205", external_id="E", name="厂", created_by="k", revenue_cny=10**15,
            honours=[Honour.LISTED], link_ids=["ic.photoresist"], origin=Origin.HMT,
        ),
    ]  # fmt: skip
    return made


def store(engine: Engine, *more: SQLModel) -> None:
    with Session(engine) as session:
        for row in (*rows(), *more):
            session.add(row)
            session.flush()
        session.commit()


def test_every_kind_of_row_comes_back_as_it_was(engine: Engine) -> None:
    command.upgrade(a_config(engine), "head")
    store(engine)
    with Session(engine) as session:
        for row in rows():
            kind = type(row)
            back = session.exec(select(kind)).all()
            known = set(row.model_dump()) - {"id", "created_at", "updated_at", "at", "recorded_at"}
            sent = row.model_dump(mode="json", include=known)
            assert sent in [one.model_dump(mode="json", include=known) for one in back]


@pytest.mark.parametrize(
    "twice",
    [
        Holding(
            company_id="cmp_1",
            zone_id="CNHTZ-3205",
            link_id="ic.photoresist",
            lead_id="lead_1",
            since=MOMENT,
        ),
        CompanyJoin(number=9, company_id="cmp_2", into_id="cmp_1", actor="key_1"),
        Company(number=1, names=["丙"]),
        Enterprise(zone_id="CNHTZ-3205", external_id="E", name="厂", created_by="k"),
        Contact(lead_id="lead_none", position=0, name="王"),
    ],
    ids=lambda row: type(row).__name__,
)
def test_what_may_be_there_once_is_there_once(engine: Engine, twice: SQLModel) -> None:
    command.upgrade(a_config(engine), "head")
    store(engine)
    again = type(twice)(**twice.model_dump())
    with Session(engine) as session:
        session.add(again)
        with pytest.raises(IntegrityError):
            session.flush()


def test_a_company_is_joined_again_once_it_was_parted(engine: Engine) -> None:
    command.upgrade(a_config(engine), "head")
    store(engine)
    with Session(engine) as session:
        join = session.exec(select(CompanyJoin)).one()
        join.undone_at, join.undone_by = MOMENT, "key_1"
        session.add(join)
        session.flush()
        session.add(CompanyJoin(number=9, company_id="cmp_2", into_id="cmp_1", actor="key_1"))
        session.commit()
        assert len(session.exec(select(CompanyJoin)).all()) == 2
