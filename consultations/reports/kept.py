"""Pages as they were rendered, kept in memory for as long as what they show stays the same."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, current_app, request
from werkzeug.http import quote_etag

MOST = 16
"""So many pages are kept; of a large report, packed, each is some 100 KB."""


@dataclass(frozen=True)
class _Kept:
    """A page, packed, and what it was made of."""

    made_of: object
    packed: bytes
    tag: str


def kept_page(name: tuple[str, ...], made_of: object, render: Callable[[], str]) -> Response:
    """A page that is the same for everyone, rendered where there is none of `name` yet, or where
    it was made of something else; nothing but the tag where the reader's copy is still good."""
    kept: dict[tuple[str, ...], _Kept] = current_app.extensions.setdefault("kept_pages", {})
    name = (request.script_root, *name)
    found = kept.get(name)
    if found is None or found.made_of != made_of:
        text = render().encode()
        tag = hashlib.sha256(text).hexdigest()[:32]
        found = _Kept(made_of, gzip.compress(text, mtime=0), tag)
        kept.pop(name, None)
        kept[name] = found
        for oldest in list(kept)[:-MOST]:
            kept.pop(oldest, None)
    return _answer(found)


def _answer(page: _Kept) -> Response:
    packed = request.accept_encodings["gzip"] > 0
    response = Response(page.packed if packed else gzip.decompress(page.packed))
    response.headers["Content-Type"] = "text/html; charset=utf-8"
    response.headers["ETag"] = quote_etag(f"{page.tag}:{'gzip' if packed else 'identity'}")
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.make_conditional(request)
    return response
