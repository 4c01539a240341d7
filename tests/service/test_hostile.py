"""Whatever is sent to a writing operation: a problem document below 500, and nothing stored."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text
from starlette.testclient import TestClient

from tests.factories import (
    a_gap,
    a_key,
    a_keyword_edition,
    a_lead,
    a_partner,
    a_webhook,
    a_zone,
    an_investor,
    register,
)
from tests.service.attacks import WHOLE_BODIES, Attack

TEXTS: dict[str, Any] = {
    "blank": " \u3000\u200b ",
    "1 MB": "x" * 1_000_000,
    "NUL": "a\u0000b",
    "half a pair": "a\ud800b",
    "a number": 7,
    "a list": ["x"],
    "an object": {"x": 1},
    "true": True,
}
NUMBERS: dict[str, Any] = {
    "text": "7",
    "true": True,
    "negative": -1,
    "huge": 10**40,
    "fraction": 0.5,
    "not a number": float("nan"),
    "infinite": float("inf"),
    "a list": [1],
}
CODES: dict[str, Any] = {
    "unheard of": "un heard/of",
    "half a pair": "\udfff",
    "empty": "",
    "null": [],
}

WRITES: dict[str, tuple[dict[str, Any], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "investors": (an_investor(), ("name", "external_id"), ("jobs", "revenue_cny", "patents"),
                  ("country", "origin", "uscc", "lei", "website", "start_by")),
    "gaps": (a_gap(), ("title_zh", "description", "owner"), ("severity", "capacity"),
             ("zone_id", "kind", "link_id", "valid_from")),
    "zones": (a_zone(), ("name_zh", "city_zh"), (), ("code", "province_code", "tier")),
    "admin/keys": (a_key(), ("name",), (), ("scope", "expires_at")),
    "webhooks": (a_webhook(), ("name",), (), ("url",)),
    "leads": (a_lead(), ("note", "investor_id"), (), ("link_id", "zone_id", "gap_id")),
    "admin/partners": (a_partner(), ("name", "terms", "lead_rules"), (), ()),
    "admin/reference": (a_keyword_edition(), ("name_zh", "edition", "source"), (),
                        ("kind", "chain_id")),
}  # fmt: skip
"""By the path: a valid body, its fields of text, of whole numbers, and of codes and days."""

PATCHED = ("investors", "gaps", "zones", "webhooks", "admin/partners")


def bad_fields(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Fields that spoil a valid body, each with a name."""
    _, texts, numbers, codes = WRITES[kind]
    for names, values in ((texts, TEXTS), (numbers, NUMBERS), (codes, CODES)):
        for name in names:
            for label, value in values.items():
                yield f"{name}: {label}", {name: value}


