"""Where something can be put into a call: each parameter, each field of each body."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple

from tests.service.test_scopes import DOCUMENT

Node = dict[str, Any]
Step = str | int
MARK: Final = "@@here@@"
DEEPEST: Final = 6
COMMON_HEADERS: Final = ("Authorization", "X-Request-ID", "Accept-Language", "Cache-Control",
                         "Content-Type", "X-Forwarded-For", "Range", "Expect")  # fmt: skip
"""Of any call, told in the document or not."""


class Spot(NamedTuple):
    """A place of an operation: in the path, the query, a header or the body."""

    operation: str
    where: str
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return f"{self.operation}: {self.where} {'.'.join(map(str, self.steps))}"


@cache
def document() -> Node:
    """The OpenAPI document."""
    found: Node = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return found


def all_spots() -> Iterator[Spot]:
    """The places of all operations, in the document's order."""
    for item in document()["paths"].values():
        for operation in item.values():
            yield from spots_of(operation)


def spots_of(operation: Node) -> Iterator[Spot]:
    """The places of one operation."""
    name = operation["operationId"]
    for parameter in operation.get("parameters", ()):
        yield Spot(name, parameter["in"], (parameter["name"],))
    for header in COMMON_HEADERS:
        yield Spot(name, "header", (header,))
    content = operation.get("requestBody", {}).get("content", {})
    for form, told in content.items():
        where = "body" if form == "application/json" else "form"
        for steps in dict.fromkeys(paths_in(told["schema"], (), ())):
            if where == "body" or len(steps) == 1:
                yield Spot(name, where, steps)


def resolved(schema: Node) -> Node:
    """A schema itself where a reference to it stands."""
    if "$ref" not in schema:
        return schema
    found: Node = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def paths_in(
    schema: Node, above: tuple[Step, ...], seen: tuple[str, ...]
) -> Iterator[tuple[Step, ...]]:
    """The steps to each value of a schema, itself first; what holds itself is entered once."""
    name = schema.get("$ref", "")
    if (name and name in seen) or len(above) > DEEPEST:
        return
    yield above
    told, inside = resolved(schema), (*seen, name) if name else seen
    for choice in (*told.get("anyOf", ()), *told.get("oneOf", ()), *told.get("allOf", ())):
        yield from paths_in(choice, above, inside)
    if "items" in told:
        yield from paths_in(told["items"], (*above, 0), inside)
    if isinstance(told.get("additionalProperties"), dict):
        yield from paths_in(told["additionalProperties"], (*above, "any"), inside)
    for field, value in told.get("properties", {}).items():
        yield from paths_in(value, (*above, field), inside)


def marked(body: Any, steps: tuple[Step, ...]) -> Any:
    """A copy of a body with the mark at a place; what the way there lacks is made."""
    if not steps:
        return MARK
    first, *rest = steps
    if isinstance(first, int):
        kept: list[Any] = list(body) if isinstance(body, list) else []  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - any JSON
        return [marked(kept[0] if kept else None, tuple(rest)), *kept[1:]]
    fields: Node = dict(body) if isinstance(body, dict) else {}  # pyright: ignore[reportUnknownArgumentType] - any JSON
    return fields | {first: marked(fields.get(first), tuple(rest))}


def spoilt(body: Any, steps: tuple[Step, ...], fragment: str) -> bytes:
    """A body as JSON with a fragment at a place.

    >>> spoilt({"a": [1, 2], "b": 3}, ("a", 0), "NaN")
    b'{"a": [NaN, 2], "b": 3}'
    """
    text = json.dumps(marked(body, steps), ensure_ascii=True)
    return text.replace(json.dumps(MARK), fragment).encode("utf-8", "surrogatepass")
