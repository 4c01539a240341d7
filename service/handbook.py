"""The page at `/docs`, made from the OpenAPI document, with a command to try each call."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from shlex import quote
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from service.openapi import INTRODUCTION, Node, operations
from service.shipped import shipped

LABELS: Final = {
    "zh": {
        "title": "补链接口说明",
        "introduction": "补链为高新区推荐能强链补链的投资者，"
        "为投资者推荐需要它的高新区，每一分都给出理由。\n\n"
        "请求须带 `Authorization: Bearer <密钥>`。管理员密钥包含门户密钥的全部权限；"
        "合伙人密钥可读开放的弱链缺链、高新区和参考资料，并可提交和跟踪自己的线索。"
        "错误一律为 `application/problem+json`（RFC 9457）。"
        "金额单位为人民币元，时间为 UTC，`null` 表示未知，绝不等于零。",
        "before": "运行示例前先设置",
        "other": "English",
        "parameters": "参数",
        "body": "请求体",
        "answer": "应答",
        "answers": "状态码",
        "field": "字段",
        "type": "类型",
        "meaning": "含义",
        "required": "必填",
        "example": "示例应答",
        "try": "命令行示例",
        "open": "无需密钥",
        "contents": "目录",
        "machine": "机器可读文档",
    },
    "en": {
        "title": "Bulian API",
        "introduction": INTRODUCTION,
        "before": "Before trying a command",
        "other": "中文",
        "parameters": "Parameters",
        "body": "Body",
        "answer": "Answer",
        "answers": "Statuses",
        "field": "Field",
        "type": "Type",
        "meaning": "Meaning",
        "required": "required",
        "example": "Example answer",
        "try": "Command",
        "open": "no key needed",
        "contents": "Contents",
        "machine": "For programs",
    },
}
OTHER: Final = {"zh": "en", "en": "zh"}


@dataclass(frozen=True, slots=True)
class Row:
    """A field or parameter."""

    name: str
    kind: str
    meaning: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Call:
    """An operation as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    is_open: bool
    parameters: list[Row]
    body: list[Row]
    answer: list[Row]
    statuses: list[tuple[str, str]]
    command: str
    example: str


class Handbook:
    """The document in its three forms, each made ready when it is first asked for."""

    def __init__(self) -> None:
        loader = PackageLoader("service", "pages")
        self._templates = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.filters["prose"] = prose
        self._pages: dict[str, bytes] = {}

    @cached_property
    def document(self) -> bytes:
        """For programs: JSON in UTF-8, as it was committed.

        A test holds it to what the code says; to derive it anew would take the first caller two
        seconds.
        """
        return json.dumps(self._committed(), ensure_ascii=False).encode()

    @cached_property
    def style(self) -> bytes:
        """The style sheet of the page."""
        return self._templates.get_template("docs.css").render().encode()

    def page(self, language: str) -> bytes:
        """For people: a page with labels in `zh` or `en`."""
        if language not in self._pages:
            self._pages[language] = self._render(language).encode()
        return self._pages[language]

    def _committed(self) -> Node:
        found: Node = json.loads(shipped("docs/openapi.json").read_text("utf-8"))
        return found

    def _render(self, language: str) -> str:
        document = self._committed()
        calls = list(_calls(document))
        chapters = [
            (tag, [call for chapter, call in calls if chapter == tag["name"]])
            for tag in document["tags"]
        ]
        return self._templates.get_template("docs.html").render(
            labels=LABELS[language],
            language=language,
            other=OTHER[language],
            info=document["info"],
            chapters=chapters,
        )


def prose(text: str) -> Markup:
    """Text with what stands in backticks as code, safe to be put into a page.

    >>> prose("send `<key>` & wait")
    Markup('send <code>&lt;key&gt;</code> &amp; wait')
    """
    parts = text.replace("**", "").split("`")
    marked = (Markup("<code>{}</code>").format(part) for part in parts[1::2])
    plain = (escape(part) for part in parts[::2])
    pairs = zip_longest(plain, marked, fillvalue=Markup(""))
    return Markup("").join(piece for pair in pairs for piece in pair)


def _calls(document: Node) -> Iterator[tuple[str, Call]]:
    for path, method, operation in operations(document):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        answer = _answer(operation)
        example = answer.get("example")
        call = Call(
            id=operation["operationId"],
            method=method.upper(),
            path=path,
            summary=operation["summary"],
            description=operation.get("description", ""),
            is_open="security" not in operation,
            parameters=[_parameter(one) for one in operation.get("parameters", [])],
            body=rows(document, body.get("schema", {})),
            answer=rows(document, answer.get("schema", {})),
            statuses=[
                (code, referred(document, one)["description"])
                for code, one in operation["responses"].items()
            ],
            command=command(document, path, method, operation),
            example="" if example is None else _pretty(example),
        )
        yield operation["tags"][0], call


def _answer(operation: Node) -> Node:
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            return response.get("content", {}).get("application/json", {})
    return {}


def _parameter(parameter: Node) -> Row:
    return Row(
        name=parameter["name"],
        kind=f"{parameter['in']}: {kind_of(parameter['schema'])}",
        meaning=parameter.get("description", ""),
        is_required=parameter.get("required", False),
    )


def rows(document: Node, schema: Node) -> list[Row]:
    """The fields of a shape, one level deep; of several shapes, those of the first."""
    found = resolved(document, schema)
    needed = found.get("required", [])
    return [
        Row(name, kind_of(field), field.get("description", ""), name in needed)
        for name, field in found.get("properties", {}).items()
    ]


def resolved(document: Node, schema: Node) -> Node:
    """A shape itself where a reference to it stands."""
    for choice in schema.get("anyOf", [])[:1]:
        return resolved(document, choice)
    return referred(document, schema)


def referred(document: Node, node: Node) -> Node:
    """A component of the document where a reference to it stands."""
    if "$ref" not in node:
        return node
    _, _, kind, name = node["$ref"].split("/")
    return document["components"][kind][name]


def kind_of(schema: Node) -> str:
    """The type of a field in a few words.

    >>> kind_of({"anyOf": [{"type": "integer"}, {"type": "null"}]})
    'integer | null'
    """
    if "anyOf" in schema:
        return " | ".join(kind_of(choice) for choice in schema["anyOf"])
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"[{kind_of(schema.get('items', {}))}]"
    return str(schema.get("const", schema.get("format", schema.get("type", "any"))))


def command(document: Node, path: str, method: str, operation: Node) -> str:
    """A curl command that makes the call; what is in braces is to be filled in."""
    parts = [f'curl -X {method.upper()} "$BULIAN_URL{path}"']
    if "security" in operation:
        parts.append('-H "Authorization: Bearer $BULIAN_KEY"')
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body is not None:
        parts.append("-H 'Content-Type: application/json'")
        parts.append(f"-d {quote(_pretty(body_example(document, body)))}")
    return " \\\n  ".join(parts)


def body_example(document: Node, body: Node) -> Any:
    """The example of a body: its own, or the first of its shape."""
    examples = resolved(document, body["schema"]).get("examples", [{}])
    return body.get("example", examples[0])


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
