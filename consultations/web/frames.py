"""Pages of which most is the same for everyone: that is rendered once, and put around the rest.

`kept` is a mapping of the caller's, who throws it away when what it was rendered from changes.
"""

from collections.abc import Hashable
from typing import Any

from flask import render_template, request
from markupsafe import Markup

from consultations.i18n import page_language

HOLE = Markup("<hole>")
"""Stands where a piece ends. What people write never holds it: its signs are escaped."""

MOST_PIECES = 4_096
"""So many are kept of one form for one language."""

Pieces = dict[Hashable, list[str]]
Kept = dict[tuple[str, str], Pieces]


def here(kept: Kept) -> Pieces:
    """What is kept for the readers of this page: of its language, at this place on the host."""
    return kept.setdefault((page_language(), request.script_root), {})


def pieces(found: Pieces, template: str, of: Hashable = None, **values: Any) -> list[str]:
    """What stands between the holes of what a template makes of the value HOLE.

    of: names what the other values are, where they are not always the same.
    """
    made = found.get((template, of))
    if made is None:
        made = render_template(template, **values).split(HOLE)
        if len(found) >= MOST_PIECES:
            found.clear()
        found[template, of] = made
    return made


def framed(kept: Kept, template: str, **values: Any) -> str:
    """A page of a template that extends `layout`, within a frame rendered once."""
    title, _, content = render_template(
        template, layout="inner.html", hole=HOLE, **values
    ).partition(HOLE)
    return in_frame(here(kept), title, content)


def in_frame(found: Pieces, title: str, content: str) -> str:
    """A page with this title and content, both markup already."""
    before, between, after = pieces(found, "frame.html", hole=HOLE)
    return "".join((before, title, between, content, after))
