"""Filters over a list and its pages, as links that keep the other filters."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import request, url_for

Listed = TypeVar("Listed")

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


def page_of(
    listed: Sequence[Listed], size: int, number: int = 1
) -> tuple[Sequence[Listed], dict[str, Any] | None]:
    """One page of a list, and the links to those beside it; None where there is no other.

    number: the page to be shown where the address names none.
    """
    total = max(1, -(-len(listed) // size))
    number = min(max(request.args.get("page", number, type=int), 1), total)
    links = {
        "number": number,
        "total": total,
        "before": address(page=number - 1) if number > 1 else None,
        "after": address(page=number + 1) if number < total else None,
    }
    return listed[(number - 1) * size : number * size], links if total > 1 else None


def address(**changed: str | int | None) -> str:
    """This page's address with some of its filters changed; None or empty takes one out."""
    kept = {name: value for name, value in request.args.items() if name not in OF_ONE_VIEW}
    wanted = {name: value for name, value in {**kept, **changed}.items() if value not in (None, "")}
    page = url_for(str(request.endpoint), **(request.view_args or {}))
    # Not through url_for, which would take a visitor's "slug" or "_scheme" for its own.
    return f"{page}?{urlencode(wanted)}" if wanted else page
