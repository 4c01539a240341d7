"""Rows that are stored many at a time come back as they were, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from matching.vocabulary import GapStatus
from models.gap import Gap, GapCreate
from service import database
from service.repositories import bulk, gaps
from tests.factories import a_gap

OWNER = "key_bulk"
MOMENT = datetime(2030, 1, 1, 8, 30, 15, 123456, tzinfo=UTC)
ODD = '甲\t乙\\N\n"丙"😀'


def rows_of(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        said = a_gap(
            external_id=f"B-{number}",
            products=["光刻胶", "a\\b\"c'"],
            description=ODD,
            land_ha=2.5,
            valid_until="2030-12-31",
        )
        yield vars(GapCreate.model_validate(said)) | {
            "id": f"gap_bulk_{number}",
            "number": 1_000_000 + number,
            "created_by": OWNER,
            "status": GapStatus.OPEN,
            "chain_id": "ic",
            "is_placed": False,
            "filled": 0,
            "is_computed": False,
            "version": 1,
            "created_at": MOMENT,
            "updated_at": MOMENT,
        }


def test_rows_come_back_as_they_were(engine: Engine) -> None:
    with database.transaction(engine) as session:
        bulk.insert_all(session, Gap, rows_of(3))
    with Session(engine) as session:
        statement = select(Gap).where(Gap.created_by == OWNER).order_by(col(Gap.number))
        found = [row.model_dump() for row in session.exec(statement)]
    assert found == list(rows_of(3))


def test_no_rows_are_no_matter(engine: Engine) -> None:
    with database.transaction(engine) as session:
        bulk.insert_all(session, Gap, iter(()))


def test_a_column_that_is_missing_is_told_and_nothing_stored(engine: Engine) -> None:
    rows = list(rows_of(2))
    del rows[1]["filled"]
    with pytest.raises(KeyError), database.transaction(engine) as session:
        bulk.insert_all(session, Gap, rows)
    with Session(engine) as session:
        assert session.exec(select(Gap.id).where(Gap.created_by == OWNER)).all() == []


def test_rows_are_found_among_very_many_ids(engine: Engine) -> None:
    with database.transaction(engine) as session:
        bulk.insert_all(session, Gap, rows_of(3))
    wanted = [f"B-{number}" for number in range(1, 1001)]
    with database.transaction(engine) as session:
        assert sorted(gaps.by_external_id(session, OWNER, wanted)) == ["B-1", "B-2"]
        assert gaps.by_external_id(session, OWNER, []) == {}
        assert gaps.by_external_id(session, "key_other", wanted) == {}
