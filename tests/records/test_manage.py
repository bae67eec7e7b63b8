"""Keying in at the desk: two people, one pile of paper."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from consultations.accounts.roles import ORGANIZER, RAPPORTEUR, TRANSLATOR
from consultations.config import Settings
from consultations.db import db
from consultations.submissions.models import Submission
from tests.factories import a_consultation, a_round, an_account, posted, sign_in
from tests.visitor import visit

DESK = "/en/manage/code/paper/"


@pytest.fixture
def first(app: Flask) -> FlaskClient:
    a_round(a_consultation())
    return sign_in(app.test_client(), an_account(ORGANIZER))


@pytest.fixture
def second(app: Flask, first: FlaskClient) -> FlaskClient:
    return sign_in(app.test_client(), an_account(RAPPORTEUR))


def begun(client: FlaskClient, expected: str = "1") -> str:
    response = posted(client, DESK, expected=expected, language="fr")
    assert response.status_code == 303
    return str(response.location)


def test_two_people_key_a_pile_in_and_it_is_counted(
    first: FlaskClient, second: FlaskClient
) -> None:
    batch = begun(first, "2")
    for client, place in ((first, 1), (first, 2), (second, 1), (second, 2)):
        response = posted(client, f"{batch}{place}/", art_1_position="1", art_1_change="More.")
        assert response.status_code == 303
    assert visit(first, batch).says("Two people agree on every form")

    assert posted(first, batch, action="accept").status_code == 303
    found = db.session.scalars(select(Submission)).all()
    assert [each.answers["art_1_position"] for each in found] == ["support", "support"]


def test_what_was_keyed_in_is_gone_from_the_database_once_it_is_counted(
    first: FlaskClient, second: FlaskClient, settings: Settings
) -> None:
    batch = begun(first)
    posted(first, f"{batch}1/", art_1_change="Longer notice.")
    posted(second, f"{batch}1/", art_1_change="Longer notice.")
    posted(first, batch, action="accept")
    if settings.database_url:
        assert db.session.scalar(text("SELECT pg_relation_size('keyed_form')")) == 0
    else:
        kept = (settings.instance / "consultations.sqlite").read_bytes()
        assert kept.count(b"Longer notice.") == 1


def test_saving_leads_to_the_next_form(first: FlaskClient) -> None:
    batch = begun(first, "2")

    assert posted(first, f"{batch}1/", art_1_position="1").location == f"{batch}2/"
    assert posted(first, f"{batch}2/", art_1_position="1").location == batch


def test_the_second_person_does_not_see_what_the_first_read(
    first: FlaskClient, second: FlaskClient
) -> None:
    batch = begun(first)
    posted(first, f"{batch}1/", art_1_change="Longer notice.")

    assert "Longer notice." not in visit(second, f"{batch}1/").text


def test_the_same_person_is_refused_the_second_time(first: FlaskClient) -> None:
    batch = begun(first)
    posted(first, f"{batch}1/", art_1_position="1")
    page = visit(first, f"{batch}1/")

    assert page.status == 409
    assert page.says("has to be somebody else")


def test_differences_are_shown_field_by_field_and_settled(
    first: FlaskClient, second: FlaskClient
) -> None:
    batch = begun(first)
    posted(first, f"{batch}1/", art_1_position="1", art_2_position="1")
    posted(second, f"{batch}1/", art_1_position="3", art_2_position="1")
    assert posted(first, batch, action="accept").status_code == 409
    page = visit(first, f"{batch}1/differences/")

    assert [each["name"] for each in page.soup.select(".keyed input")] == ["art_1_position"]
    assert page.says("First: 1 Second: 3")
    assert posted(first, f"{batch}1/differences/", art_1_position="3").location == batch
    assert visit(first, batch).says("Two people agree on every form")


def test_what_cannot_be_is_told_and_what_was_typed_stays(first: FlaskClient) -> None:
    batch = begun(first)
    response = posted(first, f"{batch}1/", art_1_position="9", art_1_change="Kept.")

    assert response.status_code == 422
    assert "among the choices" in response.get_data(as_text=True)
    assert "Kept." in response.get_data(as_text=True)


def test_a_batch_that_is_no_number_is_refused(first: FlaskClient) -> None:
    response = posted(first, DESK, expected="many", language="fr")

    assert response.status_code == 400
    assert "between 1 and 500" in response.get_data(as_text=True)


def test_the_number_of_forms_is_put_right(first: FlaskClient) -> None:
    batch = begun(first, "2")

    assert posted(first, batch, action="resize", expected="٣").location == batch
    assert visit(first, batch).says("Forms 3")
    assert posted(first, batch, action="resize", expected="none").status_code == 400


def test_the_numbers_on_the_desk_are_those_on_paper(first: FlaskClient) -> None:
    page = visit(first, f"{begun(first)}1/")
    rows = [each.get_text(" ", strip=True) for each in page.soup.select(".asked")]

    assert rows[0].startswith("1 Position? 1 support 2 support_with_changes")
    assert [row.split()[0] for row in rows] == ["1", "2", "3", "4", "5"]


def test_others_of_the_team_do_not_key_in(app: Flask, first: FlaskClient) -> None:
    translator = sign_in(app.test_client(), an_account(TRANSLATOR))

    assert translator.get(DESK).status_code == 403
