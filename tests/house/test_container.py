"""What can be held of the image and the compose file without a container engine."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text(encoding="utf-8"))
SETTINGS = {f"BULIAN_{name.upper()}" for name in Settings.model_fields}
VERSION_TAG = r"[\w/]+:\d+\.\d+(\.\d+)?-[\w.-]+"


@pytest.mark.parametrize("name", ["database", "cache"])
def test_servers_have_a_version(name: str) -> None:
    assert re.fullmatch(VERSION_TAG, COMPOSE["services"][name]["image"])


@pytest.mark.parametrize("name", ["migrate", "bulian"])
def test_settings_of_the_service_are_settings_we_have(name: str) -> None:
    environment = COMPOSE["services"][name]["environment"]
    assert {"BULIAN_DATABASE_URL", "BULIAN_REDIS_URL"} <= environment.keys() <= SETTINGS


def test_no_secret_stands_in_the_compose_file() -> None:
    environments = [service.get("environment", {}) for service in COMPOSE["services"].values()]
    secrets = [
        value
        for environment in environments
        for name, value in environment.items()
        if re.search("PASSWORD|KEY", name)
    ]
    assert secrets
    assert all(re.fullmatch(r"\$\{\w+:\?[^}]+\}", value) for value in secrets)
