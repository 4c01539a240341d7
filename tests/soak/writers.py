"""Who writes: one change after another, through each process in turn, noted in the ledger."""

import time
from collections.abc import Sequence
from random import Random
from typing import Any

import httpx2

from tests.soak.site import Place
from tests.soak.world import PRODUCTS, client_of, groups_of, register

NEW, TURN = 0.03, 0.25
"""Shares of the writes: a record more, a record in or out; the others change a field."""


class Writer:
    """One caller, the only one that changes its records.

    Args:
        number: tells it from the others.
        place: where it writes.
        ids: its records at the beginning.
        every_seconds: its pace; where a call takes longer, the next follows at once.
    """

    def __init__(self, number: int, place: Place, ids: Sequence[str], every_seconds: float) -> None:
        self.writes = 0
        self.refused: list[str] = []
        self._clients = [client_of(url) for url in place.urls]
        self._ledger = place.ledger
        self._ids = list(ids)
        self._over = place.over
        self._every_seconds = every_seconds
        known = place.ledger.look().begun
        self._groups = [group for group in groups_of(len(PRODUCTS)) if group.name in known]
        self._chance = Random(f"writer {number}")  # noqa: S311 - repeatable, not secret

    def work(self) -> None:
        """Write until it is over, or until a call is refused."""
        following = time.monotonic()
        while not self.refused and not self._over.wait(max(0.0, following - time.monotonic())):
            following = max(following + self._every_seconds, time.monotonic())
            client = self._clients[self.writes % len(self._clients)]
            self.writes += 1
            try:
                self._write(client)
            except httpx2.TransportError as error:
                self.refused.append(f"no answer: {error}")
        for client in self._clients:
            client.close()

    def _write(self, client: httpx2.Client) -> None:
        draw = self._chance.random()
        if draw < NEW:
            group = self._chance.choice(self._groups)
            self._ids.append(register(client, group, self._ledger))
        else:
            self._change(client, self._chance.choice(self._ids), turns=draw < NEW + TURN)

    def _change(self, client: httpx2.Client, id_: str, *, turns: bool) -> None:
        is_in = self._ledger.look().known[id_].is_in != turns
        is_gap = id_.startswith("gap_")
        body = self._turned(is_gap, is_in) if turns else self._altered(is_gap)
        path = f"/v1/{'gaps' if is_gap else 'investors'}/{id_}"
        self._ledger.begin(id_, turns=turns)
        answer = client.patch(path, json=body)
        if answer.status_code != 200:
            self.refused.append(f"{path}: {answer.status_code} {answer.text[:200]}")
            return
        self._ledger.acknowledge(id_, answer.json()["version"], is_in=is_in)

    def _turned(self, is_gap: bool, is_in: bool) -> dict[str, Any]:
        return {"status": "open" if is_in else "closed"} if is_gap else {"opt_out": not is_in}

    def _altered(self, is_gap: bool) -> dict[str, Any]:
        drawn = self._chance.choice(sorted(self._ledger.ours))
        return {"severity" if is_gap else "jobs": drawn}
