"""The reference of tomorrow is made ready today, and only where it is another one."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from matching.reference.loader import Reference
from service import clock, library
from service.background import look_ahead
from service.runtime import Runtime
from tests.factories import a_gap, a_keyword_edition, an_investor, register
from tests.service.chain_editions import call, load


@pytest.fixture
def runtime(embedded: TestClient, blank_app: FastAPI) -> Runtime:
    assert embedded.app is blank_app
    return blank_app.state.runtime


def make_no_more(_reference: Reference) -> None:
    raise AssertionError("everything is made")


def test_what_begins_tomorrow_is_ready_when_the_day_comes(
    embedded: TestClient, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = clock.china_day() + timedelta(days=1)
    gap = register(embedded, "gaps", a_gap(link_id="ic.eda"))
    register(embedded, "investors", an_investor(products=["版图神器"]))
    call(embedded, load(embedded, a_keyword_edition()), "activate", effective_from=str(tomorrow))
    look_ahead(runtime)
    monkeypatch.setattr(library, "Placer", make_no_more)
    path = f"/v1/gaps/{gap['id']}/matches"
    assert embedded.get(path).json()["eligible"] == 0
    monkeypatch.setattr(clock, "china_day", lambda: tomorrow)
    assert embedded.get(path).json()["eligible"] == 1


def test_where_nothing_changes_nothing_is_made(
    embedded: TestClient, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.china_day() + timedelta(days=2)
    call(embedded, load(embedded, a_keyword_edition()), "activate", effective_from=str(later))
    monkeypatch.setattr(library, "Placer", make_no_more)
    look_ahead(runtime)
