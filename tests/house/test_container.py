"""What can be held of the image and the compose file without a container engine."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.settings import Settings

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text(encoding="utf-8"))
SETTINGS = {f"BULIAN_{name.upper()}" for name in Settings.model_fields}
VERSION_TAG = r"[\w/]+:\d+\.\d+(\.\d+)?-[\w.-]+"


def test_image_has_two_stages_of_a_versioned_base() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(bases) == 2
    assert all(re.fullmatch(VERSION_TAG, base) for base in bases)


def test_image_runs_an_installed_wheel_as_nobody_special() -> None:
    last_stage = DOCKERFILE.split("\nFROM ")[-1]
    assert "COPY . " not in last_stage
    assert re.search(r"^USER (?!root|0)\w+$", last_stage, re.MULTILINE)
    assert "/healthz" in last_stage.split("HEALTHCHECK")[1]
    assert not re.search(r"pip install .*(-e|--editable)\b", DOCKERFILE)


def test_build_context_holds_what_the_wheel_is_made_of() -> None:
    kept = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    assert kept == {
        *("pyproject.toml", "constraints.txt", "README.md", "LICENSE"),
        *("service", "models", "matching", "deploy/migrations", "deploy/demo"),
    }
    assert all((ROOT / name).exists() for name in kept)


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
