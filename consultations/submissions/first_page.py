"""The first page of a form as it is sent: packed once, the same bytes for everyone."""

import gzip
import hashlib
from dataclasses import dataclass

import brotli
from flask import Response, request

SECONDS_CACHED = 60
_PACKED = ("br", "gzip")


@dataclass(frozen=True)
class FirstPage:
    """A page in each encoding: the bytes and the entity tag, which differs between encodings."""

    variants: dict[str, tuple[bytes, str]]

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
        return cls({name: (content, f"{tag}:{name}") for name, content in packed.items()})

    def response(self) -> Response:
        """The answer to this request: the page, or that the reader's copy of it is still good."""
        accepted = request.accept_encodings
        encoding = next((name for name in _PACKED if accepted[name] > 0), "identity")
        content, tag = self.variants[encoding]
        response = Response(content, mimetype="text/html")
        if encoding != "identity":
            response.content_encoding = encoding
        response.cache_control.public = True
        response.cache_control.max_age = SECONDS_CACHED
        response.set_etag(tag)
        response.make_conditional(request)
        return response
