"""What the manifests must say, since no cluster says it here."""

import re
from ipaddress import ip_network
from typing import Any

import pytest

from service.app import STOP_SECONDS, contract
from service.cli import GRACE_SECONDS
from service.opening import read_settings
from service.webhooks.addresses import is_public
from tests.deploy.manifests import FOLDER, IMAGE, SETTINGS, containers, objects, pods, read_all
from tests.house.test_packaging import PROJECT

Node = dict[str, Any]
OBJECTS = objects()
PODS = dict(pods())
CONTAINERS = dict(containers())
SERVER = CONTAINERS["bulian"]
ALL = pytest.mark.parametrize("name", PODS)


def test_every_file_is_listed_but_the_example() -> None:
    (listed,) = read_all(FOLDER / "kustomization.yaml")
    others = {"kustomization.yaml", "secret.example.yaml"}
    assert set(listed["resources"]) == {path.name for path in FOLDER.iterdir()} - others
    assert {kind for kind, _ in OBJECTS} == {
        *("Namespace", "ServiceAccount", "ConfigMap", "Job", "Deployment", "Service", "Ingress"),
        *("HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy"),
    }


@ALL
def test_pod_has_no_rights(name: str) -> None:
    pod, container = PODS[name], CONTAINERS[name]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] == pod["securityContext"]["runAsGroup"] == 10001
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.keys()
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


@ALL
def test_pod_writes_only_where_the_image_does(name: str) -> None:
    mounts = {one["mountPath"]: one["name"] for one in CONTAINERS[name]["volumeMounts"]}
    assert set(mounts) == {"/tmp", "/data"}  # noqa: S108 - of the image
    volumes = {one["name"]: one for one in PODS[name]["volumes"]}
    assert set(volumes) == set(mounts.values())
    assert all(one["emptyDir"]["sizeLimit"] for one in volumes.values())


@ALL
def test_pod_has_limits_and_runs_this_version(name: str) -> None:
    container = CONTAINERS[name]
    assert container["image"] == IMAGE
    assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
    assert "memory" in container["resources"]["limits"]


@ALL
def test_pod_reads_its_settings_from_what_is_there(name: str) -> None:
    sources = CONTAINERS[name]["envFrom"]
    assert sources == [{"configMapRef": {"name": "bulian"}}, {"secretRef": {"name": "bulian"}}]


def test_settings_are_settings_we_have(monkeypatch: pytest.MonkeyPatch) -> None:
    (secret,) = read_all(FOLDER / "secret.example.yaml")
    config = OBJECTS["ConfigMap", "bulian"]["data"]
    assert config.keys() <= SETTINGS
    assert secret["stringData"].keys() <= SETTINGS
    assert not any(secret["stringData"].values()), "an example holds no secret"
    for variable, value in config.items():
        monkeypatch.setenv(variable, value)
    assert read_settings().background is False


def test_versions_are_those_of_the_project() -> None:
    (listed,) = read_all(FOLDER / "kustomization.yaml")
    version = PROJECT["project"]["version"]
    (labels,) = listed["labels"]
    assert labels["pairs"]["app.kubernetes.io/version"] == version
    assert [image["newTag"] for image in listed["images"]] == [version]
    assert ("Job", f"bulian-migrate-{version}") in OBJECTS


def test_probes_ask_for_what_is_there_on_the_port_that_is_served() -> None:
    paths = set(contract().openapi()["paths"])
    probes = {name: SERVER[name] for name in ("startupProbe", "readinessProbe", "livenessProbe")}
    assert all(probe["httpGet"]["path"] in paths for probe in probes.values())
    assert probes["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert probes["readinessProbe"]["httpGet"]["path"] == "/readyz"
    (port,) = SERVER["ports"]
    assert all(probe["httpGet"]["port"] == port["name"] for probe in probes.values())
    assert str(port["containerPort"]) == SERVER["args"][SERVER["args"].index("--port") + 1]
    (served,) = OBJECTS["Service", "bulian"]["spec"]["ports"]
    assert served["targetPort"] == port["name"]
    rule = OBJECTS["NetworkPolicy", "bulian-server"]["spec"]["ingress"][0]
    assert rule["ports"][0]["port"] == port["containerPort"]


def test_a_start_may_compile_and_an_end_may_finish() -> None:
    probe = SERVER["startupProbe"]
    assert probe["periodSeconds"] * probe["failureThreshold"] >= 120
    leaving = int(SERVER["lifecycle"]["preStop"]["exec"]["command"][1])
    grace = PODS["bulian"]["terminationGracePeriodSeconds"]
    assert grace >= leaving + GRACE_SECONDS + STOP_SECONDS
    assert PODS["bulian-worker"]["terminationGracePeriodSeconds"] >= STOP_SECONDS


@pytest.mark.parametrize("name", ["bulian", "bulian-worker"])
def test_a_new_version_takes_no_server_away(name: str) -> None:
    spec = OBJECTS["Deployment", name]["spec"]
    assert spec["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    labels = spec["template"]["metadata"]["labels"]
    assert spec["selector"]["matchLabels"].items() <= labels.items()
    budget = OBJECTS["PodDisruptionBudget", name]["spec"]
    assert budget["maxUnavailable"] == 1
    assert budget["selector"]["matchLabels"].items() <= labels.items()


def test_the_autoscaler_keeps_two_and_has_the_number_to_itself() -> None:
    spec = OBJECTS["HorizontalPodAutoscaler", "bulian"]["spec"]
    assert spec["scaleTargetRef"]["name"] == "bulian"
    assert spec["minReplicas"] >= 2
    assert "replicas" not in OBJECTS["Deployment", "bulian"]["spec"]
    assert "cpu" in SERVER["resources"]["requests"], "it is counted against this"


def test_the_namespace_refuses_what_is_not_restricted() -> None:
    labels: Node = OBJECTS["Namespace", "bulian"]["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


def test_webhooks_leave_the_worker_only_to_public_addresses() -> None:
    (rule,) = OBJECTS["NetworkPolicy", "bulian-worker"]["spec"]["egress"]
    (to,) = rule["to"]
    kept_in = [ip_network(one) for one in to["ipBlock"]["except"]]
    assert all(not is_public(network[1]) for network in kept_in)
    assert OBJECTS["NetworkPolicy", "bulian"]["spec"]["policyTypes"] == ["Ingress", "Egress"]
    assert "ingress" not in OBJECTS["NetworkPolicy", "bulian"]["spec"], "nothing comes in unnamed"


def test_the_entrance_takes_the_largest_file() -> None:
    notes = OBJECTS["Ingress", "bulian"]["metadata"]["annotations"]
    largest = int(re.sub(r"\D", "", notes["nginx.ingress.kubernetes.io/proxy-body-size"]))
    assert largest == int(OBJECTS["ConfigMap", "bulian"]["data"]["BULIAN_IMPORT_MB"]) + 1
    (rule,) = OBJECTS["Ingress", "bulian"]["spec"]["rules"]
    assert OBJECTS["Ingress", "bulian"]["spec"]["tls"][0]["hosts"] == [rule["host"]]
