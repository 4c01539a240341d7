"""The page of the cache: figures, and a purge that leaves an event."""

import pytest
from starlette.testclient import TestClient

from models.cache import CacheFigures, ProcessCache, PurgeScope, SharedCache
from service.cache import Cache
from service.usecases import caching
from tests.factories import a_gap, an_investor, register
from tests.service.imports.sending import engine_of, runtime_of
from tests.service.pages.visitor import Visitor, words_of
from tests.service.usecases.test_history import events


def test_the_cache_is_looked_at_and_purged(embedded: TestClient, office: Visitor) -> None:
    register(embedded, "gaps", a_gap())
    investor = register(embedded, "investors", an_investor())
    path = f"/v1/investors/{investor['id']}/matches"
    for _ in "ab":
        assert embedded.get(path).status_code == 200
    assert runtime_of(embedded).cache.statistics().process.entries > 0
    text = office.text("/cache")
    assert "未配置 Redis" in text
    assert "命中 1" in text
    for scope in PurgeScope:
        assert office.done("/cache", purge=scope) == "/admin/cache?done=purged"
        (event,) = events(engine_of(embedded), scope.value)
        assert event.action == "cache.purged"
        assert event.actor != "system"
    assert "缓存已清空" in office.text("/cache?done=purged")
    assert "This process" in office.text("/cache?lang=en")
    assert embedded.get(path).headers["Cache-Status"] == "bulian; fwd=miss"


def test_a_scope_is_one_of_three(office: Visitor) -> None:
    for fields in ({}, {"purge": "none"}):
        answer = office.send("/cache", **fields)
        assert answer.status_code == 422
        assert "清空范围" in words_of(answer)


@pytest.mark.parametrize(("state", "word"), [("closed", "使用中"), ("open", "不可用")])
def test_unknown_figures_of_redis_are_no_zeros(
    office: Visitor, monkeypatch: pytest.MonkeyPatch, state: str, word: str
) -> None:
    process = dict.fromkeys(ProcessCache.model_fields, 1_234)
    shared = {**dict.fromkeys(SharedCache.model_fields, 7), "entries": None, "bytes": None}
    found = CacheFigures.model_validate({"process": process, "shared": {**shared, "state": state}})

    def figures(_: Cache) -> CacheFigures:
        return found

    monkeypatch.setattr(caching, "figures", figures)
    text = office.text("/cache")
    assert word in text
    assert "缓存的结果 —" in text
    assert "1,234" in text
