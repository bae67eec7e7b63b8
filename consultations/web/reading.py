"""Reading what is posted, and no more of it than any form of ours has."""

from io import BytesIO
from typing import IO

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

Parsed = tuple[IO[bytes], MultiDict, MultiDict]  # type: ignore[type-arg]


class _Fields(FormDataParser):
    """Werkzeug counts the fields of a form with files only; 400,000 cost a worker two seconds."""

    def _parse_urlencoded(
        self, stream: IO[bytes], mimetype: str, length: int | None, options: dict[str, str]
    ) -> Parsed:
        posted = stream.read()
        if self.max_form_parts is not None and posted.count(b"&") >= self.max_form_parts:
            raise RequestEntityTooLarge
        return super()._parse_urlencoded(BytesIO(posted), mimetype, length, options)


class CountedRequest(Request):
    """A request whose form has at most MAX_FORM_PARTS fields, however it is sent; else 413."""

    form_data_parser_class = _Fields
