"""Pages of which most is the same for everyone: that is rendered once, and put around the rest.

`kept` is a mapping of the caller's, who throws it away when what it was rendered from changes.
"""

from typing import Any

from flask import render_template, request
from markupsafe import Markup

from consultations.i18n import page_language

HOLE = Markup("<hole>")
"""Stands where a piece ends. What people write never holds it: its signs are escaped."""

Pieces = dict[tuple[str, str, str], list[str]]


def pieces(kept: Pieces, template: str, **values: Any) -> list[str]:
    """What stands between the holes of a page, which its template makes of the value HOLE."""
    key = (template, page_language(), request.script_root)
    if key not in kept:
        kept[key] = render_template(template, **values).split(HOLE)
    return kept[key]


def framed(kept: Pieces, template: str, **values: Any) -> str:
    """A page of a template that extends `layout`, within a frame rendered once."""
    before, between, after = pieces(kept, "frame.html", hole=HOLE)
    title, _, content = render_template(
        template, layout="inner.html", hole=HOLE, **values
    ).partition(HOLE)
    return "".join((before, title, between, content, after))
