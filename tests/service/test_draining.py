"""Between SIGTERM and the end of the listener: unready, still answering, closing connections."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from types import FrameType

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.draining import Drain
from service.scorer import Scorer
from tests.databases import SqliteCopies
from tests.factories import an_investor, register

SHORT = 0.05
NEVER = 600.0


@pytest.fixture
def told() -> Iterator[list[int]]:
    """The signals that come through to whoever waits for them."""
    come: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        come.append(number)

    before = signal.signal(signal.SIGTERM, note)
    yield come
    signal.signal(signal.SIGTERM, before)


def test_a_signal_comes_through_once_the_time_is_over(told: list[int]) -> None:
    async def leave() -> None:
        drain = Drain(SHORT)
        with drain.listening():
            assert not drain.is_under_way
            signal.raise_signal(signal.SIGTERM)
            assert (drain.is_under_way, told) == (True, [])
            while not told:
                await asyncio.sleep(SHORT / 5)

    asyncio.run(leave())
    assert told == [signal.SIGTERM]


def test_a_second_signal_comes_through_at_once(told: list[int]) -> None:
    async def leave() -> None:
        with Drain(NEVER).listening():
            signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(signal.SIGTERM)

    asyncio.run(leave())
    assert told == [signal.SIGTERM]


def test_without_time_or_at_the_end_signals_come_through(told: list[int]) -> None:
    async def stay(seconds: float) -> None:
        with Drain(seconds).listening():
            if not seconds:
                signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)

    asyncio.run(stay(0.0))
    assert len(told) == 2
    asyncio.run(stay(NEVER))
    assert len(told) == 3


def test_only_the_main_thread_may_listen(told: list[int]) -> None:
    def listen() -> None:
        with Drain(NEVER).listening():
            pass

    thread = threading.Thread(target=listen)
    thread.start()
    thread.join()
    signal.raise_signal(signal.SIGTERM)
    assert told == [signal.SIGTERM]


@pytest.fixture
def drain(embedded: TestClient, monkeypatch: pytest.MonkeyPatch) -> Drain:
    """How the application leaves."""
    made = Drain(NEVER)
    monkeypatch.setattr(embedded.app.state, "drain", made)  # type: ignore[attr-defined]
    return made


def test_a_process_that_leaves_is_unready_and_closes_connections(
    embedded: TestClient, drain: Drain
) -> None:
    investor = register(embedded, "investors", an_investor())["id"]
    paths = ("/healthz", "/v1/zones", f"/v1/investors/{investor}/matches", "/v1/nothing")
    stays = [embedded.get(path) for path in paths]
    assert embedded.get("/readyz").status_code == 200
    assert all("Connection" not in answer.headers for answer in stays)
    drain.is_under_way = True
    leaves = [embedded.get(path) for path in paths]
    assert all(answer.headers["Connection"] == "close" for answer in leaves)
    assert [one.status_code for one in leaves] == [one.status_code for one in stays]
    assert leaves[2].content == stays[2].content
    refused = embedded.get("/readyz")
    assert refused.status_code == 503
    assert refused.json()["type"] == "urn:bulian:problem:stopping"
    assert refused.headers["Retry-After"]


def test_settings_say_how_long(sqlite_copies: SqliteCopies, scorer: Scorer) -> None:
    with sqlite_copies.copy() as settings:
        for seconds in (0.0, 5.0):
            app = create_app(settings.model_copy(update={"drain_seconds": seconds}), scorer)
            assert app.state.drain.seconds == seconds
            app.state.runtime.close()
