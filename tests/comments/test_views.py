"""Commenting without an account."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultations.comments.models import Point
from consultations.db import db
from consultations.rounds.models import CLOSED, Round
from tests.factories import a_consultation, a_round

ADDRESS = "/en/code/comment/art_1/"
COMMENT = {"position": "oppose", "type": "substantive", "text": "Too short, says the valley."}


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round."""
    return a_round(a_consultation())


def _sealed(page: str) -> str:
    found = re.search(r'name="_sealed" value="([^"]+)"', page)
    assert found
    return found[1]


def _code(page: str) -> str:
    found = re.search(r'<output id="receipt"[^>]*>([^<]+)<', page)
    assert found
    return found[1]


def _count() -> int | None:
    return db.session.scalar(select(func.count()).select_from(Point))


def test_a_comment_is_sent_and_has_a_receipt(of: Round, client: FlaskClient) -> None:
    sealed = _sealed(client.get(ADDRESS).text)
    sent = client.post(ADDRESS, data={**COMMENT, "_sealed": sealed, "_step": "send"})
    assert sent.status_code == 200
    assert len(_code(sent.text)) == 23
    assert db.session.scalars(select(Point.text)).all() == [COMMENT["text"]]


def test_the_same_form_twice_has_the_same_receipt(of: Round, client: FlaskClient) -> None:
    form = {**COMMENT, "_sealed": _sealed(client.get(ADDRESS).text)}
    assert _code(client.post(ADDRESS, data=form).text) == _code(
        client.post(ADDRESS, data=form).text
    )
    assert _count() == 1


def test_another_comment_from_the_same_page_is_another_one(of: Round, client: FlaskClient) -> None:
    form = {**COMMENT, "_sealed": _sealed(client.get(ADDRESS).text)}
    first = _code(client.post(ADDRESS, data=form).text)
    second = _code(client.post(ADDRESS, data={**form, "text": "And the schools."}).text)
    assert first != second
    assert _count() == 2


def test_the_difference_is_shown_before_sending(of: Round, client: FlaskClient) -> None:
    form = {
        "_step": "show",
        "paragraph": "2",
        "wording": "The notice shall state the dates and the area.",
    }
    shown = client.post(ADDRESS, data=form)
    assert shown.status_code == 200
    assert "<ins>and the area</ins>" in shown.text
    assert _sealed(shown.text)
    assert _count() == 0


def test_what_was_typed_comes_back_with_what_is_wrong(of: Round, client: FlaskClient) -> None:
    shown = client.post(ADDRESS, data={"text": "Too short, says the valley.", "position": "?"})
    assert shown.status_code == 422
    assert "Choose a position." in shown.text
    assert "Too short, says the valley." in shown.text


def test_a_closed_round_gives_back_what_was_typed(of: Round, client: FlaskClient) -> None:
    sealed = _sealed(client.get(ADDRESS).text)
    of.stage = CLOSED
    refused = client.post(ADDRESS, data={**COMMENT, "_sealed": sealed})
    assert refused.status_code == 409
    assert COMMENT["text"] in refused.text
    assert _count() == 0


def test_a_comment_sent_before_the_end_still_shows_its_receipt(
    of: Round, client: FlaskClient
) -> None:
    form = {**COMMENT, "_sealed": _sealed(client.get(ADDRESS).text)}
    code = _code(client.post(ADDRESS, data=form).text)
    of.stage = CLOSED
    assert _code(client.post(ADDRESS, data=form).text) == code


def test_a_seal_of_another_article_is_refused(of: Round, client: FlaskClient) -> None:
    other = _sealed(client.get("/en/code/comment/art_2/").text)
    assert client.post(ADDRESS, data={**COMMENT, "_sealed": other}).status_code == 400


def test_an_unknown_article_is_not_found(of: Round, client: FlaskClient) -> None:
    assert client.get("/en/code/comment/art_9/").status_code == 404


def test_the_page_is_not_kept_by_caches(of: Round, client: FlaskClient) -> None:
    assert "no-store" in client.get(ADDRESS).headers["Cache-Control"]
