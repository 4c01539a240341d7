"""The OpenAPI document: what FastAPI derives, with our errors, headers and examples put in."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from models.problem import Problem
from service import errors, problems
from service.edge import Fault
from service.errors import Refused

Node = dict[str, Any]

TAGS: Final = (
    ("matching", "匹配 · Rankings in both directions, with the reason for every point"),
    ("investors", "投资者 · Investors and their plans"),
    ("gaps", "弱链缺链 · Weak and missing links of zones"),
    ("zones", "高新区 · High-tech zones"),
    ("diagnosis", "产业链诊断 · From a zone's firms to its gaps"),
    ("insight", "洞察 · Convergence, related links, exposure"),
    ("reference", "产业链与区域 · Chains, regions, and where a description belongs"),
    ("webhooks", "回调 · Events that are sent to partners and portals"),
    ("administration", "管理 · Policies, imports, exports and jobs, for administrators"),
    ("leads", "线索 · Leads of partners, from handing in to landing"),
    ("partners", "合伙人 · Who may hand in leads, for administrators"),
    ("keys", "密钥 · Keys of callers, for administrators"),
    ("audit", "审计 · What was done by whom, for administrators"),
    ("operation", "运行 · For load balancers and supervisors"),
)
INTRODUCTION: Final = """\
补链 tells a high-tech zone which investor would mend its weak link or fill its missing link, tells
an investor which zone needs it, and gives the reason for every point.

Send `Authorization: Bearer <key>`. Scopes nest: an administrator's key does all that a portal's
does; a partner's key reads open gaps, zones and reference, and hands in and follows its own leads.
Calls are limited by key: `RateLimit` on every answer says how many are left.
Errors are `application/problem+json` (RFC 9457). Amounts are CNY, timestamps UTC, `null` means
unknown and never zero."""

UNVERSIONED: Final = frozenset(
    {
        "read_chain",
        "read_allocation",
        "compare_edition",
        "read_key",
        "list_deliveries",
        "list_lead_moves",
        "read_lead_contacts",
        "read_cache",
        "list_refusals",
        "follow_job",
        "get_refused_rows",
        "get_template",
    }
)
REF: Final = "#/components/schemas/Problem"
FRAMEWORKS_OWN: Final = ("HTTPValidationError", "ValidationError")
HEADERS: Final[Node] = {
    "ETag": "Names this state of the record; send it as If-None-Match or If-Match",
    "Location": "Where the new record is",
    "Idempotency-Replayed": "true when an earlier call with the same Idempotency-Key made it",
    "X-Request-ID": "Names this request in the logs",
    "RateLimit": 'Calls left and seconds until more are free, such as "portal";r=59999;t=60',
    "RateLimit-Policy": 'The limit: q calls in w seconds, such as "portal";q=60000;w=60',
    "Retry-After": "Seconds to wait",
}
LIMITS: Final = ("RateLimit", "RateLimit-Policy")
HEADERS_OF: Final[Mapping[type[Refused], tuple[str, ...]]] = {
    errors.TooManyCalls: ("Retry-After", *LIMITS)
}
CONDITIONAL: Final = {
    "get": ("If-None-Match", "An ETag; when it still holds the answer is 304 without a body"),
    "patch": ("If-Match", "An ETag; when the record has changed since, the answer is 412"),
    "delete": ("If-Match", "An ETag; when the record has changed since, the answer is 412"),
}


def describe(app: FastAPI) -> None:
    """Have the application answer with our document; it is made at the first question."""

    @cache
    def document() -> Node:
        made = get_openapi(
            title=app.title,
            version=app.version,
            summary="Which investor would mend a zone's weak link, and why",
            description=INTRODUCTION,
            routes=app.routes,
            tags=[{"name": name, "description": text} for name, text in TAGS],
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        )
        complete(made)
        return made

    app.openapi = document


def complete(document: Node) -> None:
    """Add to each operation the errors any call may meet, its headers and its example."""
    examples = load_examples()
    schemas: Node = document["components"]["schemas"]
    for name in FRAMEWORKS_OWN:
        schemas.pop(name, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    shared: Node = document["components"].setdefault("responses", {})
    for _, method, operation in operations(document):
        _add_errors(operation, shared)
        _add_headers(method, operation)
        _add_example(operation, examples.get(operation["operationId"]))


def operations(document: Node) -> Iterator[tuple[str, str, Node]]:
    """Path, method in lower case, and description of each operation."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


@cache
def load_examples() -> dict[str, Any]:
    """An answer of each operation, by its id; a test sees to it that they are true."""
    text = (files("service") / "examples.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _add_errors(operation: Node, shared: Node) -> None:
    """Put in what any call may meet: by reference, or beside the operation's own of that status."""
    told: Node = operation["responses"]
    if REF not in json.dumps(told.get("422", {})):
        told.pop("422", None)
    for refusal in common_refusals(operation):
        status = str(refusal.status)
        said = problems.responses(refusal)[refusal.status]
        if status in told:
            told[status]["description"] += " " + said["description"]
        else:
            names = ("X-Request-ID", *HEADERS_OF.get(refusal, ()))
            shared[refusal.__name__] = said | {"headers": headers_of(*names)}
            told[status] = {"$ref": f"#/components/responses/{refusal.__name__}"}
    operation["responses"] = dict(sorted(told.items()))


def common_refusals(operation: Node) -> list[type[Refused]]:
    """What can happen to any call of an operation, whatever it does."""
    found: list[type[Refused]] = [Fault]
    if "security" in operation:
        found += [
            errors.KeyNotAccepted,
            errors.ScopeTooNarrow,
            errors.TooManyCalls,
            errors.DatabaseAway,
            errors.NotValid,
        ]
    if "requestBody" in operation:
        found.append(errors.BodyUnreadable)
        if "application/json" in operation["requestBody"]["content"]:
            found += [errors.BodyTooLarge, errors.NotJson]
    return found


def headers_of(*names: str) -> Node:
    """Headers of an answer, described."""
    return {name: {"description": HEADERS[name], "schema": {"type": "string"}} for name in names}


def _add_headers(method: str, operation: Node) -> None:
    told: Node = operation["responses"]
    names = ["X-Request-ID", *(LIMITS if "security" in operation else ())]
    if "412" in told or _is_conditional(method, operation):
        _add_condition(method, operation)
        names += [] if method == "delete" else ["ETag"]
    if "201" in told:
        names += ["Location", "ETag", "Idempotency-Replayed"]
    for status, response in told.items():
        if "$ref" not in response:
            response["headers"] = headers_of(*(names if status < "400" else names[:1]))


def _is_conditional(method: str, operation: Node) -> bool:
    """Whether one record with a version is read."""
    is_one = "404" in operation["responses"] and operation["operationId"] not in UNVERSIONED
    return method == "get" and is_one


def _add_condition(method: str, operation: Node) -> None:
    name, text = CONDITIONAL[method]
    operation.setdefault("parameters", []).append(
        {
            "name": name,
            "in": "header",
            "required": False,
            "schema": {"type": "string"},
            "description": text,
        }
    )
    if method == "get":
        operation["responses"]["304"] = {"description": "The caller holds this answer already."}


def _add_example(operation: Node, example: object) -> None:
    if example is None:
        return
    for status, response in operation["responses"].items():
        content = response.get("content", {}).get("application/json")
        if status.startswith("2") and content is not None:
            content.setdefault("example", example)  # where another status has its own
