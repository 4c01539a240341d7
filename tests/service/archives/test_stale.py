"""After a restore no answer is one that was kept before, in Redis or in a process."""

from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from service.scorer import Scorer
from service.settings import Settings
from tests.databases import settings_for
from tests.factories import a_gap, an_investor, register
from tests.service.archives.houses import open_house, put_back, saved
from tests.service.valkeys import running_valkey


def over(settings: Settings, redis_url: str | None) -> Settings:
    told = {"data_dir": settings.data_dir, "database_url": settings.database_url}
    return settings_for(**told, redis_url=redis_url)


def test_answers_after_a_restore_are_those_of_the_archive(
    app: FastAPI, settings: Settings, scorer: Scorer, tmp_path: Path
) -> None:
    app.state.runtime.close()
    with running_valkey(tmp_path / "valkey") as valkey:
        shared = over(settings, valkey.url)
        with open_house(app, shared, scorer) as admin:
            investor = register(admin, "investors", an_investor())["id"]
            path = f"/v1/investors/{investor}/matches"
            first = register(admin, "gaps", a_gap(severity=10))["id"]
            then = admin.get(path)
            archive = saved(settings, tmp_path / "a.zip")
            for severity in (30, 50):
                register(admin, "gaps", a_gap(severity=severity))
                assert admin.get(path).json()["eligible"] == severity // 20 + 1
        put_back(settings, archive)
        with open_house(app, shared, scorer) as admin:
            check_goes_on(admin, path, first)
            with_redis = admin.get(path)
            assert with_redis.headers["cache-status"].endswith("hit")
    with open_house(app, over(settings, None), scorer) as admin:
        assert admin.get(path).content == with_redis.content
    assert then.json()["eligible"] == 1


def check_goes_on(admin: TestClient, path: str, first: str) -> None:
    """The state of the archive, made anew; and another future than the one that was given up."""
    restored = admin.get(path)
    assert restored.headers["cache-status"] == "bulian; fwd=miss"
    assert [match["gap"]["id"] for match in restored.json()["matches"]] == [first]
    other = register(admin, "gaps", a_gap(severity=90))["id"]
    answer = admin.get(path).json()
    assert [match["gap"]["id"] for match in answer["matches"]] == [other, first]