CROSSED: dict[str, list[dict[str, Any]]] = {
    "investors": [
        {"planned_investment_min_cny": 2, "planned_investment_max_cny": 1},
        {"products": [], "industry_codes": []},
        {"industry_codes": [{"scheme": "gb4754", "code": "9Z99"}]},
        {"industry_codes": [{"scheme": "unheard_of", "code": "3985"}]},
        {"products": ["x"] * 51},
        {"rd_intensity_pct": 100.5},
        {"rd_intensity_pct": float("nan")},
        {"energy_tce": float("inf")},
        {"opt_out": "yes"},
        {"preferred_provinces": ["99"]},
        {"website": "javascript:alert(1)"},
        {"names": [{"lang": "zh", "name": "x", "surprise": 1}]},
    ],
    "gaps": [
        {"investment_min_cny": 2, "investment_max_cny": 1},
        {"valid_from": "2030-01-02", "valid_until": "2030-01-01"},
        {"valid_from": 1893456000},
        {"energy_cap_tce": float("nan")},
        {"status": "open"},
        {"id": "gap_mine"},
    ],
    "zones": [
        {"readiness": {"strategy_planning": {"overall_development_efficiency": 101}}},
        {"promotion_path": {"plan": 1}},
        {"land_available_ha": float("-inf")},
        {"code": "../../etc/passwd"},
        {"region": "east"},
    ],
    "leads": [
        {"investor": None},
        {"investor": {}},
        {"investor": an_investor(surprise=1)},
        {"investor": an_investor(name="a\u0000b")},
        {"contacts": [{"name": "x"}]},
        {"contacts": [{"name": "x"}] * 51},
        {"contacts": "x"},
        {"consent": {"given_by": "x", "given_at": "2026-01-01T00:00:00", "purpose": "x"}},
        {"consent": {"given_by": "x", "given_at": 1e400, "purpose": "x"}},
        {"partner_id": "ptn_tests"},
        {"status": "accepted"},
    ],
    "admin/partners": [
        {"territories": ["32", "99"]},
        {"territories": "32"},
        {"lead_rules": "x" * 101},
        {"closed_at": "2030-01-01T00:00:00Z"},
        {"id": "ptn_mine"},
    ],
    "admin/reference": [
        {"rows": "x"},
        {"rows": [None]},
        {"rows": [{"link_id": "ic.eda", "keywords_zh": ["a\ud800"], "keywords_en": ["a"]}]},
        {"rows": [{"link_id": "ic.eda", "keywords_zh": ["x" * 201], "keywords_en": ["a"]}]},
        {"rows": [{"link_id": "ic.eda", "keywords_zh": ["a"] * 201, "keywords_en": ["a"]}]},
        {"rows": [{"link_id": "ic.eda", "keywords_zh": ["a", "a"], "keywords_en": ["a"]}]},
        {"rows": [{"link_id": "ic.eda", "keywords_zh": ["=1;2"], "keywords_en": ["a"]}]},
        {"rows": [{"link_id": "ic.eda", "keywords_zh": ["a"], "keywords_en": ["a"], "x": 1}]},
        {"kind": "links", "chain_id": "ic", "rows": [{"link_id": "nev.motor"}]},
        {"kind": "encouraged", "rows": [{"link_id": "ic.eda", "item_nos": ["¹"]}]},
        {"kind": "encouraged", "rows": [{"link_id": "ic.eda", "item_nos": [7]}]},
        {"status": "active"},
        {"activated_at": "2030-01-01T00:00:00Z"},
    ],
    "admin/keys": [
        {"secret": "mine"},
        {"id": "key_mine"},
        {"expires_at": "2030-01-01T00:00:00"},
        {"partner_id": "ptn_of_no_portal"},
        {"scope": "partner", "partner_id": "ptn_of_nobody"},
        {"scope": "partner"},
    ],
    "webhooks": [
        {"secret": "whsec_mine"},
        {"owner": "key_mine"},
        {"status": "closed"},
        {"url": "https://127.0.0.1/"},
        {"url": "http://93.184.216.34/"},
        {"url": "https://93.184.216.34/" + "x" * 2000},
        {"actions": "gap.created"},
        {"actions": ["key.created"]},
        {"actions": ["gap.created; DROP TABLE gap"]},
        {"actions": ["gap.created"] * 51},
        {"position": 0},
    ],
}


def counts(engine: Engine) -> dict[str, int]:
    """How many rows each table holds."""
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608 - names of our own tables
            for name in names
        }


@pytest.fixture
def patched(admin: TestClient) -> dict[str, str]:
    """The path of a record of each kind, to be changed."""
    return {kind: f"/v1/{kind}/{register(admin, kind, WRITES[kind][0])['id']}" for kind in PATCHED}


def send(client: TestClient, method: str, path: str, attack: Attack) -> None:
    """Send it; the answer must be a problem document that repeats nothing."""
    answer = client.request(method, path, content=attack.body, headers=attack.headers)
    told = f"{method} {path}: {attack.name}: {answer.status_code} {answer.text[:300]}"
    assert answer.status_code in attack.statuses, told
    assert answer.headers["Content-Type"] == "application/problem+json", told
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["request_id"] == answer.headers["X-Request-ID"]
    assert len(answer.content) < 20_000


def spoilt(kind: str, *, patch: bool) -> list[Attack]:
    """Bodies of one kind that are valid but for one thing."""
    start = {} if patch else WRITES[kind][0]
    fields = [*bad_fields(kind), *((json.dumps(one), one) for one in CROSSED[kind])]
    return [
        Attack(name, json.dumps({**start, **one}).encode("utf-8", "surrogatepass"))
        for name, one in fields
    ]


