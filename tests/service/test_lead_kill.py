"""`kill -9` in the middle of submissions: every acknowledged lead is there, none twice."""

import json
import threading
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, func, select

from models.contact import Contact
from models.lead import Lead, LeadMove
from tests.factories import a_lead, a_person, bearer
from tests.service.racing import Stage, at_once, engine_of, environment_of
from tests.service.test_cli import Serving

THREADS = 8
LEADS = 64
KILLED_AFTER = 16

BODIES = [json.dumps(a_lead(**a_person(phone=str(number)))) for number in range(LEADS)]


@dataclass
class Partner:
    """One that hands in all its leads, from several threads, and notes what was acknowledged."""

    key: str
    client: httpx2.Client
    acknowledged: dict[int, str] = field(default_factory=dict[int, str])
    enough: threading.Event = field(default_factory=threading.Event)

    def submit(self, url: str, number: int) -> str | None:
        """The id of the lead with that number; None when the server is gone."""
        name = {"Idempotency-Key": f"lead-{number}", "Content-Type": "application/json"}
        try:
            answer = self.client.post(
                f"{url}/v1/leads", content=BODIES[number], headers=name | bearer(self.key)
            )
        except httpx2.TransportError:
            return None
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def submit_some(self, url: str, first: int) -> None:
        """Every eighth lead, until the server is gone."""
        for number in range(first, LEADS, THREADS):
            lead = self.submit(url, number)
            if lead is None:
                return
            self.acknowledged[number] = lead
            if len(self.acknowledged) >= KILLED_AFTER:
                self.enough.set()

    def submit_until_killed(self, server: Serving) -> None:
        """All leads at once; the server is killed when some are acknowledged."""

        def kill() -> None:
            self.enough.wait(120)
            server.process.kill()

        killer = threading.Thread(target=kill)
        killer.start()
        at_once(lambda first: self.submit_some(server.url, first), range(THREADS))
        killer.join()
        server.process.wait()


def ids(engine: Engine) -> set[str]:
    with Session(engine) as session:
        return set(session.exec(select(Lead.id)))


def rows(engine: Engine, table: type[SQLModel]) -> int:
    with Session(engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_acknowledged_lead_is_there_once(
    kind: str, tmp_path: Path, postgres_url: str
) -> None:
    environment = environment_of(kind, tmp_path, postgres_url)
    server = Serving(environment, tmp_path, "--no-demo")
    engine = engine_of(environment)
    stage = Stage([server], engine)
    (key,) = stage.make_partners(1)
    partner = Partner(key, stage.client)
    partner.submit_until_killed(server)
    acknowledged = partner.acknowledged
    assert KILLED_AFTER <= len(acknowledged) < LEADS

    back = Serving(environment, tmp_path, "--no-demo")
    try:
        stored = ids(engine)
        assert set(acknowledged.values()) <= stored
        assert len(stored) <= len(acknowledged) + THREADS
        again = {number: partner.submit(back.url, number) for number in range(LEADS)}
    finally:
        back.stop()
    assert {number: again[number] for number in acknowledged} == acknowledged
    assert ids(engine) == set(again.values())
    assert [rows(engine, table) for table in (Lead, LeadMove, Contact)] == [LEADS] * 3
    with Session(engine) as session:
        numbers = session.exec(select(Lead.number).order_by(col(Lead.number))).all()
    assert len(set(numbers)) == LEADS
    engine.dispose()
    stage.client.close()
