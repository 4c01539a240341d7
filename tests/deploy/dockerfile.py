"""The Dockerfile as instructions, and what of the checkout goes into a build."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Instruction(NamedTuple):
    """One instruction: its name, and what stands behind it on one line."""

    name: str
    text: str

    @property
    def words(self) -> list[str]:
        """The text as words; a JSON list where it is one."""
        if self.text.startswith("["):
            found: list[str] = json.loads(self.text)
            return found
        return shlex.split(self.text)


class Stage(NamedTuple):
    """One stage: its base, its name, and what is done."""

    base: str
    name: str | None
    steps: list[Instruction]

    def last(self, name: str) -> Instruction:
        """The last instruction of a name.

        Raises:
            StopIteration: there is none.
        """
        return next(step for step in reversed(self.steps) if step.name == name)


def read_instructions(text: str) -> Iterator[Instruction]:
    """All instructions, without comments, continued lines put together."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        if line.strip():
            name, _, rest = line.strip().partition(" ")
            yield Instruction(name.upper(), rest.strip())


def read_stages(text: str) -> list[Stage]:
    """The stages of a Dockerfile, in order."""
    stages: list[Stage] = []
    for step in read_instructions(text):
        if step.name == "FROM":
            base, *named = step.words
            stages.append(Stage(base, named[1] if named else None, []))
        else:
            stages[-1].steps.append(step)
    return stages


def environment(stage: Stage, start: dict[str, str]) -> dict[str, str]:
    """The variables a stage ends with; `$NAME` stands for one set before."""
    found = dict(start)
    for step in stage.steps:
        if step.name == "ENV":
            for pair in step.words:
                name, _, value = pair.partition("=")
                found[name] = re.sub(r"\$(\w+)", lambda known: found[known[1]], value)
    return found


def context() -> list[str]:
    """What .dockerignore lets into a build: it leaves all out, and names what is let in again."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    first, *rules = [line for line in lines if line and not line.startswith("#")]
    assert first == "*", "everything else is left out"
    assert rules[-1] == "**/__pycache__", "nothing compiled elsewhere goes in"
    return [rule.removeprefix("!") for rule in rules[:-1]]
