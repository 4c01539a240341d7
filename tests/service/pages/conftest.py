"""An administrator in front of a browser, on SQLite."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.factories import OTHER_PARTNER, PARTNER, bearer
from tests.service.pages.visitor import Visitor, a_visitor


@pytest.fixture
def stranger(embedded: TestClient, blank_app: FastAPI) -> Visitor:
    """Somebody who has not signed in."""
    return a_visitor(blank_app)


@pytest.fixture
def office(stranger: Visitor) -> Visitor:
    """An administrator who has signed in."""
    assert stranger.sign_in().status_code == 303
    return stranger


@pytest.fixture
def partner_api(embedded: TestClient, blank_app: FastAPI) -> TestClient:
    return TestClient(blank_app, headers=bearer(PARTNER))


@pytest.fixture
def other_api(embedded: TestClient, blank_app: FastAPI) -> TestClient:
    return TestClient(blank_app, headers=bearer(OTHER_PARTNER))
