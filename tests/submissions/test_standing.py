"""The form in memory is the one in the database, and the first page the same for everyone."""

import gzip

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from consultations.db import db
from consultations.drafts.models import Revision
from consultations.rounds.models import CLOSED, OPEN, Round
from tests.factories import a_consultation, a_round

ADDRESS = "/en/code/answer/"


@pytest.fixture
def round_(app: Flask) -> Round:
    made = a_round(a_consultation())
    db.session.commit()
    return made


def test_the_page_follows_every_change(round_: Round, client: FlaskClient) -> None:
    assert "Heading of art_1" in client.get(ADDRESS).text
    assert round_.revision_id
    provision = db.session.get_one(Revision, round_.revision_id).provisions[0]
    provision.heading = {"en": "Notice of exercises"}
    db.session.commit()
    assert "Notice of exercises" in client.get(ADDRESS).text
    round_.stage = CLOSED
    db.session.commit()
    assert "This round is not open" in client.get(ADDRESS).text
    round_.stage = OPEN
    db.session.commit()
    assert "Notice of exercises" in client.get(ADDRESS).text


def test_each_language_has_its_own(round_: Round, client: FlaskClient) -> None:
    assert '<html lang="en"' in client.get(ADDRESS).text
    assert '<html lang="ar"' in client.get("/ar/code/answer/").text
    assert '<html lang="en"' in client.get(ADDRESS).text


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_it_is_packed_as_the_reader_asks(
    round_: Round, client: FlaskClient, accepts: str, encoding: str | None, unpack: object
) -> None:
    plain = client.get(ADDRESS).data
    packed = client.get(ADDRESS, headers={"Accept-Encoding": accepts})
    assert packed.headers.get("Content-Encoding") == encoding
    assert unpack(packed.data) == plain  # type: ignore[operator]
    assert packed.headers["Vary"] == "Accept-Encoding"
    known = {"Accept-Encoding": accepts, "If-None-Match": packed.headers["ETag"]}
    assert client.get(ADDRESS, headers=known).status_code == 304


def test_a_view_asks_the_database_once(round_: Round, client: FlaskClient) -> None:
    client.get(ADDRESS)
    asked: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    client.get(ADDRESS)
    event.remove(db.engine, "before_cursor_execute", listen)
    assert len(asked) == 1, asked
