"""The files of a deployment, read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from service.settings import Settings
from tests.deploy.dockerfile import ROOT
from tests.house.test_packaging import PROJECT

Node = dict[str, Any]
FOLDER: Final = ROOT / "deploy/kubernetes"
COMPOSE: Final = ROOT / "deploy/compose.yaml"
IMAGE: Final = f"bulian:{PROJECT['project']['version']}"
SETTINGS: Final = {f"BULIAN_{name.upper()}" for name in Settings.model_fields}


def read_all(path: Path) -> list[Node]:
    """Each document of a YAML file."""
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


def objects() -> dict[tuple[str, str], Node]:
    """What the cluster is asked for, by kind and name."""
    (listed,) = read_all(FOLDER / "kustomization.yaml")
    found = [one for name in listed["resources"] for one in read_all(FOLDER / name)]
    return {(one["kind"], one["metadata"]["name"]): one for one in found}


def pods() -> Iterator[tuple[str, Node]]:
    """The specification of each pod, by the name of what makes it."""
    for (kind, name), one in objects().items():
        if kind in {"Deployment", "Job"}:
            yield name, one["spec"]["template"]["spec"]


def containers() -> Iterator[tuple[str, Node]]:
    """Each container of each pod."""
    for name, pod in pods():
        for container in pod["containers"]:
            yield name, container


def services() -> dict[str, Node]:
    """The services of the compose file."""
    (told,) = read_all(COMPOSE)
    return told["services"]
