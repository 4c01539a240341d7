"""The register of the pool: level with the log after every change, and after a log was put back."""

from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session
from starlette.testclient import TestClient

from service.pool_register import PoolRegister
from service.repositories import feed
from tests.factories import an_investor, register
from tests.service.test_identities import a_company


@pytest.fixture
def pool(engine: Engine) -> "Pool":
    return Pool(engine)


class Pool:
    """A register that is asked in a session of its own each time."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.register = PoolRegister()

    def like(self, *names: str, **codes: Any) -> list[str]:
        with Session(self.engine) as session:
            return list(self.register.like(session, a_company(*names, **codes)))


def enter(portal: TestClient, name: str, **fields: Any) -> str:
    return register(portal, "investors", an_investor(name=name, **fields))["id"]


def test_what_is_registered_changed_or_closed_is_known_at_once(
    portal: TestClient, pool: Pool
) -> None:
    assert pool.like("示例光刻胶") == []
    first = enter(portal, "示例光刻胶有限公司")
    assert pool.like("示例光刻胶") == [first]
    second = enter(portal, "Other", aliases=["示例光刻胶"])
    third = enter(portal, "Third", names=[{"lang": "zh", "name": "示例光刻胶股份有限公司"}])
    assert pool.like("示例光刻胶") == [first, second, third]
    portal.patch(f"/v1/investors/{first}", json={"name": "别家公司"})
    assert pool.like("示例光刻胶") == [second, third]
    portal.delete(f"/v1/investors/{second}")
    assert pool.like("示例光刻胶") == [third]
    assert pool.like("别家公司") == [first]


def test_an_identifier_finds_it_under_any_name(portal: TestClient, pool: Pool) -> None:
    lei = "529900T8BM49AURSDO55"
    made = enter(portal, "Example", lei=lei)
    assert pool.like("毫不相干", lei=lei) == [made]


def test_a_session_that_sees_less_changes_nothing(portal: TestClient, pool: Pool) -> None:
    with Session(pool.engine) as early:
        feed.last_mark(early)
        made = enter(portal, "示例光刻胶")
        assert pool.like("示例光刻胶") == [made]
        assert list(pool.register.like(early, a_company("示例光刻胶"))) == [made]


def test_a_log_that_was_put_back_is_read_anew(portal: TestClient, pool: Pool) -> None:
    enter(portal, "示例光刻胶")
    assert len(pool.like("示例光刻胶")) == 1
    with pool.engine.begin() as connection:
        connection.execute(text("UPDATE event SET id = 'evt_' || number"))
        connection.execute(text("UPDATE investor SET name = '别家公司'"))
    enter(portal, "第三家公司")
    assert pool.like("示例光刻胶") == []
    assert len(pool.like("别家公司")) == 1
