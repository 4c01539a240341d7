"""What the compose file and the proxy's must say, since no container engine says it here."""

import re
import shutil
import subprocess
import sys
from typing import Any

import pytest

from service.app import STOP_SECONDS
from service.cli import GRACE_SECONDS
from service.edge import MOST_BYTES, UPLOADS
from service.listener import MOST_HEADER_BYTES
from tests.deploy.dockerfile import ROOT
from tests.deploy.manifests import COMPOSE, FOLDER, IMAGE, SETTINGS, read_all, services

Node = dict[str, Any]
SERVICES = services()
OURS = ("server-1", "server-2", "worker", "migrate")
CADDYFILE = ROOT / "deploy/proxy/Caddyfile"
STYLE = (
    "{extends: default, rules: {line-length: {max: 140}, document-start: disable, "
    "comments: {min-spaces-from-content: 1}}}"
)
VERSION_TAG = r"[\w/]+:\d+\.\d+(\.\d+)?-[\w.-]+"
FILES = [COMPOSE, *sorted(FOLDER.glob("*.yaml"))]


def test_yaml_is_in_order() -> None:
    command = [sys.executable, "-m", "yamllint", "--config-data", STYLE, *map(str, FILES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == ""


@pytest.mark.parametrize("name", SERVICES)
def test_container_has_no_rights_it_does_not_need(name: str) -> None:
    told = SERVICES[name]
    assert told["read_only"] is True
    assert told["cap_drop"] == ["ALL"]
    assert told["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in told
    if name not in {"proxy", "database"}:
        assert "cap_add" not in told
    limits = told["deploy"]["resources"]["limits"]
    assert {"cpus", "memory", "pids"} <= limits.keys()
    assert told["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", SERVICES)
def test_container_writes_only_where_it_must(name: str) -> None:
    places = [one.partition(":")[0] for one in SERVICES[name].get("tmpfs", [])]
    volumes = [one.split(":") for one in SERVICES[name].get("volumes", [])]
    assert all("noexec" in one for one in SERVICES[name].get("tmpfs", []))
    assert all(one[-1] == "ro" for one in volumes if one[0].startswith("."))
    if name in OURS:
        assert (places, volumes) == (["/tmp"], [])  # noqa: S108 - of the image


@pytest.mark.parametrize("name", OURS)
def test_ours_run_this_version_with_settings_we_have(name: str) -> None:
    assert SERVICES[name]["image"] == IMAGE
    environment = SERVICES[name]["environment"]
    assert {"BULIAN_DATABASE_URL", "BULIAN_REDIS_URL"} <= environment.keys() <= SETTINGS
    grace = int(SERVICES[name]["stop_grace_period"].removesuffix("s"))
    assert grace >= GRACE_SECONDS + STOP_SECONDS


def test_others_are_named_by_their_version() -> None:
    others = {told["image"] for name, told in SERVICES.items() if name not in OURS}
    assert len(others) == 3
    assert all(re.fullmatch(VERSION_TAG, image) for image in others)


def test_no_secret_stands_in_the_file() -> None:
    environments = [told.get("environment", {}) for told in SERVICES.values()]
    secrets = [
        value
        for environment in environments
        for name, value in environment.items()
        if re.search("PASSWORD|KEY", name)
    ]
    assert len(secrets) == 5
    assert all(re.fullmatch(r"\$\{\w+:\?[^}]+\}", value) for value in secrets)


def test_only_the_proxy_can_be_reached() -> None:
    (told,) = read_all(COMPOSE)
    assert [name for name, one in SERVICES.items() if "ports" in one] == ["proxy"]
    assert told["networks"].keys() == {"outside", "front", "inside"}
    assert told["networks"]["front"]["internal"] is told["networks"]["inside"]["internal"] is True
    assert set(SERVICES["proxy"]["networks"]) == {"outside", "front"}
    for name in ("database", "cache", "migrate"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_servers_take_the_word_of_the_proxy_alone_on_who_calls() -> None:
    address = SERVICES["proxy"]["networks"]["front"]["ipv4_address"]
    assert SERVICES["server-1"]["environment"]["BULIAN_TRUSTED_PROXIES"] == address
    assert SERVICES["server-1"] == SERVICES["server-2"]


def test_the_worker_alone_works_in_the_background() -> None:
    found = {name: SERVICES[name]["environment"]["BULIAN_BACKGROUND"] for name in OURS}
    assert [name for name, word in found.items() if word == "on"] == ["worker"]
    assert SERVICES["worker"]["command"] == ["work", "--background"]


def test_the_proxy_waits_for_servers_and_servers_for_the_schema() -> None:
    assert SERVICES["proxy"]["depends_on"]["server-1"] == {"condition": "service_healthy"}
    waits = SERVICES["server-1"]["depends_on"]["migrate"]["condition"]
    assert waits == "service_completed_successfully"
    checked = {name for name, one in SERVICES.items() if "test" in one.get("healthcheck", {})}
    assert checked == {"proxy", "database", "cache"}, "ours have that of the image"


def test_the_proxy_has_the_limits_of_the_service() -> None:
    text = CADDYFILE.read_text(encoding="utf-8")
    assert f"max_header_size {MOST_HEADER_BYTES // 1024}KB" in text
    assert f"max_size {MOST_BYTES // 2**20}MiB" in text
    matchers = [line for line in text.splitlines() if line.startswith(("\t@files", "\t@others"))]
    assert len(matchers) == 2
    assert all(f"path {' '.join(sorted(UPLOADS, reverse=True))}" in line for line in matchers)
    assert {"read_header", "read_body", "idle"} <= set(
        re.findall(r"^\t+(\w+) \d", text, re.MULTILINE)
    )
    given = set(re.findall(r"\{\$(\w+)", text))
    assert given == {"BULIAN_UPSTREAMS", *SERVICES["proxy"]["environment"]}
    assert SERVICES["proxy"]["environment"]["BULIAN_UPSTREAMS"] == "server-1:8000 server-2:8000"


def test_the_proxys_own_program_accepts_its_file() -> None:
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("THE PROXY'S FILE IS NOT TESTED BY CADDY: it is not installed")
    command = [program, "validate", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
