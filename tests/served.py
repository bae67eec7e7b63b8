"""A server of its own, as the command starts it, and a plain client that shows what it sends."""

import http.client
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, "-c", "from consultations.cli import main; main()")
SECONDS_TO_START, SECONDS_TO_END = 60, 30


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, its process, the file that holds all it writes."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def root(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def end(self) -> int:
        """Send SIGTERM and wait; the exit status."""
        self.process.terminate()
        return self.process.wait(timeout=SECONDS_TO_END)


@contextmanager
def serving(
    command: str,
    environment: Mapping[str, str],
    log: Path,
    *,
    program: Sequence[str] = COMMAND,
) -> Iterator[Server]:
    """Run `consultations COMMAND --port …` with these variables alone, until the block ends."""
    port = free_port()
    with log.open("w") as written:
        process = subprocess.Popen(
            [*program, *command.split(), "--port", str(port)],
            env=dict(environment),
            stdout=written,
            stderr=written,
            cwd=ROOT,
        )
    server = Server(port, process, log)
    try:
        _wait(server)
        yield server
    finally:
        if process.poll() is None:
            server.end()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(server: Server) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.root}/health", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"the server does not answer:\n{server.log.read_text()}")


@dataclass(frozen=True)
class Answer:
    """What the server sent back, as `tests.visitor` reads it."""

    status_code: int
    headers: http.client.HTTPMessage
    body: bytes

    def get_data(self, as_text: bool = True) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class Client:
    """A visitor at an address of one's choice, with headers of one's choice."""

    port: int
    source: str
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, address: str) -> Answer:
        """Open a page."""
        return self._asked("GET", address, None)

    def post(self, address: str, data: MultiDict[str, str] | Mapping[str, str]) -> Answer:
        """Send a form."""
        fields = list(data.items(multi=True)) if isinstance(data, MultiDict) else data
        return self._asked("POST", address, urlencode(fields).encode())

    def _asked(self, method: str, address: str, body: bytes | None) -> Answer:
        headers = {**self.headers, "Content-Type": "application/x-www-form-urlencoded"}
        kept = [f"{name}={value}" for name, value in self.cookies.items()]
        headers["Cookie"] = "; ".join([*filter(None, [headers.get("Cookie")]), *kept])
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=30, source_address=(self.source, 0)
        )
        connection.request(method, address, body, headers)
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        connection.close()
        for header in answer.headers.get_all("Set-Cookie", []):
            self.cookies.update({k: each.value for k, each in SimpleCookie(header).items()})
        return answer
