"""A thousand receipts replay to the same components, byte for byte."""

import json
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from service import database, installation, runtime
from service.app import build
from service.scorer import Scorer
from tests import databases
from tests.factories import ADMIN, a_gap, an_investor, bearer, register

INVESTORS, GAPS = 30, 34
LEAST = 1000


def test_receipts_replay_to_the_same_bytes(tmp_path: Path, scorer: Scorer) -> None:
    settings = databases.settings_for(data_dir=tmp_path)
    engine = database.make_engine(settings.engine_url)
    installation.install(engine, settings, lambda: scorer, demo=True)
    engine.dispose()
    parts = runtime.assemble(settings, scorer)
    client = TestClient(build(parts), headers=bearer(ADMIN))
    for number in range(INVESTORS):
        register(client, "investors", an_investor(jobs=100 * number))
    for severity in range(GAPS):
        register(client, "gaps", a_gap(severity=severity, kind=("weak", "missing")[severity % 2]))
    matches = all_matches(client)
    assert len(matches) >= LEAST
    for match in matches:
        answer = client.post("/v1/receipts/replay", json={"receipt": match["receipt"]})
        again = answer.json()["match"]
        for name in ("components", "pillars", "conditions", "score", "coverage", "receipt"):
            assert json.dumps(again[name]) == json.dumps(match[name])
    parts.close()


def all_matches(client: TestClient) -> list[dict[str, Any]]:
    """The matches of every investor, from pages of their rankings."""
    found: list[dict[str, Any]] = []
    for investor in client.get("/v1/investors?limit=100").json()["items"]:
        path = f"/v1/investors/{investor['id']}/matches"
        found += client.get(path, params={"limit": 100}).json()["matches"]
    return found
