"""`/metrics`: what it shows, and that it always answers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from service import runtime
from service.redis_store import RedisStore
from service.scorer import Scorer
from service.telemetry.exposition import MEDIA_TYPE, Exposition, merged
from service.telemetry.figures import Figures
from service.telemetry.instruments import DATABASE_UP, HISTOGRAMS
from service.telemetry.neighbours import Neighbours
from service.telemetry.of_database import OF_DATABASE
from service.telemetry.of_process import OF_PROCESS
from tests import databases
from tests.factories import a_gap, an_investor, register, runtime_of

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scraped(client: TestClient) -> str:
    answer = client.get("/metrics")
    assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA_TYPE)
    return answer.text


def samples(text: str) -> Samples:
    """Each value by its name and labels, less the one that tells the processes apart."""
    return {
        (
            one.name,
            frozenset(item for item in one.labels.items() if item[0] != "process"),
        ): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def value(found: Samples, name: str, **labels: str) -> float:
    return found[f"bulian_{name}", frozenset(labels.items())]


def set_parts(client: TestClient, **parts: Any) -> None:
    client.app.state.runtime = replace(runtime_of(client), **parts)  # type: ignore[attr-defined]


def test_requests_cache_and_rankings_are_counted(embedded: TestClient) -> None:
    who = register(embedded, "investors", an_investor())["id"]
    gap = register(embedded, "gaps", a_gap())["id"]
    path = f"/v1/investors/{who}/matches"
    for headers in ({}, {"Range": "bytes=0-1"}, {}, {"Cache-Control": "no-cache"}):
        embedded.get(path, headers=headers)
    embedded.get(f"/v1/gaps/{gap}/matches")
    embedded.get("/v1/nothing")
    found = samples(scraped(embedded))
    asked = {"method": "GET", "path": "/v1/investors/{investor_id}/matches", "status": "2xx"}
    assert value(found, "http_requests_total", **asked) == 4
    assert value(found, "http_request_duration_seconds_count", **asked) == 4
    assert value(found, "http_request_duration_seconds_bucket", le="+Inf", **asked) == 4
    assert value(found, "http_requests_total", method="GET", path="-", status="4xx") == 1
    places = {place: value(found, "cache_hits_total", place=place) for place in PLACES}
    assert places == {"ready": 1, "process": 1, "redis": 0}
    assert value(found, "cache_misses_total") == 2
    assert value(found, "cache_bypasses_total") == 1
    assert value(found, "cache_entries") == 2
    assert value(found, "ranking_duration_seconds_count", of="gaps") == 2
    assert value(found, "ranking_duration_seconds_count", of="investors") == 1
    assert who not in str(found)


PLACES = ("ready", "process", "redis")


def test_the_index_says_how_far_it_is(embedded: TestClient) -> None:
    before = samples(scraped(embedded))
    assert value(before, "index_event") == 0
    assert "bulian_index_lag_events" not in {name for name, _ in before}
    who = register(embedded, "investors", an_investor())["id"]
    embedded.get(f"/v1/investors/{who}/matches")
    for _ in range(2):
        register(embedded, "gaps", a_gap())
    set_parts(embedded, exposition=Exposition())  # which has not seen the database yet
    found = samples(scraped(embedded))
    assert value(found, "index_lag_events") == 2
    assert value(found, "index_event") == value(found, "events_total") - 2
    assert value(found, "index_records", pool="investors") == 1
    assert value(found, "index_records", pool="gaps") == 0


def test_every_metric_is_shown_and_named_as_prometheus_wants(embedded: TestClient) -> None:
    store = RedisStore("redis://127.0.0.1:1/0", "tests", b"secret" * 3)
    set_parts(embedded, cache=type(runtime_of(embedded).cache)(store=store))
    scraped(embedded)  # counted by the next
    text = scraped(embedded)
    shown = set(re.findall(r"^# TYPE bulian_(\w+) ", text, re.MULTILINE))
    told = [*OF_PROCESS, *OF_DATABASE, DATABASE_UP]
    names = {m.name + ("_total" if m.kind == "counter" else "") for m in told}
    unmade = {"index_lag_events", "index_records"}
    assert shown == (names | {name for name, *_ in HISTOGRAMS}) - unmade
    assert all(re.search("[一-龥]", m.zh) and m.en.isascii() and " " in m.help for m in told)
    assert "target_info" not in text
    assert "otel" not in text
    breaker = {s: value(samples(text), "redis_breaker", state=s) for s in ("closed", "open")}
    assert breaker == {"closed": 1, "open": 0}
    store.close()


@pytest.fixture
def dead_end(blank_app: FastAPI, scorer: Scorer) -> Iterator[TestClient]:
    """A service whose database refuses connections; whoever asks has the token."""
    settings = databases.settings_for(
        database_url="postgresql://nobody@127.0.0.1:1/none", metrics_token="token-of-the-scraper"
    )
    blank_app.state.runtime = runtime.assemble(settings, scorer)
    yield TestClient(blank_app, headers={"Authorization": "Bearer token-of-the-scraper"})
    blank_app.state.runtime.close()


def test_the_database_away_costs_only_what_it_alone_knows(dead_end: TestClient) -> None:
    assert dead_end.get("/readyz").status_code == 503
    found = samples(scraped(dead_end))
    assert value(found, "database_up") == 0
    assert value(found, "http_requests_total", method="GET", path="/readyz", status="5xx") == 1
    assert value(found, "cache_entries") == 0
    known_only_there = {f"bulian_{metric.name}" for metric in OF_DATABASE}
    assert not [name for name, _ in found if name.removesuffix("_total") in known_only_there]


def test_one_answers_for_all_processes_of_a_server(embedded: TestClient, tmp_path: Path) -> None:
    set_parts(embedded, neighbours=Neighbours(tmp_path), figures=Figures())
    other = (
        "# HELP bulian_cache_entries x\n# TYPE bulian_cache_entries gauge\n"
        'bulian_cache_entries{process="other"} 7\n'
    )
    (tmp_path / "other.prom").write_text(other, "utf-8")
    text = scraped(embedded)
    held = re.findall(r'^bulian_cache_entries\{process="(\w+)"\} (\S+)$', text, re.MULTILINE)
    assert ("other", "7") in held
    assert len(held) == 2
    assert text.count("# TYPE bulian_cache_entries ") == 1
    assert len(list(text_string_to_metric_families(text))) > 20
    mine = [path for path in tmp_path.glob("*.prom") if path.stem != "other"]
    assert len(mine) == 1
    assert "bulian_database_up" not in mine[0].read_text("utf-8")


def test_lines_of_a_metric_stand_together() -> None:
    one = "# HELP a A\n# TYPE a gauge\na 1\n# HELP b B\nb 1\n"
    two = "# HELP b B\nb 2\n# HELP a A\n# TYPE a gauge\na 2\n"
    assert merged([one, two]) == ("# HELP a A\n# TYPE a gauge\na 1\na 2\n# HELP b B\nb 1\nb 2\n")
    assert merged([]) == ""


def test_a_folder_that_is_full_costs_no_answer(embedded: TestClient, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    set_parts(embedded, neighbours=Neighbours(tmp_path / "file"))
    assert "bulian_database_up 1.0" in scraped(embedded)
