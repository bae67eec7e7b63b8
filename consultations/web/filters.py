"""Filters over a list, as links that keep the other filters."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

OF_ONE_VIEW = ("page", "point")
"""Parts of the address that a change of filter drops."""


def chosen(name: str, default: str = "") -> str:
    """The value of a filter in this page's address."""
    return request.args.get(name, default)


def filter_by(
    name: str, label: str, options: Iterable[tuple[str, str, int | None]], default: str = ""
) -> dict[str, Any]:
    """One filter: its options are (value, label, how many)."""
    current = chosen(name, default)
    return {
        "label": label,
        "options": [
            {
                "label": text,
                "url": address(**{name: value}),
                "current": value == current,
                "count": count,
            }
            for value, text, count in options
        ],
    }


def address(**changed: str | int | None) -> str:
    """This page's address with some of its filters changed; None or empty takes one out."""
    kept = {name: value for name, value in request.args.items() if name not in OF_ONE_VIEW}
    wanted = {name: value for name, value in {**kept, **changed}.items() if value not in (None, "")}
    page = url_for(str(request.endpoint), **(request.view_args or {}))
    # Not through url_for, which would take a visitor's "slug" or "_scheme" for its own.
    return f"{page}?{urlencode(wanted)}" if wanted else page
