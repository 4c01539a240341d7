"""Officers' words come back as they were stored, and gaps there were are declared ones."""

from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from matching.vocabulary import GapKind, LinkStatus, Region
from models.gap import Gap
from models.override import LinkOverride, PlacementCorrection
from models.zone import Zone
from tests.deploy.migrations.configs import a_config

TABLES = {"link_override", "placement_correction"}
SAID: dict[str, Any] = {"zone_id": "Z-1", "reason": "走访\n所见", "created_by": "key_1"}


def a_zone() -> Zone:
    return Zone(
        id="Z-1", created_by="key_1", name_zh="示例区", province_code="32", region=Region.EAST
    )


def a_gap(number: int, *, is_computed: bool) -> Gap:
    return Gap(
        number=number,
        created_by="key_1",
        zone_id="Z-1",
        kind=GapKind.WEAK,
        chain_id="ic",
        link_id="ic.photoresist",
        is_computed=is_computed,
    )


@pytest.fixture
def migrated(engine: Engine) -> Engine:
    command.upgrade(a_config(engine), "head")
    return engine


def test_words_come_back_as_they_were(migrated: Engine) -> None:
    status = LinkOverride(**SAID, link_id="ic.photoresist", status=LinkStatus.WEAK)
    links = PlacementCorrection(**SAID, external_id="E/1", link_ids=["ic.photoresist"])
    sent = [status.model_dump(), links.model_dump()]
    with Session(migrated) as session:
        session.add(a_zone())
        session.flush()
        session.add_all([status, links])
        session.commit()
        rows = (
            session.exec(select(LinkOverride)).one(),
            session.exec(select(PlacementCorrection)).one(),
        )
        assert [row.model_dump() for row in rows] == sent


def test_there_is_one_word_a_link(migrated: Engine) -> None:
    with Session(migrated) as session:
        session.add(a_zone())
        session.flush()
        session.add(LinkOverride(**SAID, link_id="ic.eda", status=LinkStatus.WEAK))
        session.commit()
    with Session(migrated) as session:
        session.add(LinkOverride(**SAID, link_id="ic.eda", status=LinkStatus.STRONG))
        with pytest.raises(IntegrityError):
            session.flush()


def test_gaps_there_were_are_declared_and_the_way_back_keeps_them(migrated: Engine) -> None:
    before = set(inspect(migrated).get_table_names())
    with Session(migrated) as session:
        session.add(a_zone())
        session.flush()
        session.add_all([a_gap(1, is_computed=True), a_gap(2, is_computed=False)])
        session.commit()
    command.downgrade(a_config(migrated), "0010")
    command.downgrade(a_config(migrated), "-1")
    assert before - set(inspect(migrated).get_table_names()) == TABLES
    with migrated.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM gap")).scalar() == 2
    command.upgrade(a_config(migrated), "head")
    with Session(migrated) as session:
        assert list(session.exec(select(Gap.is_computed))) == [False, False]
    assert "uq_gap_created_by_external_id" in {
        index["name"] for index in inspect(migrated).get_indexes("gap")
    }
