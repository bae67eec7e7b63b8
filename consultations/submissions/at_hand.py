"""First pages at hand: for a second, one is sent again before anything else is done.

What a view marks as the same for everyone is kept as it went out, headers and all, for whoever asks
for the same address in the same packing. This process throws it away when it changes what is shown;
after a change that another process makes it lasts until the second is over, as it would last
for a minute in a browser. What is sent in is held against the database by itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request
from flask.sansio.app import App

from consultations.rounds.stamp import Asked

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST = 256
"""So many pages are at hand at once."""

SAME = ("SCRIPT_NAME", "PATH_INFO", "HTTP_ACCEPT_ENCODING")
"""What of a request decides how a first page is sent."""

_KEEP = "consultations.keep_at_hand"


@dataclass(frozen=True)
class _Sent:
    asked: Asked
    headers: list[tuple[str, str]]
    body: bytes


class AtHand:
    """The application, with what it sent a moment ago before it."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app
        self.sent: dict[tuple[str, ...], _Sent] = {}

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_IF_NONE_MATCH" in environ:
            return self._app(environ, start_response)
        key = tuple(environ.get(name, "") for name in SAME)
        found = self.sent.get(key)
        if found is None or not found.asked.lately:
            return self._ask(key, environ, start_response)
        start_response("200 OK", [*found.headers])
        return [found.body]

    def _ask(
        self, key: tuple[str, ...], environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        asked = Asked()
        told: dict[str, list[tuple[str, str]]] = {}

        def start(status: str, sent: list[tuple[str, str]], *more: object) -> Callable[..., object]:
            told[status] = sent
            return start_response(status, sent, *more)  # type: ignore[arg-type]

        body = self._app(environ, start)
        if _KEEP not in environ or (headers := told.get("200 OK")) is None:
            return body
        assert all(name.lower() != "set-cookie" for name, _ in headers), "one visitor's own cookie"
        if len(self.sent) >= MOST:
            self.sent.clear()
        self.sent[key] = _Sent(asked, headers, environ[_KEEP])
        return body


def keep_at_hand(body: bytes) -> None:
    """Let this request's answer, of which `body` is the whole, be sent again for a moment."""
    request.environ[_KEEP] = body


def put_before(app: App) -> None:
    """Let every request of an application come here first."""
    app.wsgi_app = AtHand(app.wsgi_app)  # type: ignore[attr-defined]
