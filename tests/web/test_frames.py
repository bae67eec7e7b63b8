"""Pages put together from pieces: what people write is never taken for the place of a piece."""

from flask import Flask
from flask.testing import FlaskClient

from consultations.db import db
from tests.factories import a_consultation, a_round
from tests.visitor import visit


def test_a_form_feed_in_a_title_stays_in_the_title(app: Flask, client: FlaskClient) -> None:
    a_round(a_consultation(title={"en": "Draft\fCode"}))
    db.session.commit()
    page = visit(client, "/en/code/answer/")
    assert page.soup.title is not None
    assert "Draft\fCode · Consultations" in page.soup.title.get_text()
    assert page.soup.main is not None
    assert not page.soup.main.get_text().strip().startswith("Code")
