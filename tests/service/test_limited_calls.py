"""What callers see of limits: headers on every answer, 429 with a wait, and nobody locked out."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from service.rate_limiter import RateLimiter
from service.rate_limits import RateLimits
from tests.factories import PARTNER, PORTAL, a_key, an_investor, bearer, register, runtime_of

NOBODY = "bul_" + "x" * 43


def limited(client: TestClient, **limits: int) -> TestClient:
    """A caller of the same application under these limits."""
    state = client.app.state  # type: ignore[attr-defined]
    state.runtime = replace(runtime_of(client), limiter=RateLimiter(RateLimits(**limits)))
    return client


def test_answers_tell_of_the_limit(embedded: TestClient) -> None:
    path = f"/v1/investors/{register(embedded, 'investors', an_investor())['id']}/matches"
    limited(embedded, portal=100)
    for left in (99, 98):
        answer = embedded.get(path, headers=bearer(PORTAL))
        assert answer.headers["RateLimit"] == f'"portal";r={left};t=60'
        assert answer.headers["RateLimit-Policy"] == '"portal";q=100;w=60'
    held = {"If-None-Match": answer.headers["ETag"]}
    unchanged = embedded.get(path, headers=bearer(PORTAL) | held)
    assert (unchanged.status_code, unchanged.headers["RateLimit"]) == (304, '"portal";r=97;t=60')
    assert "RateLimit" not in embedded.get("/healthz").headers


def test_a_key_that_calls_too_often_waits(embedded: TestClient) -> None:
    key = embedded.post("/v1/admin/keys", json=a_key(rate_limit=3)).json()
    assert key["rate_limit"] == 3
    headers = bearer(key["secret"])
    answers = [embedded.get("/v1/gaps", headers=headers) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    refused = answers[-1]
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["type"] == "urn:bulian:problem:too-many-calls"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["RateLimit"] == f'"key";r=0;t={refused.headers["Retry-After"]}'
    written = embedded.post("/v1/investors", json=an_investor(), headers=headers)
    assert written.status_code == 429
    assert embedded.get("/v1/investors").json()["items"] == []


def test_refused_calls_count_too(embedded: TestClient) -> None:
    limited(embedded, partner=2)
    answers = [embedded.get("/v1/investors", headers=bearer(PARTNER)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [403, 403, 429]


def test_strangers_wait_and_lock_nobody_out(embedded: TestClient) -> None:
    limited(embedded, failed=4)
    wrong = [embedded.get("/v1/gaps", headers=bearer(NOBODY)) for _ in range(3)]
    wrong += [TestClient(embedded.app).get("/v1/gaps") for _ in range(2)]
    assert [answer.status_code for answer in wrong] == [401] * 4 + [429]
    assert wrong[0].headers["RateLimit-Policy"] == '"failed";q=4;w=60'
    assert embedded.post("/v1/gaps", json={}, headers=bearer(NOBODY)).status_code == 429
    assert embedded.get("/v1/gaps", headers=bearer(PORTAL)).status_code == 200


@pytest.mark.parametrize("limit", [0, -1, 10_000_001, 1.5, "many"])
def test_limits_that_make_no_sense_are_refused(embedded: TestClient, limit: object) -> None:
    answer = embedded.post("/v1/admin/keys", json=a_key(rate_limit=limit))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", "rate_limit"]
