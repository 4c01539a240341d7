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

FULL, SMALL = 200, 1
"""Calls by chance of each operation; those of the other phases come on top."""

FULL_CHAINS_SECONDS, SMALL_CHAINS_SECONDS = 240, 5
"""How long calls are made up that hand on what earlier ones answered."""

CHAINS_SECONDS_A_CALL: Final = 0.5
"""The slowest that such calls may come for a run to show anything."""

CHECKS: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
LIMITS: Final = {"BULIAN_RATE_LIMITS": "admin=600000,partner=600000,failed=600000"}
MOST_SECONDS: Final = 3600.0
PROGRAM: Final = str(Path(sys.executable).with_name("schemathesis"))


class Attack(NamedTuple):
    """Whose key, what is to be made up, and how many calls an operation, or all of them, need."""

    name: str
    key: str
    options: tuple[str, ...]
    least: int = 0
    least_each: int = 0


def run(site: Site) -> Iterator[Promise]:
    """Made-up calls over each kind of database."""
    for kind in KINDS:
        environment = new_database(site, kind, "fuzz") | LIMITS
        with serving(environment, site.folder / f"fuzz_{kind}") as server:
            for number, attack in enumerate(attacks(server.url, is_small=site.is_small)):
                report = site.folder / f"{kind}_{number}.json"
                yield judged(kind, attack, fuzzed(server.url, attack, report))


def attacks(url: str, *, is_small: bool) -> list[Attack]:
    """All that is tried on a server.

    An operation of few different calls gets fewer than were asked for, so that half is enough. A
    small run shares the machine with others: the time that an answer takes says nothing then.
    """
    examples = SMALL if is_small else FULL
    seconds = SMALL_CHAINS_SECONDS if is_small else FULL_CHAINS_SECONDS
    hurry = () if is_small else ("--max-response-time", str(LONGEST_SECONDS))
    every = ("--max-examples", str(examples), *hurry)
    chains = ("--phases", "stateful", "--max-time", str(seconds), *every)
    singly = ("--phases", "examples,coverage,fuzzing", *every)
    of_partners = ("--include-tag", "leads", *singly)
    partner, each = a_partners_key(url), max(1, examples // 2)
    least = int(seconds / CHAINS_SECONDS_A_CALL)
    return [
        Attack("an administrator", ADMIN, singly, least_each=each),
        Attack("a partner", partner, of_partners, least_each=each),
        Attack("an administrator, in chains", ADMIN, chains, least=least),
    ]


def a_partners_key(url: str) -> str:
    """The key of a partner that is registered now."""
    made = httpx2.post(f"{url}/v1/admin/partners", json=a_partner(), headers=bearer(ADMIN)).json()
    body = {"scope": "partner", "name": "Partner", "partner_id": made["id"]}
    found: str = httpx2.post(f"{url}/v1/admin/keys", json=body, headers=bearer(ADMIN)).json()[
        "secret"
    ]
    return found


def fuzzed(url: str, attack: Attack, report: Path) -> dict[str, Any]:
    """What Schemathesis says of its run."""
    command = [
        PROGRAM, "run", f"{url}/openapi.json", "--header", f"Authorization: Bearer {attack.key}",
        "--checks", ",".join(CHECKS), *attack.options,
        "--request-timeout", "60", "--continue-on-failure", "--suppress-health-check", "all",
        "--generation-database", "none",
        "--report", "json", "--report-json-path", str(report), "--no-color", "--warnings", "off",
    ]  # fmt: skip
    subprocess.run(
        command, cwd=report.parent, check=False, capture_output=True, timeout=MOST_SECONDS
    )
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return told


def judged(kind: str, attack: Attack, told: dict[str, Any]) -> Promise:
    """A run as a promise: enough was tried, and nothing failed."""
    tried = told["operations"]["tested"]
    faults = [*told["failures"], *told["errors"]]
    least = max(attack.least, attack.least_each * tried) if told["complete"] else sys.maxsize
    words = "; ".join(json.dumps(fault, ensure_ascii=False)[:300] for fault in faults[:10])
    more = f"{tried} operations" + (f": {words}" if words else "")
    what = f"made-up calls of {attack.name} that fail, {kind}"
    return none_of(what, least, len(faults), told["test_cases"]["generated"], more)
