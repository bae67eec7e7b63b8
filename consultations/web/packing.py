"""Answers of the server are packed as the reader's browser takes them."""

import gzip
from collections.abc import Callable
from functools import lru_cache

import brotli
from flask import Flask, Response, request
from flask_compress import Compress
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

SMALLEST = 2_000
"""Bytes: what is smaller takes two packets with its headers, packed or not."""

BROTLI, GZIP = 5, 6

_PACK: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda page: brotli.compress(page, mode=brotli.MODE_TEXT, quality=BROTLI),
    "gzip": lambda page: gzip.compress(page, GZIP, mtime=0),
}
_LOOKED_AT = {"Vary", "Content-Encoding", "ETag"}


class Packing(Compress):
    """Flask-Compress, except for pages that were just made for one reader: most that are posted."""

    def after_request(self, response: Response | None) -> Response:
        if response is None or not _for_one_reader(response):
            return super().after_request(response)
        response.headers["Vary"] = "Accept-Encoding"
        page = response.get_data()
        packing = _accepted(request.environ.get("HTTP_ACCEPT_ENCODING", ""))
        if packing and len(page) >= SMALLEST:
            response.headers["Content-Encoding"] = packing
            response.set_data(_PACK[packing](page))
        return response


def _for_one_reader(response: Response) -> bool:
    return (
        request.method == "POST"
        and response.status_code == 200
        and response.content_type == "text/html; charset=utf-8"
        and not response.is_streamed
        and _LOOKED_AT.isdisjoint([name for name, _ in response.headers])
    )


@lru_cache(maxsize=256)
def _accepted(encodings: str) -> str | None:
    accepted = parse_accept_header(encodings, Accept)
    return next((each for each in _PACK if accepted[each] > 0), None)


def init_app(app: Flask) -> None:
    """Pack whatever an application answers."""
    app.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br", "gzip"],
        COMPRESS_BR_LEVEL=BROTLI,
        COMPRESS_LEVEL=GZIP,
        COMPRESS_MIN_SIZE=SMALLEST,
    )
    Packing(app)
