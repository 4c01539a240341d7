"""Partners racing for one company: one holder, the first registered; one key, one lead."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from models.company import Holding
from models.event import Event
from models.lead import Lead
from tests.factories import ADMIN, a_core, a_lead, an_investor
from tests.service.racing import Stage, at_once, staged

PARTNERS = 32
CALLS = 64
ROUNDS = int(os.environ.get("BULIAN_TEST_ROUNDS", "2"))
ORIGINAL = "Abc{}光刻胶"
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stage(
    request: pytest.FixtureRequest, postgres_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    folder: Path = tmp_path_factory.mktemp(f"race-{request.param}")
    with staged(request.param, folder, postgres_url) as made:
        yield made


@pytest.fixture(scope="module")
def partners(stage: Stage) -> list[str]:
    return stage.make_partners(PARTNERS)


def disguised(name: str, number: int) -> str:
    """One of 32 ways to write a name: script, case, invisible characters, legal form, width."""
    if number & 1:
        name = name.replace("胶", "膠")
    if number & 2:
        name = name.upper()
    if number & 4:
        name = f"{name[:2]}\u200b{name[2:5]} \u00ad{name[5:]}"
    name += "股份有限公司" if number & 8 else ""
    return name.translate(FULL_WIDTH) if number & 16 else name


def test_disguises_are_all_different() -> None:
    assert len({disguised(ORIGINAL.format(7), number) for number in range(PARTNERS)}) == PARTNERS


@pytest.mark.parametrize("_", range(ROUNDS))
def test_one_holds_the_first_registered(stage: Stage, partners: list[str], _: int) -> None:
    name = ORIGINAL.format(a_core())

    def hand_in(number: int) -> Any:
        body = a_lead(investor=an_investor(name=disguised(name, number)))
        answer = stage.call(number, "POST", "/v1/leads", partners[number], json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    leads: list[str] = at_once(hand_in, range(PARTNERS))

    def accept(turn: int) -> int:
        path = f"/v1/leads/{leads[turn]}/transitions"
        body = {"to": "accepted", "reason": "race"}
        return stage.call(turn, "POST", path, ADMIN, json=body).status_code

    answers = dict(zip(leads, at_once(accept, range(PARTNERS)), strict=True))
    with Session(stage.engine) as session:
        ordered = session.exec(
            select(Lead.id).where(col(Lead.id).in_(leads)).order_by(col(Lead.number))
        ).all()
        held = session.exec(select(Holding).where(col(Holding.lead_id).in_(leads))).all()
        statuses = session.exec(select(Lead.status).where(col(Lead.id).in_(leads))).all()
    first = ordered[0]
    assert [row.lead_id for row in held] == [first]
    assert sorted(statuses) == ["accepted", *["submitted"] * (PARTNERS - 1)]
    assert [lead for lead, status in answers.items() if status == 200] == [first]
    assert set(answers.values()) == {200, 409}
    shown = {
        stage.call(turn, "GET", f"/v1/leads/{leads[turn]}", ADMIN).json()["company_id"]
        for turn in (0, 7, 31)
    }
    assert len(shown) == 1
    assert held[0].company_id in shown


def test_one_idempotency_key_is_one_lead(stage: Stage, partners: list[str]) -> None:
    body = json.dumps(a_lead(investor=an_investor(name="One and Only")))
    headers = {"Idempotency-Key": "only", "Content-Type": "application/json"}

    def send(turn: int) -> tuple[int, str]:
        while True:
            answer = stage.call(
                turn, "POST", "/v1/leads", partners[0], content=body, headers=headers
            )
            if answer.status_code != 409:
                return answer.status_code, answer.json()["id"]
            assert answer.json()["type"] == "urn:bulian:problem:still-running"

    answers = at_once(send, range(CALLS))
    assert {status for status, _ in answers} == {201}
    assert len({lead for _, lead in answers}) == 1
    with Session(stage.engine) as session:
        rows = session.exec(select(Lead)).all()
    assert [row.investor.name for row in rows].count("One and Only") == 1


def test_events_are_numbered_without_gaps_after_the_races(stage: Stage) -> None:
    with Session(stage.engine) as session:
        total = session.exec(select(func.count(col(Event.number)))).one()
        assert session.exec(select(func.max(Event.number))).one() == total
