"""Dashboard, alerts and their pages speak of metrics that there are, and of each other."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import promql_parser as promql
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from service.cache import Cache
from service.redis_store import RedisStore
from service.telemetry.exposition import Exposition
from tests.factories import an_investor, register, runtime_of

ROOT = Path(__file__).parents[2]
FILES = ROOT / "deploy/observability"
BOOKS = ROOT / "docs/operation/runbooks"
ALERTS: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((FILES / "alerts.yml").read_text("utf-8"))["groups"]
    for rule in group["rules"]
]
DASHBOARD = json.loads((FILES / "dashboard.json").read_text("utf-8"))
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
QUERIES = [target["expr"] for panel in PANELS for target in panel["targets"]]
QUESTIONS = [alert["expr"] for alert in ALERTS] + QUERIES
PROMETHEUS_OWN = {"up": {"job"}}
OF_THE_SCRAPE = {"instance", "job"}
GROWING = re.compile(r"_(total|bucket|sum|count)$")


def read(question: str) -> promql.Expr:
    """A question as Prometheus gets it, Grafana's variables filled in."""
    text = question.replace("$__rate_interval", "5m").replace("$instance", ".*")
    return promql.parse(text)


def nodes(expression: Any) -> Iterator[Any]:
    """An expression and all that is in it."""
    yield expression
    for name in ("expr", "lhs", "rhs", "param"):
        inner = getattr(expression, name, None)
        if inner is not None:
            yield from nodes(inner)
    arguments: list[Any] = getattr(expression, "args", None) or []
    for inner in arguments:
        yield from nodes(inner)
    if isinstance(expression, promql.MatrixSelector):
        yield from nodes(expression.vector_selector)


def selectors(question: str) -> list[promql.VectorSelector]:
    return [one for one in nodes(read(question)) if isinstance(one, promql.VectorSelector)]


@pytest.fixture
def shown(embedded: TestClient) -> dict[str, set[str]]:
    """The labels of each metric, in a service that has Redis and made a ranking."""
    store = RedisStore("redis://127.0.0.1:1/0", "tests", b"secret" * 3)
    app: Any = embedded.app
    app.state.runtime = replace(runtime_of(embedded), cache=Cache(store=store))
    who = register(embedded, "investors", an_investor())["id"]
    embedded.get(f"/v1/investors/{who}/matches")
    app.state.runtime = replace(app.state.runtime, exposition=Exposition())
    labels: dict[str, set[str]] = defaultdict(set, PROMETHEUS_OWN)
    for family in text_string_to_metric_families(embedded.get("/metrics").text):
        for sample in family.samples:
            labels[sample.name] |= set(sample.labels)
    store.close()
    return dict(labels)


def test_every_metric_and_label_that_is_asked_for_exists(shown: dict[str, set[str]]) -> None:
    asked = [selector for question in QUESTIONS for selector in selectors(question)]
    assert len(asked) > 50
    for selector in asked:
        assert selector.name in shown
        named = {matcher.name for matcher in selector.matchers.matchers}
        assert named <= shown[str(selector.name)] | OF_THE_SCRAPE, selector.name


def test_questions_group_by_labels_of_their_metrics(shown: dict[str, set[str]]) -> None:
    for one in (node for question in QUESTIONS for node in nodes(read(question))):
        if isinstance(one, promql.AggregateExpr) and one.modifier is not None:
            asked = [node for node in nodes(one) if isinstance(node, promql.VectorSelector)]
            for selector in asked:
                known = shown[str(selector.name)] | OF_THE_SCRAPE
                assert set(one.modifier.labels) <= known, selector.name


def test_rates_are_of_what_only_grows() -> None:
    rated = [
        str(selector.name)
        for question in QUESTIONS
        for call in nodes(read(question))
        if isinstance(call, promql.Call) and call.func.name in {"rate", "increase"}
        for selector in nodes(call)
        if isinstance(selector, promql.VectorSelector)
    ]
    assert len(rated) > 15
    assert [name for name in rated if not GROWING.search(name)] == []


