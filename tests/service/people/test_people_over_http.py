"""People call the service with tokens; keys go on working, whatever becomes of the issuer."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.event import Event
from service import installation, runtime
from service.database import make_engine
from service.people.entrance import Tokens
from service.runtime import NotInstalled
from service.scorer import Scorer
from service.settings import Settings
from tests.factories import ADMIN, a_key, a_policy, an_investor, bearer, register
from tests.service.people.local_issuer import LocalIssuer
from tests.service.people.test_entrance import forged


def calling(service: TestClient, token: str) -> TestClient:
    return TestClient(service.app, headers=bearer(token))


def test_a_person_registers_and_the_log_names_nobody(
    service: TestClient, issuer: LocalIssuer, tokens: Tokens, blank_app: FastAPI
) -> None:
    portal = calling(service, issuer.token(groups=["bulian-portals"]))
    made = register(portal, "investors", an_investor())
    assert portal.patch(f"/v1/investors/{made['id']}", json={"jobs": 5}).status_code == 200
    other = calling(service, issuer.token(groups=["bulian-portals"], sub="another"))
    assert other.patch(f"/v1/investors/{made['id']}", json={"jobs": 6}).status_code == 403
    assert portal.get("/v1/admin/keys").status_code == 403
    admin = calling(service, issuer.token(sub="boss"))
    assert admin.get("/v1/admin/keys").status_code == 200
    with Session(blank_app.state.runtime.engine) as session:
        told = session.exec(select(Event).where(Event.subject_id == made["id"])).all()
    assert {event.actor for event in told} == {tokens.admit(issuer.token()).id}
    assert "somebody" not in "".join(event.model_dump_json() for event in told)


def test_a_repeated_call_of_a_person_makes_one_record(
    service: TestClient, issuer: LocalIssuer
) -> None:
    headers = {"Idempotency-Key": "once"}
    body = an_investor()
    one, again = (
        calling(service, issuer.token()).post("/v1/investors", json=body, headers=headers)
        for _ in range(2)
    )
    assert one.json()["id"] == again.json()["id"]


def test_bad_tokens_are_401_and_say_nothing_of_why(
    service: TestClient, issuer: LocalIssuer
) -> None:
    told: set[str] = set()
    tokens = [token for token in forged(issuer).values() if token.isascii()]
    for token in [*tokens, issuer.token(exp=1), issuer.token(aud="x")]:
        answer = calling(service, token).get("/v1/chains")
        assert answer.status_code == 401, token[:80]
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        told.add(answer.json()["detail"])
    assert len(told) == 1


def test_a_person_without_a_group_may_do_nothing(service: TestClient, issuer: LocalIssuer) -> None:
    answer = calling(service, issuer.token(groups=["others"])).get("/v1/chains")
    assert (answer.status_code, answer.json()["title"]) == (403, "This key may not do that")


def test_an_issuer_that_is_away_stops_no_key(service: TestClient, issuer: LocalIssuer) -> None:
    issuer.is_away = True
    answer = calling(service, issuer.token()).get("/v1/chains")
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:bulian:problem:issuer-away"
    assert answer.headers["Retry-After"] == "5"
    assert calling(service, ADMIN).get("/v1/chains").status_code == 200


def test_tokens_are_no_keys_where_no_issuer_is_set(
    embedded: TestClient, issuer: LocalIssuer
) -> None:
    assert calling(embedded, issuer.token()).get("/v1/chains").status_code == 401
    assert issuer.asked == 0


def draft(admin: TestClient) -> str:
    return register(admin, "admin/policies", a_policy())["id"]


def asked(caller: TestClient, policy_id: str) -> tuple[int, Any]:
    answer = caller.post(f"/v1/admin/policies/{policy_id}/activate", json={})
    return answer.status_code, answer.json().get("status")


@pytest.fixture
def strict(service: TestClient, blank_app: FastAPI) -> TestClient:
    """The application where two administrators are needed."""
    blank_app.state.runtime = replace(blank_app.state.runtime, two_administrators=True)
    return service


def test_a_person_is_one_administrator_by_whatever_key(
    strict: TestClient, issuer: LocalIssuer
) -> None:
    person = calling(strict, issuer.token())
    own = register(person, "admin/keys", a_key(scope="admin"))
    policy_id = draft(person)
    assert asked(person, policy_id) == (200, "draft")
    with_own_key = calling(strict, own["secret"])
    assert asked(with_own_key, policy_id)[0] == 409
    colleague = calling(strict, issuer.token(sub="colleague"))
    assert asked(colleague, policy_id) == (200, "active")


def test_a_key_that_was_given_a_new_secret_by_its_holder_is_the_holders(
    strict: TestClient, issuer: LocalIssuer
) -> None:
    person = calling(strict, issuer.token())
    made = register(person, "admin/keys", a_key(scope="admin"))
    holder = calling(strict, made["secret"])
    secret = holder.post(f"/v1/admin/keys/{made['id']}/rotate").json()["secret"]
    policy_id = draft(person)
    assert asked(person, policy_id) == (200, "draft")
    assert asked(calling(strict, secret), policy_id) == (200, "active")


def test_settings_open_the_entrance_of_an_installation(
    taken: Settings, issuer: LocalIssuer, scorer: Scorer, tmp_path: Path
) -> None:
    engine = make_engine(taken.engine_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT 1")
    installation.migrate(engine)
    with pytest.raises(NotInstalled):
        runtime.assemble(taken, scorer)
    installation.install(engine, taken, lambda: scorer, demo=False)
    engine.dispose()
    made = runtime.assemble(taken, scorer)
    assert made.people is not None
    assert made.people.admit(issuer.token()).id.startswith("per_")
    made.close()
