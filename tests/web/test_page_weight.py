"""The first page of the answering form costs a visitor one congestion window at most."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from consultations.db import db
from consultations.demonstration.services import SLUG
from consultations.demonstration.setting import set_up

MOST_BYTES = 14_336
MOST_REQUESTS = 3
ARTICLES = 10


@pytest.fixture
def asked(app: Flask) -> None:
    """The demonstration's questionnaire, under its bar: ten articles on the first page."""
    app.config["DEMONSTRATION"] = True
    set_up(at=datetime(2026, 11, 24, 12, tzinfo=UTC))
    db.session.commit()


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # left to Python by a package
@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.usefixtures("asked")
def test_the_answering_page_is_light_in_every_language(
    app: Flask, client: FlaskClient, encoding: str
) -> None:
    for language in app.config["LANGUAGES"]:
        address = f"/{language}/{SLUG}/answer/"
        page = BeautifulSoup(client.get(address).data, "html.parser")
        loaded = _loaded(page)
        weight = sum(_weight(client, each, encoding) for each in (address, *loaded))
        assert len(page.select("fieldset")) >= ARTICLES
        assert page.select("script") == []
        assert 1 + len(loaded) <= MOST_REQUESTS
        assert weight <= MOST_BYTES, f"{language} costs {weight} bytes as {encoding}"


def _loaded(page: BeautifulSoup) -> list[str]:
    """What a browser asks for to show the page."""
    found = [str(each["href"]) for each in page.select("link[href]")]
    found += [str(each["src"]) for each in page.select("[src]")]
    return [each for each in found if not each.startswith("data:")]


def _weight(client: FlaskClient, address: str, encoding: str) -> int:
    answer = client.get(address, headers={"Accept-Encoding": encoding})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == encoding
    return len(answer.get_data())
