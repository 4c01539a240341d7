"""Schemathesis makes up calls of every operation from the OpenAPI document, and sequences of them.

The examples of the document, each limit of each field, values by chance, and chains of calls that
hand on what earlier ones answered; over both kinds of database, as an administrator and a partner.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx2

from tests.factories import ADMIN, a_partner, bearer
from tests.hardening.sweep import LONGEST_SECONDS
from tests.soak.promises import Promise, none_of
from tests.soak.site import KINDS, Site, new_database, serving

FULL_EXAMPLES, SMALL_EXAMPLES = 200, 1
"""Calls by chance of each operation; those of the other phases come on top."""

CHECKS: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
LIMITS: Final = {"BULIAN_RATE_LIMITS": "admin=600000,partner=600000,failed=600000"}
MOST_SECONDS: Final = 3600.0
PROGRAM: Final = str(Path(sys.executable).with_name("schemathesis"))


class Who(NamedTuple):
    """A caller, and which operations it makes up calls of."""

    name: str
    key: str
    include: tuple[str, ...] = ()


def run(site: Site) -> Iterator[Promise]:
    """Made-up calls over each kind of database."""
    examples = SMALL_EXAMPLES if site.is_small else FULL_EXAMPLES
    for kind in KINDS:
        environment = new_database(site, kind, "fuzz") | LIMITS
        with serving(environment, site.folder / f"fuzz_{kind}") as server:
            callers = (
                Who("an administrator", ADMIN),
                Who("a partner", a_partners_key(server.url), ("--include-tag", "leads")),
            )
            for number, who in enumerate(callers):
                report = site.folder / f"{kind}_{number}.json"
                yield judged(kind, who, examples, fuzzed(server.url, who, examples, report))


def a_partners_key(url: str) -> str:
    """The key of a partner that is registered now."""
    made = httpx2.post(f"{url}/v1/admin/partners", json=a_partner(), headers=bearer(ADMIN)).json()
    body = {"scope": "partner", "name": "Partner", "partner_id": made["id"]}
    found: str = httpx2.post(f"{url}/v1/admin/keys", json=body, headers=bearer(ADMIN)).json()[
        "secret"
    ]
    return found


def fuzzed(url: str, who: Who, examples: int, report: Path) -> dict[str, Any]:
    """What Schemathesis says of its run."""
    # A small run shares the machine with a whole suite of tests, so that its times say nothing.
    hurry = ["--max-response-time", str(LONGEST_SECONDS)] if examples >= FULL_EXAMPLES else []
    command = [
        PROGRAM, "run", f"{url}/openapi.json", "--header", f"Authorization: Bearer {who.key}",
        "--max-examples", str(examples), "--checks", ",".join(CHECKS), *who.include, *hurry,
        "--request-timeout", "60", "--continue-on-failure", "--suppress-health-check", "all",
        "--generation-database", "none",
        "--report", "json", "--report-json-path", str(report), "--no-color", "--warnings", "off",
    ]  # fmt: skip
    subprocess.run(
        command, cwd=report.parent, check=False, capture_output=True, timeout=MOST_SECONDS
    )
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return told


def judged(kind: str, who: Who, examples: int, told: dict[str, Any]) -> Promise:
    """A run as a promise: every operation was tried, and nothing failed."""
    tried = told["operations"]["tested"]
    faults = [*told["failures"], *told["errors"]]
    least = examples * tried if told["complete"] else sys.maxsize
    words = "; ".join(json.dumps(fault, ensure_ascii=False)[:300] for fault in faults[:10])
    more = f"{tried} operations" + (f": {words}" if words else "")
    what = f"made-up calls of {who.name} that fail, {kind}"
    return none_of(what, least, len(faults), told["test_cases"]["generated"], more)