def test_the_dashboard_shows_every_metric_but_few(shown: dict[str, set[str]]) -> None:
    """What is exposed is looked at: a metric nobody shows is one nobody needs."""
    asked = {str(one.name) for question in QUESTIONS for one in selectors(question)}
    families = {GROWING.sub("", name) for name in shown}
    unseen = families - {GROWING.sub("", name) for name in asked}
    assert unseen == {"bulian_index_event", "bulian_process_start_time_seconds"}


def test_the_dashboard_can_be_imported_anywhere() -> None:
    variables = {one["name"]: one for one in DASHBOARD["templating"]["list"]}
    assert variables["datasource"]["query"] == "prometheus"
    assert variables["instance"]["datasource"]["uid"] == "${datasource}"
    sources = {json.dumps(panel["datasource"]) for panel in PANELS}
    assert sources == {'{"type": "prometheus", "uid": "${datasource}"}'}
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))
    taken = [tuple(panel["gridPos"][side] for side in "xy") for panel in PANELS]
    assert len(taken) == len(set(taken))
    assert all(" · " in panel["title"] for panel in PANELS)


@pytest.mark.parametrize("alert", ALERTS, ids=[str(alert["alert"]) for alert in ALERTS])
def test_every_alert_says_what_to_do(alert: dict[str, Any]) -> None:
    assert alert["labels"]["severity"] in {"critical", "warning"}
    assert re.fullmatch(r"\d+m", alert["for"])
    chinese, _, english = alert["annotations"]["summary"].partition(" · ")
    assert re.search("[一-龥]", chinese)
    assert english.isascii()
    book = ROOT / alert["annotations"]["runbook"]
    assert book.parent == BOOKS
    text = book.read_text("utf-8")
    assert f"`{alert['alert']}`" in text
    parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert parts == ["含义 · What it means", "先看 · What to look at", "处置 · What to do"]
    assert "```sh\n" in text
    index = (ROOT / "docs/operation/README.md").read_text("utf-8")
    assert f"| `{alert['alert']}` | [{chinese} · {english}](runbooks/{book.name}) |" in index


def test_every_page_is_of_one_alert() -> None:
    named = [Path(alert["annotations"]["runbook"]).name for alert in ALERTS]
    assert sorted(named) == sorted(path.name for path in BOOKS.glob("*.md"))
    assert len({alert["alert"] for alert in ALERTS}) == len(ALERTS)


def test_pages_name_calls_and_metrics_that_there_are(shown: dict[str, set[str]]) -> None:
    paths = json.loads((ROOT / "docs/openapi.json").read_text("utf-8"))["paths"]
    known = {re.sub(r"\{\w+\}", "{id}", path) for path in paths}
    for page in [*BOOKS.glob("*.md"), ROOT / "docs/operation/README.md"]:
        text = page.read_text("utf-8")
        assert set(re.findall(r"/v1/[\w/{}]+", text)) <= known
        for pattern in re.findall(r"/metrics \| grep (?:-E )?'?([\w|()]+)'?$", text, re.MULTILINE):
            assert any(re.search(pattern, name) for name in shown), pattern
        for name in re.findall(r"\bbulian_\w+", text):
            assert any(one.startswith(name) for one in shown)
        for link in re.findall(r"\]\(([^)#]+)\)", text):
            assert (page.parent / link).exists()


def test_prometheus_is_told_where_to_look() -> None:
    told = yaml.safe_load((FILES / "prometheus.yml").read_text("utf-8"))
    (job,) = told["scrape_configs"]
    assert (job["job_name"], job["metrics_path"]) == ("bulian", "/metrics")
    assert [(FILES / name).is_file() for name in told["rule_files"]] == [True]
    assert {'up{job="bulian"} == 0'} <= {alert["expr"] for alert in ALERTS}