@pytest.mark.parametrize("kind", WRITES)
def test_hostile_posts_store_nothing(
    admin: TestClient, partner: TestClient, engine: Engine, kind: str
) -> None:
    sender = partner if kind == "leads" else admin
    before = counts(engine)
    attacks = [*WHOLE_BODIES, *spoilt(kind, patch=False)]
    assert len(attacks) > 25
    for attack in attacks:
        send(sender, "POST", f"/v1/{kind}", attack)
    assert counts(engine) == before


@pytest.mark.parametrize("kind", PATCHED)
def test_hostile_patches_change_nothing(
    admin: TestClient, engine: Engine, patched: dict[str, str], kind: str
) -> None:
    path = patched[kind]
    before, state = admin.get(path).json(), counts(engine)
    for attack in [*WHOLE_BODIES, *spoilt(kind, patch=True)]:
        if attack.name not in ALLOWED_IN_A_PATCH:
            send(admin, "PATCH", path, attack)
    assert admin.get(path).json() == before
    assert counts(engine) == state


ALLOWED_IN_A_PATCH = {json.dumps({"status": "open"})}


@pytest.mark.parametrize("attack", WHOLE_BODIES, ids=lambda attack: attack.name)
def test_hostile_placements_are_refused(embedded: TestClient, attack: Attack) -> None:
    send(embedded, "POST", "/v1/placement", attack)


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=101", "limit=x", "limit=1e1", "limit=1&limit=2", "cursor=", "cursor=%00",
        "cursor=WyJ4IiwxXQ", "cursor=" + "A" * 400, "surprise=1", "q=%00", "q=%ED%A0%80%00",
        "q=%ff", "q=%ED%A0%80", "q=%C0%AF", "limit=1&q=x%e5%85", "%ff=1",
        "q=", "q=" + "x" * 600, "%00=1", "origin=unheard_of", "country=XX", "external_id=%0A",
    ],
)  # fmt: skip
def test_hostile_queries_are_refused(embedded: TestClient, query: str) -> None:
    answer = embedded.get(f"/v1/investors?{query}")
    assert answer.status_code == 422, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["loc"][0] == "query"


def test_query_in_utf8_is_read(embedded: TestClient) -> None:
    register(embedded, "investors", an_investor(name="光刻 50% + 1"))
    for query in ("q=%E5%85%89%E5%88%BB", "q=光刻", "q=50%25+%2B", "q=50%", "q=%e5%85%89&limit=1"):
        answer = embedded.get(f"/v1/investors?{query}")
        assert (answer.status_code, len(answer.json()["items"])) == (200, 1), query


@pytest.mark.parametrize("query", ["q=%ff", "q=x&%ff=1", "kind=weak&q=%FF%FE"])
def test_query_that_is_no_utf8_is_named(embedded: TestClient, query: str) -> None:
    answer = embedded.get(f"/v1/gaps?{query}")
    (error,) = answer.json()["errors"]
    assert error["msg"] == "is not encoded as UTF-8"
    assert error["loc"][0] == "query"


@pytest.mark.parametrize(
    "path", ["/v1/investors/%00", "/v1/investors/%ED%A0%80", "/v1/gaps/" + "x" * 4000,
             "/v1/zones/..%2f..%2fetc", "/v1/investors/", "http://testserver//",
             "/v1/investors/a/b/c"],
)  # fmt: skip
def test_hostile_paths_are_not_found(embedded: TestClient, path: str) -> None:
    answer = embedded.get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert len(answer.content) < 2000


@pytest.mark.parametrize("path", ["gaps/{}/matches", "admin/reference/{}", "admin/policies/{}"])
def test_a_name_without_end_is_not_repeated_at_length(embedded: TestClient, path: str) -> None:
    answer = embedded.get(f"/v1/{path.format('x' * 20_000)}")
    assert answer.status_code == 404
    assert len(answer.content) < 4000


def test_nothing_sent_is_repeated(embedded: TestClient) -> None:
    secret = "do-not-repeat-me"
    body = an_investor(country=secret, origin=secret, uscc=secret, jobs=secret, website=secret)
    answer = embedded.post("/v1/investors", json=body)
    assert len(answer.json()["errors"]) >= 5
    assert secret not in answer.text
