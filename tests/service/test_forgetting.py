"""What is kept for some time only goes by itself: outcomes of POSTs, and sessions."""

from datetime import timedelta

from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.browser_session import BrowserSession
from models.idempotency import IdempotencyRecord
from service import clock, database
from service.background import forget
from service.repositories.idempotency import PURGED_A_CALL
from service.usecases.sessions import IDLE, open_session
from tests.factories import ADMIN, a_gap, runtime_of


def a_record(number: int, expires_in: timedelta) -> IdempotencyRecord:
    said = {"owner": "key_1", "key": str(number), "method": "POST", "path": "/v1/gaps"}
    made = {"body_digest": "0" * 64, "status": 201, "resource_type": "gap", "resource_id": "gap_1"}
    return IdempotencyRecord.model_validate(
        {**said, **made, "expires_at": clock.now() + expires_in}
    )


def test_outcomes_that_have_expired_are_forgotten(embedded: TestClient) -> None:
    engine, hour = runtime_of(embedded).engine, timedelta(hours=1)
    with database.transaction(engine) as session:
        session.add_all(a_record(number, -hour) for number in range(PURGED_A_CALL + 1))
    headers = {"Idempotency-Key": "mine"}
    made = embedded.post("/v1/gaps", json=(body := a_gap()), headers=headers).json()
    forget(engine)
    with Session(engine) as session:
        assert list(session.exec(select(IdempotencyRecord.key))) == ["mine"]
    assert embedded.post("/v1/gaps", json=body, headers=headers).json()["id"] == made["id"]


def test_sessions_that_are_over_are_forgotten(embedded: TestClient) -> None:
    engine = runtime_of(embedded).engine
    with database.transaction(engine) as session:
        for _ in range(2):
            open_session(session, ADMIN)
        idle, used = session.exec(select(BrowserSession)).all()
        idle.last_seen_at = clock.now() - IDLE
        kept = used.digest
    forget(engine)
    with Session(engine) as session:
        assert list(session.exec(select(BrowserSession.digest))) == [kept]
