"""What sends the messages: a few threads in each process, one webhook at a time each.

A webhook whose receiver is slow or fails is served by threads of its own, so that it delays nobody
else. Several processes share the work through the leases of `turns`.
"""

import ssl
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Final

import structlog
from sqlalchemy import Engine

from models.ids import new_id
from service import clock, database
from service.repositories import deliveries, feed, installation, webhooks
from service.telemetry import tracing
from service.webhooks import audience, signing, turns
from service.webhooks.addresses import Gate
from service.webhooks.line import Line, Outcome, default_tls
from service.webhooks.turns import Due, Nothing, Sent

THREADS: Final = 8
"""For each of the two lanes."""

TURN_SECONDS: Final = 5.0
"""After that another webhook has its turn, however much is left."""

SLOW_MS: Final = 2000
"""A receiver that took longer is served in the slow lane until it is quick again."""

log = structlog.stdlib.get_logger("service.webhooks")


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent to whom, and what signs it."""

    webhook_id: str
    url: str
    due: Due
    secrets: list[str] = field(repr=False)


class Courier:
    """Delivers what is due whenever `tick` is called."""

    def __init__(
        self, engine: Engine, gate: Gate | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        """A courier of this process.

        Args:
            engine: the database.
            gate: which addresses may be called; in tests this machine's own.
            tls: whose certificates are trusted; in tests those of a receiver there.
        """
        self._engine = engine
        self._gate = gate or Gate()
        self._given_tls = tls
        self.worker = new_id("wrk")
        self._quick = ThreadPoolExecutor(THREADS, "webhooks")
        self._slow = ThreadPoolExecutor(THREADS, "slow-webhooks")
        self._busy: set[str] = set()
        self._slow_ones: set[str] = set()
        self._ends = threading.Event()

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Read at the first message: a server without webhooks starts the sooner."""
        return self._given_tls or default_tls()

    def tick(self) -> list[Future[None]]:
        """Hand out a turn to each webhook that has something to be told; does not wait for them."""
        ready, passes = self._look()
        if passes:
            with database.transaction(self._engine) as session:
                for webhook_id, position, seen in passes:
                    deliveries.pass_over(session, webhook_id, position, seen)
        return [self._hand_out(one) for one in ready if one not in self._busy]

    def close(self) -> None:
        """Stop: a message under way may end, which takes ten seconds at most; no other begins."""
        self._ends.set()
        for lane in (self._quick, self._slow):
            lane.shutdown(wait=True, cancel_futures=True)

    def _look(self) -> tuple[list[str], list[tuple[str, int, int]]]:
        """Which webhooks have something to be told, and which only events to be passed over."""
        ready: list[str] = []
        passes: list[tuple[str, int, int]] = []
        moment = clock.now()
        with database.snapshot(self._engine) as session:
            head = feed.last_mark(session).number
            for webhook, progress in deliveries.list_due(session, moment, head):
                ahead = turns.look_ahead(session, webhook, progress, moment, head)
                if isinstance(ahead, Due):
                    ready.append(webhook.id)
                else:
                    passes.append((webhook.id, progress.position, ahead.up_to))
        return ready, passes

    def _hand_out(self, webhook_id: str) -> Future[None]:
        lane = self._slow if webhook_id in self._slow_ones else self._quick
        self._busy.add(webhook_id)
        future = lane.submit(self._turn, webhook_id)
        future.add_done_callback(partial(self._done, webhook_id))
        return future

    def _done(self, webhook_id: str, future: Future[None]) -> None:
        self._busy.discard(webhook_id)
        error = None if future.cancelled() else future.exception()
        if error is not None:
            log.error("webhook turn failed", webhook_id=webhook_id, exc_info=error)

    def _turn(self, webhook_id: str) -> None:
        """Tell a webhook what is due, in order, for a few seconds."""
        with database.transaction(self._engine) as session:
            if not turns.begin(session, webhook_id, self.worker, clock.now()):
                return
        try:
            self._deliver(webhook_id)
        finally:
            with database.transaction(self._engine) as session:
                turns.end(session, webhook_id, self.worker)

    def _deliver(self, webhook_id: str) -> None:
        until = time.monotonic() + TURN_SECONDS
        line: Line | None = None
        try:
            while not self._ends.is_set() and time.monotonic() < until:
                message = self._next(webhook_id)
                if message is None:
                    return
                line = self._line_to(message.url, line)
                if not self._send(line, message):
                    return
        finally:
            if line is not None:
                line.close()

    def _line_to(self, url: str, held: Line | None) -> Line:
        """The line that is held, or a new one where the address has changed meanwhile."""
        if held is not None and held.url == url:
            return held
        if held is not None:
            held.close()
        return Line(url, self._gate, self._tls)

    def _next(self, webhook_id: str) -> Message | None:
        """What to tell a webhook now; None = nothing more."""
        moment = clock.now()
        with database.snapshot(self._engine) as session:
            webhook = deliveries.find_open(session, webhook_id, moment)
            if webhook is None:
                return None
            progress = webhooks.progress_of(session, [webhook_id])[webhook_id]
            head = feed.last_mark(session).number
            ahead = turns.look_ahead(session, webhook, progress, moment, head)
            if isinstance(ahead, Nothing):
                return None
            secrets = signing.secrets_of(installation.get(session).secret, webhook, moment)
            return Message(webhook_id, webhook.url, ahead, secrets)

    def _send(self, line: Line, message: Message) -> bool:
        """Send a message and keep what became of it; says whether the turn goes on."""
        event = message.due.event
        body = audience.body_of(event)
        told = {"bulian.webhook.id": message.webhook_id, "bulian.event.action": event.action}
        with tracing.span("webhook delivery", told, "CLIENT"):
            signed = signing.sign(message.secrets, event.id, clock.now(), body)
            outcome = line.send(signed | tracing.outgoing(), body)
            tracing.tell(failed=outcome.fault or "", bulian__duration_ms=outcome.duration_ms)
        self._note_speed(message.webhook_id, outcome)
        with database.transaction(self._engine) as session:
            sent = Sent(message.webhook_id, message.due, outcome)
            return turns.settle(session, self.worker, sent, clock.now())

    def _note_speed(self, webhook_id: str, outcome: Outcome) -> None:
        if outcome.duration_ms > SLOW_MS:
            self._slow_ones.add(webhook_id)
        else:
            self._slow_ones.discard(webhook_id)
