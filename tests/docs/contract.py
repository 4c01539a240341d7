"""What callers of the HTTP contract may rest on, in short, and what of it another contract breaks.

`python -m tests.docs.contract` takes the contract of today as the one to keep. Do so with a
release, or where something is broken on purpose, with an entry in CHANGELOG.md.

Limits of values (lengths, ranges, patterns) are not compared. A value more in an answer's enum
breaks nothing: callers must put up with words they do not know.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

DOCS: Final = Path(__file__).parents[2] / "docs"
CONTRACT, BASELINE = DOCS / "openapi.json", DOCS / "openapi-1.baseline.json"
METHODS: Final = ("get", "put", "post", "patch", "delete")
JSON: Final = "application/json"

Json = Mapping[str, Any]


def signature(document: Json) -> dict[str, Any]:
    """Operations with their parameters, bodies and answers; schemas with the types of their fields.

    Args:
        document: an OpenAPI 3.1 document.
    """
    operations = {
        f"{method.upper()} {path}": _operation(item[method])
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    }
    named = document.get("components", {}).get("schemas", {})
    return {"operations": operations, "schemas": {name: _shape(named[name]) for name in named}}


def _operation(told: Json) -> dict[str, Any]:
    answers = {
        status: _type_of(_schema_in(answer))
        for status, answer in told["responses"].items()
        if status.startswith("2")
    }
    parameters = {
        f"{one['in']} {one['name']}": _field(one["schema"], is_required=one.get("required", False))
        for one in told.get("parameters", ())
    }
    body = told.get("requestBody")
    return {
        "parameters": parameters,
        "body": None
        if body is None
        else _field(_schema_in(body), is_required=body.get("required", False)),
        "answers": answers,
    }


def _schema_in(told: Json) -> Json:
    return told.get("content", {}).get(JSON, {}).get("schema", {})


def _field(schema: Json, *, is_required: bool) -> list[str]:
    """The types, sorted, with `required` before them where it must be there."""
    return [*(["required"] if is_required else []), *_type_of(schema)]


def _shape(schema: Json) -> dict[str, list[str]]:
    """The fields of an object; of anything else its types under the name ""."""
    required, fields = schema.get("required", ()), schema.get("properties")
    if fields is None:
        return {"": _type_of(schema)}
    return {name: _field(fields[name], is_required=name in required) for name in fields}


def _type_of(schema: Json) -> list[str]:
    if "$ref" in schema:
        return [schema["$ref"].rpartition("/")[2]]
    for many in ("anyOf", "oneOf", "allOf"):
        if many in schema:
            return sorted({kind for one in schema[many] for kind in _type_of(one)})
    if "enum" in schema or "const" in schema:
        return sorted(json.dumps(one) for one in schema.get("enum", [schema.get("const")]))
    kinds = schema.get("type", "any")
    if kinds == "array":
        return [f"[{kind}]" for kind in _type_of(schema.get("items", {}))]
    return sorted(kinds) if isinstance(kinds, list) else [kinds]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - JSON


def breaking(old: Json, new: Json) -> list[str]:
    """What callers of the old contract could no longer do, a line each; nothing where all is well.

    Args:
        old: a signature.
        new: a later one.
    """
    found = list(_broken_operations(old["operations"], new["operations"]))
    sent, answered = _reached(old, is_sent=True), _reached(old, is_sent=False)
    for name, fields in old["schemas"].items():
        now = new["schemas"].get(name)
        if now is None and name in sent | answered:
            found.append(f"schema {name} is gone")
        if now is not None and name in sent:
            found += _broken_input(f"{name} as sent", fields, now)
        if now is not None and name in answered:
            found += _broken_answer(f"{name} as answered", fields, now)
    return found


def _broken_operations(old: Json, new: Json) -> Iterator[str]:
    for name, was in old.items():
        now = new.get(name)
        if now is None:
            yield f"{name} is gone"
            continue
        yield from _broken_input(name, was["parameters"], now["parameters"])
        if was["body"] is not None or now["body"] is not None:
            bodies = [{} if one["body"] is None else {"body": one["body"]} for one in (was, now)]
            yield from _broken_input(name, *bodies)
        yield from _broken_answer(name, was["answers"], now["answers"])


def _broken_input(where: str, old: Json, new: Json) -> Iterator[str]:
    """What may be sent may become more, never less, and nothing may be asked for that was not."""
    for name, was in old.items():
        if name not in new:
            yield f"{where}: {name} is gone"
        elif lost := _types(was) - _types(new[name]):
            yield f"{where}: {name} is no longer {', '.join(sorted(lost))}"
    for name, now in new.items():
        if "required" in now and "required" not in old.get(name, ()):
            yield f"{where}: {name} must be sent"


def _broken_answer(where: str, old: Json, new: Json) -> Iterator[str]:
    """What is answered may have more fields, never fewer, and none of another type."""
    for name, was in old.items():
        if name not in new:
            yield f"{where}: {name} is gone"
        elif "required" in was and "required" not in new[name]:
            yield f"{where}: {name} may be absent"
        elif more := {_open(one) for one in _types(new[name])} - {
            _open(one) for one in _types(was)
        }:
            yield f"{where}: {name} may be {', '.join(sorted(more))}"


def _types(field: list[str]) -> set[str]:
    return set(field) - {"required"}


def _open(kind: str) -> str:
    """A word of an enum counts as any word."""
    return "word" if kind.strip("[").startswith('"') else kind


def _reached(contract: Json, *, is_sent: bool) -> set[str]:
    """The schemas that bodies, or else answers, are made of."""
    kinds: list[str] = []
    for one in contract["operations"].values():
        if is_sent:
            kinds += one["body"] or []
            kinds += [kind for field in one["parameters"].values() for kind in field]
        else:
            kinds += [kind for field in one["answers"].values() for kind in field]
    reached: set[str] = set()
    while kinds:
        name = kinds.pop().strip("[]")
        if name in contract["schemas"] and name not in reached:
            reached.add(name)
            kinds += [kind for field in contract["schemas"][name].values() for kind in field]
    return reached


def read(path: Path) -> dict[str, Any]:
    """A document or a signature."""
    return json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    told = json.dumps(signature(read(CONTRACT)), ensure_ascii=False, sort_keys=True)
    BASELINE.write_text(told.replace("}, ", "},\n") + "\n", encoding="utf-8")
