"""An issuer, and the application that takes its tokens."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.people.entrance import Tokens, tokens_of
from service.settings import Settings
from tests.service.people.local_issuer import AUDIENCE, LocalIssuer, running_issuer

SECRET = b"of an installation"


@pytest.fixture
def issuer() -> Iterator[LocalIssuer]:
    with running_issuer() as running:
        yield running


@pytest.fixture
def taken(issuer: LocalIssuer, tmp_path: Path) -> Settings:
    """Settings under which its tokens are taken."""
    return Settings(
        data_dir=tmp_path,
        oidc_issuer=issuer.address,
        oidc_audience=AUDIENCE,
        oidc_admin_group="bulian-admins",
        oidc_portal_group="bulian-portals",
    )


@pytest.fixture
def tokens(taken: Settings) -> Tokens:
    made = tokens_of(taken, SECRET)
    assert made is not None
    return made


@pytest.fixture
def service(embedded: TestClient, blank_app: FastAPI, tokens: Tokens) -> TestClient:
    """The application with people, and a caller without a credential."""
    blank_app.state.runtime = replace(blank_app.state.runtime, people=tokens)
    return TestClient(embedded.app)
