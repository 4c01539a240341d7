"""A ranking that is kept, over HTTP: processor time a request beside servers that do less."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import NamedTuple

from redis import Redis

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Bar, Measured, Row, same
from tests.house.server import ADMIN_KEY, find_free_port, from_nothing, started
from tests.service.valkeys import running_valkey

KEY = {"Authorization": f"Bearer {ADMIN_KEY}"}
PATIENT = {**KEY, "Cache-Control": "max-stale=600"}
TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 30.0


class Peer(NamedTuple):
    """A server under load: its process, its port, and the headers it is asked with."""

    process: int
    port: int
    headers: Mapping[str, str]


def measure(bench: Bench) -> Measured:
    """Have all answer the same bytes, then count processor time."""
    folder = bench.folder / "cached"
    with ExitStack() as stack:
        server = stack.enter_context(started(from_nothing, folder))
        ours = Peer(server.process, int(server.url.rpartition(":")[2]), PATIENT)
        path = path_of(ours)
        body, headers = asked(ours, path, 2)
        valkey = stack.enter_context(running_valkey(bench.folder))
        with Redis(port=valkey.port, protocol=2) as client:
            client.set("answer", body)
        (folder / "answer.json").write_text(json.dumps(headers), "utf-8")
        (folder / "answer").write_bytes(body)
        peers = {
            "bare": stack.enter_context(other("bare", folder, valkey.port)),
            "patient": ours,
            "strict": ours._replace(headers=KEY),
            "framework": stack.enter_context(other("framework", folder, valkey.port)),
        }
        for name, peer in peers.items():
            same(body, asked(peer, path)[0], name)
        taken = times(peers, path, bench.either(4_000, 100), bench.either(5, 1))
    values = {name: taken["bare"] / taken[name] for name in ("patient", "strict")}
    values["framework"] = taken["framework"] / taken["patient"]
    told = ", ".join(f"{name} {took * 1e6:.0f} µs" for name, took in taken.items())
    why = "of our own half is key, limit and freshness, a quarter the line of the log"
    return Measured(values, {"patient": f"a request: {told}; {why}"})


def times(peers: Mapping[str, Peer], path: str, count: int, rounds: int) -> dict[str, float]:
    """The seconds of a processor that a request takes each server: medians, turn by turn."""
    taken: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(rounds):
        for name, peer in peers.items():
            before = worked(peer.process)
            asked(peer, path, count)
            taken[name].append(max(worked(peer.process) - before, 1 / TICKS) / count)
    return {name: median(found) for name, found in taken.items()}


def worked(process: int) -> float:
    """Seconds of a processor that a process has used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def asked(peer: Peer, path: str, times_asked: int = 1) -> tuple[bytes, list[tuple[str, str]]]:
    """The last of so many answers over one connection: its body and its headers.

    Raises:
        RuntimeError: an answer that is none.
    """
    connection = HTTPConnection("127.0.0.1", peer.port, timeout=30)
    body, headers = b"", []
    for _ in range(times_asked):
        connection.request("GET", path, headers=dict(peer.headers))
        answer = connection.getresponse()
        body, headers = answer.read(), answer.getheaders()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body!r:.200}")
    connection.close()
    return body, [(name, told) for name, told in headers if name not in {"date", "server"}]


def path_of(server: Peer) -> str:
    """The ranking of an investor of the demonstration."""
    found = json.loads(asked(server, "/v1/investors?limit=1")[0])["items"][0]["id"]
    return f"/v1/investors/{found}/matches"


@contextmanager
def other(name: str, folder: Path, redis_port: int) -> Generator[Peer]:
    """One of the servers of `tests.benchmarks.peers`, ready."""
    port = find_free_port()
    told = {"PEER_FOLDER": str(folder), "PEER_REDIS": str(redis_port)}
    options = ["--port", str(port), "--no-access-log", "--log-level", "error"]
    command = [sys.executable, "-m", "uvicorn", f"tests.benchmarks.peers:{name}", *options]
    with subprocess.Popen(command, env={**os.environ, **told}) as process:
        peer = Peer(process.pid, port, PATIENT)
        try:
            wait_for(peer)
            yield peer
        finally:
            process.terminate()


def wait_for(peer: Peer) -> None:
    """Returns when a server answers.

    Raises:
        TimeoutError: it does not.
    """
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            asked(peer, "/")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nobody answers on port {peer.port}")


ROW = Row(
    key="cached",
    what="cached ranking, processor time a request",
    peers=("uvicorn bare", "FastAPI + redis-py + json + response_model"),
    bars=(
        Bar("patient", "a bare ASGI app's share, with max-stale", "×", least=0.6),
        Bar("strict", "a bare ASGI app's share, strict on SQLite", "×", least=0.35),
        Bar("framework", "against FastAPI + redis-py + json + response_model", "×", least=5),
    ),
    measure=measure,
)
