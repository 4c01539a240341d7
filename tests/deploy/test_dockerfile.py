"""Reading the Dockerfile, and what it must say; `python -m tests.deploy.image` runs it."""

import re
from pathlib import Path

import pytest

from service.settings import Settings
from tests.deploy.dockerfile import (
    ROOT,
    Instruction,
    Stage,
    context,
    environment,
    read_instructions,
    read_stages,
)
from tests.house.test_packaging import PROJECT

STAGES = read_stages((ROOT / "Dockerfile").read_text(encoding="utf-8"))
LAST = STAGES[-1]
SAMPLE = """
# a comment
FROM base:1 AS build
ENV A=1 B="two words" \\
    PATH=/opt/bin:$PATH
RUN one \\
    # between
    && two
FROM base:1
COPY --from=build /a /b
CMD ["x", "--y"]
"""


def test_instructions_are_read_with_their_continued_lines() -> None:
    found = list(read_instructions(SAMPLE))
    assert [step.name for step in found] == ["FROM", "ENV", "RUN", "FROM", "COPY", "CMD"]
    assert found[2].text == "one && two"
    assert found[-1].words == ["x", "--y"]


def test_stages_have_names_and_variables() -> None:
    first, second = read_stages(SAMPLE)
    assert (first.base, first.name, second.name) == ("base:1", "build", None)
    assert environment(first, {"PATH": "/bin"}) == {
        "A": "1",
        "B": "two words",
        "PATH": "/opt/bin:/bin",
    }
    assert second.last("COPY").words == ["--from=build", "/a", "/b"]
    with pytest.raises(StopIteration):
        second.last("RUN")


def told(stage: Stage, name: str) -> list[Instruction]:
    return [step for step in stage.steps if step.name == name]


def test_there_are_two_stages_of_one_base_named_by_its_version() -> None:
    assert len(STAGES) == 2
    assert {stage.base for stage in STAGES} == {"python:3.11.14-slim-bookworm"}


def test_everything_installed_is_held_to_its_hash() -> None:
    installs = re.findall(r"pip\S*(?: --python \S+)? install ([^&]+)", STAGES[0].last("RUN").text)
    installs += [
        found
        for step in told(STAGES[0], "RUN")
        for found in re.findall(r"pip (?:--python \S+ )?install ([^&]+)", step.text)
    ]
    assert len(installs) >= 3
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)
    assert environment(STAGES[0], {})["PIP_ONLY_BINARY"] == ":all:"


def test_the_last_stage_installs_nothing_and_leaves_nothing_to_install_with() -> None:
    (only,) = told(LAST, "RUN")
    assert "pip uninstall" in only.text
    assert "pip install" not in only.text
    assert "ensurepip" in only.text
    assert [step.words[0] for step in told(LAST, "COPY")] == ["--from=build"]


def test_it_runs_as_nobody_special_by_number() -> None:
    """A cluster that wants no root cannot look up names."""
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", LAST.last("USER").text)
    after = LAST.steps[LAST.steps.index(LAST.last("USER")) :]
    assert not {"RUN", "COPY", "ADD", "USER"} & {step.name for step in after[1:]}


def test_its_settings_are_settings_and_its_folders_agree() -> None:
    variables = environment(LAST, {"PATH": "/bin"})
    ours = {name for name in variables if name.startswith("BULIAN_")}
    assert ours <= {f"BULIAN_{name.upper()}" for name in Settings.model_fields}
    assert variables["BULIAN_DATA_DIR"] == LAST.last("VOLUME").text
    assert f"BULIAN_CACHE_DIR={variables['BULIAN_CACHE_DIR']}" in told(STAGES[0], "RUN")[-1].text
    assert variables["PYTHONDONTWRITEBYTECODE"] == "1"


def test_it_listens_where_it_says_and_is_asked_there() -> None:
    words = LAST.last("CMD").words
    port = words[words.index("--port") + 1]
    assert LAST.last("EXPOSE").text == port
    assert f":{port}/healthz" in LAST.last("HEALTHCHECK").text
    assert LAST.last("ENTRYPOINT").words == ["bulian"]
    assert "--no-demo" in words


def test_its_label_is_the_version_of_the_project() -> None:
    label = LAST.last("LABEL").words
    assert f"org.opencontainers.image.version={PROJECT['project']['version']}" in label
    assert f"org.opencontainers.image.licenses={PROJECT['project']['license']}" in label


def test_a_build_gets_what_it_needs_and_no_more() -> None:
    kept = context()
    assert set(kept) == {
        *("pyproject.toml", "README.md", "LICENSE", "service", "models", "matching"),
        *("deploy/hashes", "deploy/migrations", "deploy/demo", "docs/openapi.json"),
    }
    assert all((ROOT / name).exists() for name in kept)
    only = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    assert all(any(Path(name).is_relative_to(one) for one in kept) for name in only)
