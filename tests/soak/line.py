"""A line to Redis that can be slow, silent, cut or refused, whoever is connected."""

import socket
import struct
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from enum import StrEnum, auto

HOST = "127.0.0.1"
CHUNK = 65536
AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER with which a close is a reset."""


class Trouble(StrEnum):
    """What is the matter with the line."""

    NONE = auto()
    SLOW = auto()
    SILENT = auto()
    RESET = auto()
    REFUSED = auto()


class Line:
    """Hands bytes on between callers and a port of this machine; a thread each way.

    A silent line holds what was sent, as a network does that is away for a while.
    """

    def __init__(self, target: int) -> None:
        self._target = target
        self._trouble = Trouble.NONE
        self._delay_seconds = 0.0
        self._flowing = threading.Event()
        self._flowing.set()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server((HOST, 0))
        self.port = int(self._listener.getsockname()[1])
        self._listen()

    @property
    def url(self) -> str:
        """For the service."""
        return f"redis://{HOST}:{self.port}/0"

    def turn(self, trouble: Trouble, delay_seconds: float = 0.0) -> None:
        """Have this trouble from now on; a slow line hands each reply on after the delay."""
        was_refused = self._trouble is Trouble.REFUSED
        self._trouble, self._delay_seconds = trouble, delay_seconds
        if trouble is Trouble.SILENT:
            self._flowing.clear()
        else:
            self._flowing.set()
        if trouble is Trouble.REFUSED:
            self._hang_up()
        elif was_refused:
            self._listener = socket.create_server((HOST, self.port))
            self._listen()

    def close(self) -> None:
        """End all connections."""
        self._flowing.set()
        self._hang_up()
        for peer in self._open:
            with suppress(OSError):
                peer.shutdown(socket.SHUT_RDWR)
            peer.close()

    def _hang_up(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _listen(self) -> None:
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                peer, _ = listener.accept()
                threading.Thread(target=self._connect, args=(peer,), daemon=True).start()

    def _connect(self, peer: socket.socket) -> None:
        try:
            far = socket.create_connection((HOST, self._target))
        except OSError:
            self._reset(peer)
            return
        self._open += [peer, far]
        threading.Thread(target=self._hand_back, args=(far, peer), daemon=True).start()
        with suppress(OSError):
            while data := peer.recv(CHUNK):
                if self._trouble in {Trouble.RESET, Trouble.REFUSED}:
                    break
                self._flowing.wait()
                far.sendall(data)
        self._reset(peer)
        with suppress(OSError):
            far.shutdown(socket.SHUT_RDWR)

    def _hand_back(self, far: socket.socket, peer: socket.socket) -> None:
        with suppress(OSError):
            while data := far.recv(CHUNK):
                time.sleep(self._delay_seconds)
                self._flowing.wait()
                peer.sendall(data)
        with suppress(OSError):
            peer.shutdown(socket.SHUT_RDWR)
        far.close()

    def _reset(self, peer: socket.socket) -> None:
        with suppress(OSError):
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        peer.close()


@contextmanager
def line_to(port: int) -> Generator[Line]:
    """A line to a port, closed at the end."""
    line = Line(port)
    try:
        yield line
    finally:
        line.close()
