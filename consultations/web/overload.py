"""When more arrives than can be answered, a short page says so at once, in the reader's language.

Whoever has begun goes first: pages are refused earlier than what is being sent.
"""

from collections.abc import Callable

from flask import Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from consultations.i18n import page_language

MOST_WAITING = 100
"""Requests that may wait for a thread before further ones are refused; for forms, twice as many."""

ALWAYS_ANSWERED = ("portal.health", "static")


def watch(app: Flask, waiting: Callable[[], int]) -> None:
    """Let the server tell how many requests wait for a thread of this process."""
    app.extensions["waiting"] = waiting


def init_app(app: Flask) -> None:
    """Look at the queue before anything else is done."""
    app.extensions.setdefault("waiting", lambda: 0)
    app.before_request(_refuse)


def _refuse() -> ResponseReturnValue | None:
    sends = request.method == "POST"
    waiting: int = current_app.extensions["waiting"]()
    if waiting <= MOST_WAITING * (1 + sends) or request.endpoint in ALWAYS_ANSWERED:
        return None
    return Response(_page(sends), 503)


def _page(sends: bool) -> str:
    """The page, made once for each language."""
    pages: dict[tuple[str, bool], str] = current_app.extensions.setdefault("busy_pages", {})
    key = (page_language(), sends)
    if key not in pages:
        pages[key] = render_template("errors/busy.html", sends=sends)
    return pages[key]
