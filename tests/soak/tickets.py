"""Who registers gaps with idempotency keys until enough are acknowledged, and what is left."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import httpx2
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.gap import Gap
from tests.factories import ADMIN, a_gap, bearer
from tests.soak.promises import Promise, none_of

THREADS: Final = 8
RETRY_SECONDS: Final = 0.1
PATIENCE_SECONDS: Final = 120.0
"""Longer than any start of a server, on a busy machine too."""
NO_ANSWER: Final = 0
NOT_THERE: Final = 404

Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: when it was asked for and when it came, in seconds that only grow; its status."""

    begun: float
    ended: float
    status: int


@dataclass
class Clerks:
    """Threads that register numbered gaps, each until it is acknowledged, whatever comes between.

    Attributes:
        url: says where the server is now; it may be another place after each start.
        wanted: when so many are acknowledged it is over.
        over: set then, or by whoever wants an end.
        acknowledged: ids by number.
        said: every answer, in the order of each thread.
        faults: acknowledgements that cannot be.
    """

    url: Callable[[], str]
    wanted: int
    over: threading.Event = field(default_factory=threading.Event)
    acknowledged: dict[int, str] = field(default_factory=dict[int, str])
    said: list[Said] = field(default_factory=list[Said])
    faults: list[str] = field(default_factory=list[str])
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _threads: list[threading.Thread] = field(default_factory=list[threading.Thread])

    def start(self) -> None:
        """Begin."""
        self._threads += [threading.Thread(target=self._work) for _ in range(THREADS)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End; each finishes the gap it is at, so the server must be there."""
        self.over.set()
        for thread in self._threads:
            thread.join()

    def again(self, numbers: Sequence[int]) -> list[int]:
        """Those of the numbers that are another gap when they are sent once more."""
        with httpx2.Client(timeout=PATIENCE_SECONDS) as client:
            return [
                number
                for number in numbers
                if self._send(client, number) != self.acknowledged[number]
            ]

    def _work(self) -> None:
        with httpx2.Client(timeout=PATIENCE_SECONDS) as client:
            while not self.over.is_set():
                self._finish(client, next(self._numbers))
                if len(self.acknowledged) >= self.wanted:
                    self.over.set()

    def _finish(self, client: httpx2.Client, number: int) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            made = self._send(client, number)
            if made is not None:
                self.acknowledged[number] = made
                self._read_back(client, made)
                return
            time.sleep(RETRY_SECONDS)
        self.faults.append(f"number {number} was not taken within {PATIENCE_SECONDS:g} s")

    def _read_back(self, client: httpx2.Client, made: str) -> None:
        path = f"/v1/gaps/{made}"
        answer = self._call(client, "GET", path, bearer(ADMIN))
        if answer is not None and answer.status_code == NOT_THERE:
            self.faults.append(f"{path} is not there, although it was acknowledged")

    def _send(self, client: httpx2.Client, number: int) -> str | None:
        """The id of the gap with that number; None where the answer is no acknowledgement."""
        name = {"Idempotency-Key": f"gap-{number}", "Content-Type": "application/json"}
        body = json.dumps(a_gap(title_zh=title_of(number)))
        answer = self._call(client, "POST", "/v1/gaps", name | bearer(ADMIN), body)
        return answer.json()["id"] if answer is not None and answer.status_code == 201 else None

    def _call(
        self, client: httpx2.Client, method: str, path: str, headers: Headers, body: str = ""
    ) -> httpx2.Response | None:
        """One call, noted; None where nobody answered."""
        begun = time.monotonic()
        try:
            answer = client.request(method, f"{self.url()}{path}", headers=headers, content=body)
        except httpx2.TransportError:
            answer = None
        status = NO_ANSWER if answer is None else answer.status_code
        self.said.append(Said(begun, time.monotonic(), status))
        return answer


def title_of(number: int) -> str:
    """By which a numbered gap is known again in the database."""
    return f"需求 {number}"


def stored_in(engine: Engine) -> list[tuple[str, str | None]]:
    """Id and title of every gap."""
    with Session(engine) as session:
        return list(session.exec(select(Gap.id, Gap.title_zh)))


def kept(
    what: str, wanted: int, acknowledged: dict[int, str], stored: Sequence[tuple[str, str | None]]
) -> list[Promise]:
    """Whether what was acknowledged is there, and nothing twice."""
    there, titles = dict(stored), Counter(title for _, title in stored)
    lost = sum(there.get(id_) != title_of(number) for number, id_ in acknowledged.items())
    doubled = sum(times > 1 for times in titles.values())
    return [
        none_of(f"lost, {what}", wanted, lost, len(acknowledged)),
        none_of(f"doubled, {what}", wanted, doubled, len(acknowledged)),
    ]
