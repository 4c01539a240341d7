"""Administrators' policies over HTTP: a draft moves nothing, an active one rules from its day."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.testclient import TestClient

from models.policy_draft import PolicyActivation
from service import clock
from service.runtime import Runtime, Work, assemble
from service.security import OPERATOR
from service.settings import Settings
from service.usecases import policy_life
from tests.factories import a_gap, a_policy, an_investor, register

ADMIN_PATH = "/v1/admin/policies"
LABOUR = {"jobs": 3000, "planned_investment_max_cny": 100_000_000}


def draft(admin: TestClient, **fields: Any) -> dict[str, Any]:
    return register(admin, "admin/policies", a_policy(**fields))


def activate(admin: TestClient, policy: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = admin.post(f"{ADMIN_PATH}/{policy['id']}/activate", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def roll_back(admin: TestClient, policy: dict[str, Any]) -> dict[str, Any]:
    answer = admin.post(f"{ADMIN_PATH}/{policy['id']}/rollback")
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def ranking(admin: TestClient) -> str:
    """The path of a ranking with something in it."""
    gap = register(admin, "gaps", a_gap())
    register(admin, "investors", an_investor(emissions_tco2e=10, planned_output_cny=10**9))
    return f"/v1/gaps/{gap['id']}/matches"


def test_a_draft_starts_from_the_policy_in_force(admin: TestClient) -> None:
    made = draft(admin)
    assert (made["status"], made["version"], made["revision"]) == ("draft", 1, 1)
    assert (made["based_on"], made["effective_from"]) == ("national-2026", None)
    assert {row["weak_foreign"] for row in [made["weights"]["ecology"]]} == {900}
    for case in ("weak_foreign", "weak_domestic", "missing_foreign", "missing_domestic"):
        assert sum(row[case] for row in made["weights"].values()) == 10_000
    assert admin.get(f"{ADMIN_PATH}/{made['id']}").json() == made
    assert made["id"] not in admin.get("/v1/policies").text
    assert admin.get(f"/v1/policies/{made['id']}").status_code == 404


def test_a_draft_moves_no_ranking_and_cannot_be_asked_for(admin: TestClient, ranking: str) -> None:
    before = admin.get(ranking).content
    made = draft(admin)
    assert admin.get(ranking).json()["policy"]["id"] == "national-2026"
    assert admin.get(ranking).json()["matches"] == admin.get(ranking).json()["matches"]
    refused = admin.get(ranking, params={"policy_id": made["id"]})
    assert refused.status_code == 422
    assert "known: national-2026" in refused.json()["detail"]
    assert admin.get(ranking).content == before


def test_an_activated_policy_rules_and_a_rollback_brings_the_old_bytes_back(
    admin: TestClient, ranking: str
) -> None:
    before = admin.get(ranking).content
    made = draft(admin)
    ruling = activate(admin, made)
    assert (ruling["status"], ruling["ruleset"]) == ("active", made["ruleset"])
    now = admin.get(ranking).json()
    assert now["policy"] == {"id": made["id"], "version": 1}
    assert now["ruleset"] == made["ruleset"]
    weights = {c["criterion"]: c["weight"] for c in now["matches"][0]["components"]}
    assert weights["ecology"] == 900
    criteria = {c["criterion"]: c for c in admin.get("/v1/criteria").json()["items"]}
    assert criteria["ecology"]["weights"] == ruling["weights"]["ecology"]
    statuses = {p["id"]: p["status"] for p in admin.get("/v1/policies").json()["items"]}
    assert statuses == {made["id"]: "active", "national-2026": "retired"}
    over = roll_back(admin, made)
    assert (over["status"], over["effective_until"]) == ("retired", str(clock.china_day()))
    assert admin.get(ranking).content == before
    assert admin.get(f"/v1/policies/{made['id']}").json()["status"] == "retired"


def test_a_day_keeps_the_policy_that_ruled_on_it(
    admin: TestClient, ranking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.china_day()
    first = today + timedelta(days=10)
    made = activate(admin, draft(admin), effective_from=str(first))
    assert made["status"] == "coming"

    def ruling(day: date | None = None) -> str:
        asked = {} if day is None else {"as_of": str(day)}
        return admin.get(ranking, params=asked).json()["policy"]["id"]

    assert ruling() == "national-2026"
    assert ruling(first) == made["id"]
    assert ruling(first - timedelta(days=1)) == "national-2026"
    monkeypatch.setattr(clock, "china_day", lambda: first + timedelta(days=5))
    assert ruling() == made["id"]
    roll_back(admin, made)
    assert ruling() == "national-2026"
    assert ruling(first + timedelta(days=4)) == made["id"]
    assert admin.post(f"{ADMIN_PATH}/{made['id']}/rollback").status_code == 409


def test_one_that_has_not_begun_is_rolled_back_before_it_ever_rules(admin: TestClient) -> None:
    first = clock.china_day() + timedelta(days=10)
    made = activate(admin, draft(admin), effective_from=str(first))
    over = roll_back(admin, made)
    assert over["effective_until"] == over["effective_from"] == str(first)
    assert over["status"] == "retired"


def test_of_two_that_begin_on_one_day_the_one_activated_last_rules(
    admin: TestClient, ranking: str
) -> None:
    one, two = draft(admin, name_en="One"), draft(admin, name_en="Two")
    activate(admin, two)
    activate(admin, one)
    assert admin.get(ranking).json()["policy"]["id"] == one["id"]
    roll_back(admin, one)
    assert admin.get(ranking).json()["policy"]["id"] == two["id"]


def test_a_receipt_can_be_replayed_after_its_policy_was_rolled_back(
    admin: TestClient, ranking: str
) -> None:
    made = draft(admin)
    activate(admin, made)
    match = admin.get(ranking).json()["matches"][0]
    roll_back(admin, made)
    again = admin.post("/v1/receipts/replay", json={"receipt": match["receipt"]})
    assert again.status_code == 200
    assert again.json()["match"]["components"] == match["components"]


def test_another_process_rules_by_it_in_its_next_answer(
    app: FastAPI, admin: TestClient, settings: Settings, ranking: str
) -> None:
    other = assemble(settings, app.state.runtime.scorer)
    made = activate(admin, draft(admin))
    mine, app.state.runtime = app.state.runtime, other
    try:
        assert admin.get(ranking).json()["policy"]["id"] == made["id"]
    finally:
        app.state.runtime = mine
        other.close()


def test_what_was_rolled_back_with_its_transaction_rules_nowhere(
    app: FastAPI, admin: TestClient, engine: Engine, ranking: str
) -> None:
    made = draft(admin)
    runtime: Runtime = app.state.runtime
    later = clock.china_day() + timedelta(days=30)
    with Session(engine) as session:
        work = Work(session, OPERATOR, runtime)
        seen = policy_life.activate(work, made["id"], PolicyActivation(effective_from=later))
        assert seen.status == "coming"
        session.rollback()
    activate(admin, made)
    assert admin.get(ranking).json()["policy"]["id"] == made["id"]


def test_a_change_is_laid_over_the_draft(admin: TestClient) -> None:
    made = draft(admin)
    path = f"{ADMIN_PATH}/{made['id']}"
    changed = admin.patch(path, json={"neutral": 350, "name_en": "Ecology"}).json()
    assert (changed["version"], changed["revision"], changed["neutral"]) == (2, 2, 350)
    assert changed["weights"] == made["weights"]
    assert changed["ruleset"] != made["ruleset"]
    assert admin.patch(path, json={}).json() == changed
    stale = admin.patch(path, json={"neutral": 300}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    cleared = admin.patch(path, json={"name_en": None})
    assert cleared.status_code == 422
    assert cleared.json()["errors"][0]["loc"] == ["body", "name_en"]


def test_what_was_activated_stays_as_it_was(admin: TestClient) -> None:
    made = draft(admin)
    path = f"{ADMIN_PATH}/{made['id']}"
    assert admin.post(f"{path}/rollback").status_code == 409
    activate(admin, made)
    assert admin.patch(path, json={"neutral": 350}).status_code == 409
    assert admin.post(f"{path}/activate", json={}).status_code == 409
    following = draft(admin, based_on=made["id"], weights={"site_fit": 800})
    assert following["based_on"] == made["id"]
    assert following["weights"]["site_fit"]["weak_foreign"] == 800


def test_a_draft_can_be_based_on_a_draft(admin: TestClient) -> None:
    first = draft(admin, weights=None, neutral=300)
    second = draft(admin, weights=None, based_on=first["id"])
    assert (second["neutral"], second["based_on"]) == (300, first["id"])


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"weights": {"ecolgy": 900}}, "did you mean 'ecology'"),
        ({"weights": {"ecology": {"weak_foreign": 900}}}, "add up to 10500, not 10000"),
        ({"orientation": {"west": {"labour_intensive": 2000}}}, "from 0 to 1000"),
        ({"neutral": 5000}, "from 0 to 1000"),
        ({"based_on": "pol_nothing"}, "There is no policy pol_nothing"),
    ],
)
def test_a_wrong_figure_is_named(admin: TestClient, fields: dict[str, Any], told: str) -> None:
    answer = admin.post(ADMIN_PATH, json=a_policy(**fields))
    assert answer.status_code == 422
    assert told in answer.json()["detail"]


@pytest.mark.parametrize("name", ["ecology", "(number)", "(table)"])
@pytest.mark.parametrize(
    ("weight", "rest"),
    [
        ("900", []),
        (None, []),
        ([900], []),
        ({"a": "900"}, ["a"]),
        ({"(table)": "900"}, ["(table)"]),
    ],
)
def test_the_place_of_a_wrong_weight_is_told_in_names_of_fields(
    embedded: TestClient, name: str, weight: object, rest: list[str]
) -> None:
    answer = embedded.post(ADMIN_PATH, json=a_policy(weights={name: weight}))
    assert answer.status_code == 422
    assert [error["loc"] for error in answer.json()["errors"]] == [["body", "weights", name, *rest]]


def test_a_wrong_change_is_named_and_leaves_the_draft_as_it_was(embedded: TestClient) -> None:
    made = draft(embedded)
    path = f"{ADMIN_PATH}/{made['id']}"
    answer = embedded.patch(path, json={"weights": {"ecology": 20_000}})
    assert answer.status_code == 422
    assert "from 0 to 10000" in answer.json()["detail"]
    assert embedded.get(path).json() == made


def test_history_cannot_be_changed(admin: TestClient) -> None:
    made = draft(admin)
    yesterday = str(clock.china_day() - timedelta(days=1))
    answer = admin.post(f"{ADMIN_PATH}/{made['id']}/activate", json={"effective_from": yesterday})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", "effective_from"]


def test_the_list_is_paged_newest_first_and_a_replay_makes_no_second(admin: TestClient) -> None:
    made = [draft(admin, name_en=f"Draft {n}")["id"] for n in range(3)]
    headers = {"Idempotency-Key": "policy"}
    made.append(admin.post(ADMIN_PATH, json=a_policy(), headers=headers).json()["id"])
    again = admin.post(ADMIN_PATH, json=a_policy(), headers=headers)
    assert (again.json()["id"], again.headers["Idempotency-Replayed"]) == (made[-1], "true")
    page = admin.get(ADMIN_PATH, params={"limit": 3}).json()
    rest = admin.get(ADMIN_PATH, params={"limit": 3, "cursor": page["next_cursor"]}).json()
    assert [p["id"] for p in page["items"] + rest["items"]] == made[::-1]
    assert rest["next_cursor"] is None


def test_an_unknown_policy_is_a_404(admin: TestClient) -> None:
    for method, path in (("GET", ""), ("PATCH", ""), ("POST", "/activate"), ("POST", "/rollback")):
        answer = admin.request(method, f"{ADMIN_PATH}/national-2026{path}", json={})
        assert answer.status_code == 404, (method, path)
