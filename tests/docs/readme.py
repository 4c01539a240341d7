"""What the two README files hold, and how a shortened sample compares to an answer."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias, Union

ROOT = Path(__file__).parents[2]
NAMES = ("README.md", "README.zh-CN.md")
LEFT_OUT = "…"
Json: TypeAlias = Union[dict[str, "Json"], list["Json"], str, float, bool, None]  # noqa: UP007 - names itself


def read(name: str) -> str:
    """The text of one of them."""
    return (ROOT / name).read_text(encoding="utf-8")


def list_blocks(name: str, kind: str) -> list[str]:
    """Its fenced blocks of a kind, such as `sh walk`, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", read(name), re.MULTILINE | re.DOTALL)


def agrees(sample: Json, answer: Json) -> bool:
    """Whether a sample is an answer shortened.

    `…` stands for any text, or within one; fields of an object and items of a list may be missing,
    what is there keeps its order.
    """
    if isinstance(sample, dict):
        return isinstance(answer, dict) and all(
            key in answer and agrees(value, answer[key]) for key, value in sample.items()
        )
    if isinstance(sample, list):
        return isinstance(answer, list) and _items_agree(sample, answer)
    if isinstance(sample, str) and LEFT_OUT in sample:
        pattern = ".*".join(re.escape(part) for part in sample.split(LEFT_OUT))
        return isinstance(answer, str) and re.fullmatch(pattern, answer, re.DOTALL) is not None
    return type(sample) is type(answer) and sample == answer


def _items_agree(sample: Sequence[Json], answer: Sequence[Json]) -> bool:
    rest = iter(answer)
    return all(any(agrees(item, other) for other in rest) for item in sample)
