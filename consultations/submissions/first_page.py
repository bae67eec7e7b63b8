"""The first page of a form as it is sent: packed once, the same bytes for everyone."""

import gzip
import hashlib
from dataclasses import dataclass

import brotli
from flask import Response, request
from werkzeug.http import quote_etag

from consultations.submissions.at_hand import keep_at_hand

SECONDS_CACHED = 60
_PACKED = ("br", "gzip")


@dataclass(frozen=True)
class FirstPage:
    """A page in each encoding: its bytes and headers; the entity tag differs between them."""

    variants: dict[str, tuple[bytes, list[tuple[str, str]]]]

    @classmethod
    def of(cls, text: str) -> "FirstPage":
        """Pack a page as tightly as can be: it is done once."""
        plain = text.encode()
        tag = hashlib.sha256(plain).hexdigest()[:32]
        packed = {
            "identity": plain,
            "gzip": gzip.compress(plain, 9, mtime=0),
            "br": brotli.compress(plain, mode=brotli.MODE_TEXT, quality=11),
        }
        return cls(
            {name: (content, _headers(name, f"{tag}:{name}")) for name, content in packed.items()}
        )

    def response(self) -> Response:
        """The answer to this request: the page, or that the reader's copy of it is still good."""
        accepted = request.accept_encodings
        encoding = next((name for name in _PACKED if accepted[name] > 0), "identity")
        content, headers = self.variants[encoding]
        response = Response(content, headers=headers)
        if "If-None-Match" in request.headers:
            response.make_conditional(request)
        else:
            keep_at_hand(content)
        return response


def _headers(encoding: str, tag: str) -> list[tuple[str, str]]:
    packed = [("Content-Encoding", encoding)] if encoding != "identity" else []
    return [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Cache-Control", f"public, max-age={SECONDS_CACHED}"),
        ("ETag", quote_etag(tag)),
        ("Vary", "Accept-Encoding"),
        *packed,
    ]
