"""The fast lane answers what it may exactly as the ordinary way does, and nothing else."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from service import clock, lane, logs
from service.pulse import Pulse
from service.rate_limiter import RateLimiter
from service.rate_limits import RateLimits
from service.ready import KEY_SECONDS, ReadyAnswers
from service.redis_line import USUAL_LIMITS, RedisLine
from service.runtime import Runtime
from tests.factories import ADMIN, a_gap, a_key, an_investor, bearer, register, runtime_of
from tests.service.valkeys import running_valkey

ORDINARY = {"Range": "bytes=0-1"}
"""Makes a request unusual; no answer heeds it."""
CHANGING = {"server-timing", "x-request-id", "ratelimit", "date"}


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that the lane has answered."""
    paths: list[str] = []
    find = lane._find  # pyright: ignore[reportPrivateUsage]  # the seam between the two ways

    def note(scope: Any, wishes: Any) -> Any:
        found = find(scope, wishes)
        paths.extend([scope["path"]] if found else [])
        return found

    monkeypatch.setattr(lane, "_find", note)
    return paths


class Ticks:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def ticks(embedded: TestClient) -> Iterator[Ticks]:
    made = Ticks()
    engine = runtime_of(embedded).engine
    runtime = set_parts(embedded, ready=ReadyAnswers(ticks=made), pulse=Pulse(engine, made))
    yield made
    runtime.pulse.close()


def set_parts(client: TestClient, **parts: Any) -> Runtime:
    runtime = replace(runtime_of(client), **parts)
    client.app.state.runtime = runtime  # type: ignore[attr-defined]
    return runtime


def paths_of(client: TestClient) -> list[str]:
    """Every route whose answers are kept, and one with filters."""
    who = register(client, "investors", an_investor())["id"]
    gap = register(client, "gaps", a_gap())["id"]
    return [
        f"/v1/investors/{who}/matches",
        f"/v1/investors/{who}/matches?kind=missing&limit=1&as_of=2026-06-01",
        f"/v1/gaps/{gap}/matches",
        f"/v1/investors/{who}/matches/{gap}",
        f"/v1/investors/{who}/stability",
        f"/v1/gaps/{gap}/stability",
    ]


def lasting(answer: Response) -> dict[str, str]:
    return {name: told for name, told in answer.headers.items() if name not in CHANGING}


def test_both_ways_give_the_same_bytes(embedded: TestClient, taken: list[str]) -> None:
    for path in paths_of(embedded):
        first = embedded.get(path)
        for extra in ({}, {"If-None-Match": first.headers["etag"]}, {"X-Request-ID": "own-1"}):
            taken.clear()
            usual = embedded.get(path, headers=ORDINARY | extra)
            assert taken == []
            quick = embedded.get(path, headers=extra)
            assert taken == [path.partition("?")[0]]
            assert (
                quick.status_code == usual.status_code == (304 if "If-None-Match" in extra else 200)
            )
            assert quick.content == usual.content
            assert lasting(quick) == lasting(usual)
            assert set(quick.headers) == set(usual.headers)
            assert quick.headers["x-request-id"].startswith(extra.get("X-Request-ID", "req_"))
            assert quick.headers["server-timing"].startswith("ranking;dur=")


def test_no_write_is_overtaken(admin: TestClient, taken: list[str]) -> None:
    path = paths_of(admin)[0]
    for severity in range(3):
        gap = register(admin, "gaps", a_gap(severity=severity))
        assert gap["id"] in admin.get(path).text
        assert admin.get(path).headers["cache-status"] == "bulian; hit"
    assert len(taken) == (3 if runtime_of(admin).engine.dialect.name == "sqlite" else 0)


@pytest.mark.parametrize(
    "headers",
    [
        ORDINARY,
        {"Cache-Control": "no-cache"},
        {"Cache-Control": "no-store"},
        {"If-Match": '"1"'},
        {"Content-Length": "0"},
        {"Expect": "100-continue"},
    ],
)
def test_the_unusual_goes_the_ordinary_way(
    embedded: TestClient, taken: list[str], headers: dict[str, str]
) -> None:
    path = paths_of(embedded)[0]
    embedded.get(path)
    embedded.get(path, headers=headers)
    embedded.head(path)
    embedded.get(path + "?")
    assert embedded.get(path, headers={"Authorization": ""}).status_code == 401
    assert embedded.get(path + "?limit=0").status_code == 422
    assert taken == [path]  # "?" alone is the same query


def test_two_headers_of_a_kind_are_unusual() -> None:
    one, two = (b"authorization", b"Bearer a"), (b"authorization", b"Bearer b")
    wishes = lane._Wishes([one, two])  # pyright: ignore[reportPrivateUsage]  # the seam
    assert not wishes.is_usual
    twice = [(b"cache-control", b"max-stale=5"), (b"cache-control", b"max-stale=9")]
    assert not lane._Wishes(twice).is_usual  # pyright: ignore[reportPrivateUsage]  # the seam
    tags = [(b"if-none-match", b'"a"'), (b"if-none-match", b'"b"')]
    assert lane._Wishes(tags).tags == '"a", "b"'  # pyright: ignore[reportPrivateUsage]  # the seam


