"""The share kit at the desk."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.accounts.roles import ORGANIZER
from tests.factories import a_consultation, a_round, an_account, posted, sign_in
from tests.visitor import visit

ADDRESS = "/en/manage/code/share/"


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    a_round(a_consultation())
    return sign_in(app.test_client(), an_account(ORGANIZER))


def test_the_kit_is_there_for_everyone_and_for_a_partner(desk: FlaskClient) -> None:
    assert visit(desk, ADDRESS).says("Link http://localhost/en/code/")
    assert posted(desk, ADDRESS, partner="Radio North", tag="radio-north").status_code == 303
    page = visit(desk, f"{ADDRESS}?tag=radio-north&language=ar")

    assert page.says("http://localhost/ar/code/?via=radio-north")
    assert page.says("fewer than 5")
    assert page.soup.select_one("textarea#message")["lang"] == "ar"


def test_each_part_can_be_downloaded(desk: FlaskClient) -> None:
    poster = desk.get(f"{ADDRESS}poster.pdf?language=ar")
    script = desk.get(f"{ADDRESS}radio.txt?language=fr")

    assert poster.data.startswith(b"%PDF")
    assert "attachment" in poster.headers["Content-Disposition"]
    assert "Projet de code" in script.get_data(as_text=True)
    assert desk.get(f"{ADDRESS}other.txt").status_code == 404


def test_a_tag_that_will_not_do_is_told(desk: FlaskClient) -> None:
    response = posted(desk, ADDRESS, partner="Radio", tag="Radio North")

    assert response.status_code == 400
    assert "2 to 30 small letters" in response.get_data(as_text=True)


def test_a_tag_is_deleted(desk: FlaskClient) -> None:
    posted(desk, ADDRESS, partner="Radio North", tag="radio-north")
    posted(desk, ADDRESS, tag="radio-north", action="delete")

    assert not visit(desk, ADDRESS).says("Radio North")
