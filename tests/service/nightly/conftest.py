"""An installation of a test's own, named by the environment, with gaps in two zones."""

import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service import installation
from service.app import build
from service.runtime import Runtime, assemble
from service.scorer import Scorer
from service.settings import Settings
from tests.factories import ADMIN, a_gap, an_investor, bearer, register
from tests.house.server import without_settings

ZONES = ("CNHTZ-4201", "CNHTZ-3205")


@pytest.fixture
def runtime(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scorer: Scorer, kept_loop: Path
) -> Runtime:
    """Six open gaps and a closed one, eight investors and one that opted out."""
    for name in os.environ.keys() - without_settings().keys():
        monkeypatch.delenv(name)
    monkeypatch.setenv("BULIAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("BULIAN_CACHE_DIR", str(kept_loop))
    settings = Settings.model_validate({"admin_key": ADMIN})
    made = assemble(settings, scorer)
    installation.install(made.engine, settings, lambda: scorer, demo=False)
    admin = administrator(made)
    links = ("ic.photoresist", "ic.eda", "ic.photoresist")
    gaps = [
        register(admin, "gaps", a_gap(zone_id=ZONES[n % 2], link_id=links[n % 3], severity=9 * n))
        for n in range(7)
    ]
    assert admin.delete(f"/v1/gaps/{gaps[6]['id']}").status_code == 204
    for n in range(9):
        products = ["光刻胶"] if n % 2 else ["EDA软件", "光刻胶"]
        register(
            admin,
            "investors",
            an_investor(products=products, rd_intensity_pct=n, opt_out=n == 8),
        )
    return made


def administrator(runtime: Runtime) -> TestClient:
    """A caller with the administrator's key."""
    return TestClient(build(runtime), headers=bearer(ADMIN))