def test_a_revoked_key_and_a_narrow_one_get_nothing(embedded: TestClient, taken: list[str]) -> None:
    path = paths_of(embedded)[0]
    made = embedded.post("/v1/admin/keys", json=a_key(scope="portal")).json()
    portal = bearer(made["secret"])
    for _ in range(2):
        assert embedded.get(path, headers=portal).status_code == 200
    assert len(taken) == 1
    narrow = embedded.post("/v1/admin/keys", json=a_key(scope="portal")).json()
    embedded.delete(f"/v1/admin/keys/{made['id']}")
    for _ in range(2):
        assert embedded.get(path, headers=portal).status_code == 401
    assert (
        embedded.get(path, headers={**portal, "Cache-Control": "max-stale=60"}).status_code == 401
    )
    assert embedded.get(path, headers=bearer(narrow["secret"])).status_code == 200


def test_a_key_ends_in_time(
    embedded: TestClient, taken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, now = paths_of(embedded)[0], clock.now()
    end = (now + timedelta(hours=1)).isoformat()
    key = embedded.post("/v1/admin/keys", json=a_key(scope="portal", expires_at=end)).json()
    asked = bearer(key["secret"])
    for _ in range(2):
        assert embedded.get(path, headers=asked).status_code == 200
    assert len(taken) == 1
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=2))
    assert embedded.get(path, headers=asked).status_code == 401
    assert len(taken) == 1


def test_a_limit_is_kept_to_the_call(embedded: TestClient, taken: list[str]) -> None:
    path = paths_of(embedded)[0]
    key = embedded.post("/v1/admin/keys", json=a_key(scope="portal", rate_limit=4)).json()
    answers = [embedded.get(path, headers=bearer(key["secret"])) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 2
    assert [answer.headers["ratelimit"].partition(";t")[0] for answer in answers] == [
        f'"key";r={left}' for left in (3, 2, 1, 0, 0, 0)
    ]
    assert len(taken) == 3


def test_the_limit_is_asked_of_redis_where_it_may_be_used_up(
    embedded: TestClient, taken: list[str], tmp_path: Path
) -> None:
    with running_valkey(tmp_path) as valkey:
        line = RedisLine(valkey.url, "lane:", USUAL_LIMITS)
        set_parts(embedded, limiter=RateLimiter(RateLimits(), line))
        path = paths_of(embedded)[0]
        for _ in range(4):
            assert embedded.get(path).status_code == 200
        assert 1 <= len(taken) <= 3
        key = embedded.post("/v1/admin/keys", json=a_key(scope="portal", rate_limit=10)).json()
        taken.clear()
        for _ in range(3):
            assert embedded.get(path, headers=bearer(key["secret"])).status_code == 200
        assert taken == []


def test_who_accepts_age_gets_it(embedded: TestClient, taken: list[str], ticks: Ticks) -> None:
    path = paths_of(embedded)[0]
    patient = {"Cache-Control": "max-stale=30"}
    old = embedded.get(path)
    register(embedded, "gaps", a_gap())
    ticks.seconds += 30
    assert embedded.get(path, headers=patient).content == old.content
    assert taken == [path]
    ticks.seconds += 0.1
    fresh = embedded.get(path, headers=patient)
    assert fresh.json()["eligible"] == old.json()["eligible"] + 1
    assert embedded.get(path).content == fresh.content


def test_without_a_look_at_the_log_keys_are_believed_for_a_second(
    embedded: TestClient, taken: list[str], ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on PostgreSQL, where a look would take as long as the ordinary way."""
    path = paths_of(embedded)[0]
    monkeypatch.setattr(runtime_of(embedded).pulse, "_path", None)
    patient = {"Cache-Control": "max-stale=30"}
    embedded.get(path)
    assert embedded.get(path).status_code == 200
    assert taken == []
    embedded.get(path, headers=patient)
    assert taken == [path]
    ticks.seconds += KEY_SECONDS + 0.1
    embedded.get(path, headers=patient)
    assert taken == [path]


def test_another_day_is_another_answer(
    embedded: TestClient, taken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, today = paths_of(embedded)[0], clock.china_day()
    embedded.get(path)
    monkeypatch.setattr(clock, "china_day", lambda: today + timedelta(days=1))
    patient = {"Cache-Control": "max-stale=30"}
    assert embedded.get(path, headers=patient).status_code == 200
    assert taken == []


def test_the_line_in_the_log_is_that_of_any_request(
    embedded: TestClient, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = paths_of(embedded)[0]
    embedded.get(path)
    monkeypatch.setattr(logs, "_is_ours", lambda: True)
    capsys.readouterr()
    for headers in ({}, ORDINARY):
        embedded.get(path, headers={**headers, "X-Request-ID": "own-1"})
    quick, usual = map(json.loads, capsys.readouterr().err.splitlines())
    assert set(quick) == set(usual)
    for name in ("method", "path", "status", "event", "request_id", "level"):
        assert quick[name] == usual[name], name
    assert ADMIN not in str(quick)
