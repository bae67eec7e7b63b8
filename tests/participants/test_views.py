"""Coming in with a personal code, without JavaScript."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.clock import now
from consultations.codes import new_code, read_code
from consultations.db import db
from consultations.participants.entitlement import is_entitled
from consultations.participants.models import PersonalCode
from consultations.participants.services import make_codes
from consultations.rounds.models import Round
from consultations.rounds.services import close
from tests.conftest import SECRET
from tests.factories import a_consultation, a_round
from tests.visitor import Page, seen, send, visit

ADDRESS = "/en/code/invited/"
GUESSES = 10


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round."""
    return a_round(a_consultation())


@pytest.fixture
def code(of: Round) -> str:
    """A personal code."""
    return make_codes(of, "Network", 1, secret=SECRET, by=None, at=now())[0]


def shown(page: Page) -> str:
    """The code that the page hands out."""
    found = page.soup.select_one("output#code")
    assert found is not None, page.text
    return found.get_text(strip=True)


def test_a_personal_code_becomes_one_that_proves_itself(
    of: Round, code: str, client: FlaskClient
) -> None:
    page = send(client, ADDRESS, visit(client, ADDRESS), {"code": code})
    assert page.status == 200
    assert is_entitled(shown(page), SECRET, of.id)
    assert page.form["action"] == "/en/code/resume/"
    field = page.form.select_one("[name=code]")
    assert field is not None
    assert field["value"] == shown(page)


@pytest.mark.parametrize("lang", ["en", "fr", "ar", "sw"])
def test_it_may_be_typed_in_any_language(lang: str, code: str, client: FlaskClient) -> None:
    address, digits = f"/{lang}/code/invited/", "٠١٢٣٤٥٦٧٨٩"
    typed = code.translate({ord(str(value)): sign for value, sign in enumerate(digits)})
    expected = 200 if lang != "sw" else 404
    answered = seen(client.post(address, data={"code": typed.replace("-", " ")}))
    assert answered.status == expected


def test_a_code_used_twice_is_told(code: str, client: FlaskClient) -> None:
    client.post(ADDRESS, data={"code": code})
    page = seen(client.post(ADDRESS, data={"code": code}))
    assert page.status == 409
    assert page.says("Go on with the code that was shown then")
    assert code not in page.text


def test_the_same_page_sent_twice_shows_the_same_code(code: str, client: FlaskClient) -> None:
    form = visit(client, ADDRESS)
    first, again = (send(client, ADDRESS, form, {"code": code}) for _ in range(2))
    assert shown(first) == shown(again)
    assert send(client, ADDRESS, visit(client, ADDRESS), {"code": code}).status == 409


def test_two_people_on_one_page_get_codes_of_their_own(of: Round, client: FlaskClient) -> None:
    codes = make_codes(of, "Network", 2, secret=SECRET, by=None, at=now())
    form = visit(client, ADDRESS)
    assert len({shown(send(client, ADDRESS, form, {"code": code})) for code in codes}) == 2


def test_the_code_to_go_on_with_is_taken_here_as_well(code: str, client: FlaskClient) -> None:
    entered = shown(seen(client.post(ADDRESS, data={"code": code})))
    assert shown(seen(client.post(ADDRESS, data={"code": entered}))) == entered


def test_an_unknown_code_is_not_found_and_guessing_is_slowed(
    of: Round, client: FlaskClient
) -> None:
    statuses = [
        client.post(ADDRESS, data={"code": new_code()}).status_code for _ in range(GUESSES + 1)
    ]
    assert statuses == [404] * GUESSES + [429]


def test_a_mistyped_code_comes_back_with_what_to_look_at(code: str, client: FlaskClient) -> None:
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    page = seen(client.post(ADDRESS, data={"code": wrong}))
    assert page.status == 422
    assert page.says("There is a mistake in the code.")
    field = page.form.select_one("[name=code]")
    assert field is not None
    assert field.get_text() == wrong


def test_nothing_is_struck_off_while_no_round_is_open(
    of: Round, code: str, client: FlaskClient
) -> None:
    close(of, by=None, at=now())
    assert visit(client, ADDRESS).says("This round is not open")
    assert client.post(ADDRESS, data={"code": code}).status_code == 409
    assert db.session.scalars(select(PersonalCode.struck_by)).one() is None


def test_no_code_stands_in_a_log_or_an_address(
    code: str, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page = send(client, ADDRESS, visit(client, ADDRESS), {"code": code})
    for each in (code, shown(page)):
        assert read_code(each) == each
        assert each not in caplog.text
        assert each.replace("-", "") not in caplog.text
        assert each not in " ".join(str(link.get("href")) for link in page.soup.select("a"))
    assert "Set-Cookie" not in client.get(ADDRESS).headers
