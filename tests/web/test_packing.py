"""Pages are packed as the reader's browser takes them, whoever packs them."""

import gzip
from collections.abc import Callable

import brotli
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from consultations.web import access
from consultations.web.packing import SMALLEST

PAGE = "words " * SMALLEST
PACKED = gzip.compress(PAGE.encode())

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@pytest.fixture
def pages(app: Flask, client: FlaskClient) -> FlaskClient:
    @app.route("/a-page", methods=["GET", "POST"])
    @access.public
    def page() -> str:
        return PAGE

    @app.post("/a-small-page")
    @access.public
    def small_page() -> str:
        return "words"

    @app.post("/another/<what>")
    @access.public
    def another(what: str) -> Response:
        return {
            "varied": lambda: Response(PAGE, headers={"Vary": "Cookie"}),
            "tagged": lambda: Response(PAGE, headers={"ETag": '"as-it-was"'}),
            "packed": lambda: Response(PACKED, headers={"Content-Encoding": "gzip"}),
            "picture": lambda: Response(PAGE, content_type="image/png"),
        }[what]()

    return client


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_page_is_packed(
    pages: FlaskClient, method: str, accepts: str, encoding: str, unpack: Callable[[bytes], bytes]
) -> None:
    sent = pages.open("/a-page", method=method, headers={"Accept-Encoding": accepts})
    assert sent.headers.get("Content-Encoding") == encoding
    assert unpack(sent.data).decode() == PAGE
    assert int(sent.headers["Content-Length"]) == len(sent.data)
    assert sent.headers["Vary"] == "Accept-Encoding"
    assert (len(sent.data) < len(PAGE)) == bool(encoding)


def test_what_is_small_is_sent_as_it_is(pages: FlaskClient) -> None:
    sent = pages.post("/a-small-page", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in sent.headers
    assert sent.text == "words"


def test_what_is_no_page_just_made_is_left_to_others(pages: FlaskClient) -> None:
    accepts = {"Accept-Encoding": "gzip"}
    varied = pages.post("/another/varied", headers=accepts)
    assert {*varied.headers["Vary"].split(", ")} == {"Cookie", "Accept-Encoding"}
    assert gzip.decompress(varied.data).decode() == PAGE
    assert pages.post("/another/tagged", headers=accepts).headers["ETag"] != '"as-it-was"'
    assert pages.post("/another/packed", headers=accepts).data == PACKED
    assert pages.post("/another/picture", headers=accepts).text == PAGE
