"""Each value of the corpus at each place of each operation: what must be true of every answer."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from service.edge import PROTECTION
from tests.factories import ADMIN, PARTNER, PORTAL, bearer
from tests.hardening.corpus import HEADERS, JSON, TEXTS
from tests.hardening.spots import Spot, all_spots, spoilt
from tests.service.scopes import CREDENTIALS, MATRIX
from tests.service.test_scopes import body_of, operations, owned, sent

LONGEST_SECONDS: Final = 2.0
LONGEST_PROBLEM: Final = 30_000
TOO_OFTEN: Final = 429
CASES: Final = {"body": JSON, "query": TEXTS, "path": TEXTS, "form": TEXTS, "header": HEADERS}


class Call(NamedTuple):
    """One call that is meant to do harm."""

    spot: Spot
    value: str

    def __str__(self) -> str:
        return f"{self.spot} ← {self.value}"


@dataclass(slots=True)
class Tally:
    """What was answered to all calls."""

    calls: int = 0
    slowest: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict[int, int])
    faults: list[str] = field(default_factory=list[str])

    def note(self, call: Call, answer: Response, seconds: float) -> None:
        """Count an answer, and what is wrong with it."""
        self.calls += 1
        self.slowest = max(self.slowest, seconds)
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        for fault in faults_of(answer, seconds):
            self.faults.append(f"{call}: {fault}")


def all_calls() -> Iterator[Call]:
    """The corpus at every place."""
    for spot in all_spots():
        for value in CASES[spot.where]:
            yield Call(spot, value)


def faults_of(answer: Response, seconds: float) -> Iterator[str]:
    """What is wrong with an answer, whatever was sent."""
    status = answer.status_code
    if status >= 500 or status == TOO_OFTEN:
        yield f"answered {status}: {answer.text[:300]}"
    if seconds > LONGEST_SECONDS:
        yield f"took {seconds:.1f} s"
    missing = [name for name, _ in PROTECTION if name not in answer.headers]
    if missing:
        yield f"{status} without {', '.join(missing)}"
    if "Set-Cookie" in answer.headers:
        yield "sets a cookie"
    if status >= 400:
        yield from faults_of_problem(answer)


def faults_of_problem(answer: Response) -> Iterator[str]:
    """What is wrong with a refusal."""
    if answer.headers.get("Content-Type") != "application/problem+json":
        yield f"{answer.status_code} is told as {answer.headers.get('Content-Type')}"
    elif json.loads(answer.content)["status"] != answer.status_code:
        yield f"{answer.status_code} is told as another status"
    if len(answer.content) > LONGEST_PROBLEM:
        yield f"a problem of {len(answer.content)} bytes"


def key_for(operation: str) -> str:
    """A key that may call it."""
    row = dict(zip(CREDENTIALS, MATRIX[operation], strict=True))
    able = {"admin": ADMIN, "owner": PORTAL, "partner": PARTNER}
    return next(key for who, key in able.items() if row[who] < 400)


class Attacker:
    """Makes calls of one operation, on records that are there."""

    def __init__(self, app: FastAPI, operation: str) -> None:
        self._method, path = operations()[operation]
        key = key_for(operation)
        self._client = TestClient(app, headers=bearer(key), raise_server_exceptions=False)
        self._path, self._parts = path, owned(app, operation, path)
        self._more = sent(operation, app)
        self._body = body_of(operation, app)

    def send(self, call: Call) -> tuple[Response, float]:
        """Make a call; the answer, and how long we worked at it."""
        path = self._path.format(**self._parts)
        more: dict[str, Any] = dict(self._more)
        where, steps, value = call.spot.where, call.spot.steps, CASES[call.spot.where][call.value]
        if where == "path":
            path = self._path.format(**self._parts | {str(steps[0]): value})
        elif where == "query":
            more.pop("params", None)
            path = f"{path}?{steps[0]}={value}"
        elif where == "header":
            more["headers"] = {str(steps[0]): value}
        elif where == "body":
            more = {"content": spoilt(self._body, steps, str(value))}
            more["headers"] = {"Content-Type": "application/json"}
        else:
            more["data"] = {**more.get("data", {}), str(steps[0]): value}
        started = time.process_time()  # not of the clock: others may use the machine as well
        answer = self._client.request(self._method, path, follow_redirects=False, **more)
        return answer, time.process_time() - started


def sweep(app: FastAPI, calls: Iterator[Call]) -> Tally:
    """Make the calls, operation by operation, and tell of all answers."""
    tally, attacker, operation = Tally(), None, ""
    for call in calls:
        if attacker is None or call.spot.operation != operation:
            operation = call.spot.operation
            attacker = Attacker(app, operation)
        answer, seconds = attacker.send(call)
        tally.note(call, answer, seconds)
    return tally


def shortened(fault: str) -> str:
    """A fault without ids, to tell each once."""
    return re.sub(r"\w+_[0-9A-HJKMNP-TV-Z]{26}", "…", fault)[:400]
