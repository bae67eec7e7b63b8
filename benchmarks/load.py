"""A load tool that costs little: it shares the processor with what it measures.

A visitor is a generator: it yields requests and is sent the responses. Every visitor has a
connection of its own, kept alive between its requests.
"""

import re
import selectors
import socket
import time
import zlib
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from math import inf
from statistics import median
from urllib.parse import urlencode

Visitor = Generator[bytes, "Response", None]

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_HEAD = (
    "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: benchmark\r\n"
    "Accept: text/html\r\nAccept-Language: en\r\nAccept-Encoding: gzip, deflate\r\n{more}\r\n"
)
SECONDS_OF_PATIENCE = 60


@dataclass(frozen=True)
class Response:
    """What came back: the status, the head and the body as sent."""

    status: int
    head: bytes
    body: bytes

    @property
    def content(self) -> bytes:
        """The body, unpacked."""
        packed = b"content-encoding: gzip" in self.head.lower()
        return zlib.decompress(self.body, 31) if packed else self.body


@dataclass
class Load:
    """What a load came to: visits that went as they should, seconds, seconds of each, the rest."""

    seconds: float = 0.0
    each: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def rate(self) -> float:
        """Visits per second."""
        return len(self.each) / self.seconds

    @property
    def milliseconds(self) -> float:
        """The median of what one visit took."""
        return 1000 * median(self.each)


class Failed(Exception):
    """A visitor got what it should not have got."""


def get(port: int, path: str) -> bytes:
    """The request for a page."""
    return _HEAD.format(method="GET", path=path, port=port, more="").encode()


def post(port: int, path: str, fields: object) -> bytes:
    """The request that sends a form."""
    body = urlencode(fields, doseq=True).encode()  # type: ignore[call-overload]
    more = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    return _HEAD.format(method="POST", path=path, port=port, more=more).encode() + body


def run(
    port: int,
    visitor: Callable[[], Visitor],
    *,
    clients: int,
    seconds: float = inf,
    over: Callable[[], bool] = lambda: False,
) -> Load:
    """Let `clients` visitors at a time come to a server, one after another, for `seconds` or
    until it is `over`.

    Those on their way at the end may finish; they count, and so does the time they take.
    """
    load = Load()
    began = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        waiting = {_Visit(port, visitor(), selector) for _ in range(clients)}
        while waiting:
            ended = {visit for visit in waiting if visit.over}
            for visit in ended:
                _count(visit, load)
                waiting.remove(visit)
                if time.perf_counter() - began < seconds and not over():
                    waiting.add(_Visit(port, visitor(), selector))
            if not ended:
                for key, _ in selector.select(SECONDS_OF_PATIENCE) or _too_long():
                    key.data.read()
    load.seconds = time.perf_counter() - began
    return load


def _too_long() -> list[tuple[selectors.SelectorKey, int]]:
    raise TimeoutError("the server does not answer any more")


def _count(visit: "_Visit", load: Load) -> None:
    if visit.failed:
        load.failed += 1
    else:
        load.each.append(time.perf_counter() - visit.began)


class _Visit:
    """A visitor on its way: its connection and what has arrived of the response."""

    def __init__(self, port: int, visitor: Visitor, selector: selectors.BaseSelector) -> None:
        self.over = self.failed = False
        self.began = time.perf_counter()
        self.visitor, self.selector = visitor, selector
        self.arrived = b""
        try:
            self.socket = socket.create_connection(("127.0.0.1", port), SECONDS_OF_PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.socket.sendall(next(visitor))
        except OSError:
            self.over = self.failed = True
        else:
            selector.register(self.socket, selectors.EVENT_READ, self)

    def read(self) -> None:
        """Take what has arrived; with the whole response in, go on to the next request."""
        try:
            arrived = self.socket.recv(1 << 18)
            if not arrived:
                raise Failed("the connection was closed")
            self.arrived += arrived
            if response := self._whole():
                self.arrived = b""
                self.socket.sendall(self.visitor.send(response))
        except StopIteration:
            self._end()
        except (Failed, OSError):
            self.failed = True
            self._end()

    def _whole(self) -> Response | None:
        head, found, body = self.arrived.partition(b"\r\n\r\n")
        length = _LENGTH.search(head) if found else None
        if length is None or len(body) < int(length[1]):
            return None
        return Response(int(head[9:12]), head, body)

    def _end(self) -> None:
        self.over = True
        self.selector.unregister(self.socket)
        self.socket.close()
