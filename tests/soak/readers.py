"""Who reads: questions by chance from each process in turn, held against the ledger."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

import httpx2

from tests.soak.oracle import Question, faults
from tests.soak.site import Place
from tests.soak.world import client_of

FAVOUR = 3
"""The first questions are asked again and again: half of the reads go to an eighth of them."""

CONDITIONAL = 0.3
"""So many reads ask whether what they hold is still right."""


class Reader:
    """One caller.

    Args:
        number: tells it from the others.
        place: where it asks.
        questions: what may be asked.
        pause_seconds: between two reads.
    """

    def __init__(
        self, number: int, place: Place, questions: Sequence[Question], pause_seconds: float = 0.0
    ) -> None:
        self.reads = 0
        self.faults: list[str] = []
        self.refused: list[str] = []
        self.kinds: Counter[str] = Counter()
        self._clients = [client_of(url) for url in place.urls]
        self._ledger = place.ledger
        self._questions = questions
        self._over = place.over
        self._pause_seconds = pause_seconds
        self._chance = Random(f"reader {number}")  # noqa: S311 - repeatable, not secret
        self._held: dict[str, tuple[str, Any]] = {}

    def work(self) -> None:
        """Read until it is over, or until a call is refused."""
        while not self.refused and not self._over.wait(self._pause_seconds):
            client = self._clients[self.reads % len(self._clients)]
            which = self._chance.random() ** FAVOUR * len(self._questions)
            try:
                self.read(client, self._questions[int(which)])
            except httpx2.TransportError as error:
                self.refused.append(f"no answer: {error}")
        for client in self._clients:
            client.close()

    def read(self, client: httpx2.Client, question: Question) -> None:
        """Ask once, and note what is wrong with the answer."""
        held = self._held.get(question.path)
        is_conditional = held is not None and self._chance.random() < CONDITIONAL
        headers = {"If-None-Match": held[0]} if held and is_conditional else {}
        before = self._ledger.look()
        answer = client.get(question.path, headers=headers)
        after = self._ledger.look()
        self.reads += 1
        self._count(answer)
        if answer.status_code == 304 and held is not None:
            shown = held[1]
        elif answer.status_code == 200:
            shown = answer.json()
            self._held[question.path] = (answer.headers["etag"], shown)
        else:
            self.refused.append(f"{question.path}: {answer.status_code} {answer.text[:200]}")
            return
        found = faults(question, shown, before, after)
        if found:
            self.faults.append(f"{question.path} {'; '.join(found)}")

    def _count(self, answer: httpx2.Response) -> None:
        self.kinds["hit"] += answer.headers.get("cache-status", "").endswith("hit")
        self.kinds[str(answer.status_code)] += 1
