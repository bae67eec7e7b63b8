"""The reading desk."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.comments.models import ANSWER, UNPUBLISHED, Point
from consultations.replies.queries import replies_to
from consultations.rounds.models import Round
from consultations.themes.services import add_theme, code_points
from tests.factories import (
    a_consultation,
    a_point,
    a_round,
    an_account,
    an_organisation,
    posted,
    sign_in,
)

ADDRESS = "/en/manage/code/points/"
REPLY = {"disposition": "accepted", "text": "Doubled, to forty days.", "action": "next"}


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round."""
    return a_round(a_consultation())


@pytest.fixture
def comment(of: Round) -> Point:
    """A published comment of an organisation."""
    return a_point(of, an_organisation(), label="1.1")


@pytest.fixture
def said(of: Round, comment: Point) -> list[Point]:
    """What three citizens said in their answers, on the theme of the comment."""
    theme = add_theme(of.consultation, "notice", {"en": "Notice"}, {"en": "Earlier, please."})
    points = [
        a_point(of, origin=ANSWER, status=UNPUBLISHED, text=f"Words {place}") for place in range(3)
    ]
    code_points([comment, *points], theme, by=None)
    return points


@pytest.fixture
def organizer(comment: Point, client: FlaskClient) -> FlaskClient:
    """The organizer, signed in."""
    return sign_in(client, an_account())


def test_a_reply_leads_to_the_next_point(of: Round, organizer: FlaskClient, comment: Point) -> None:
    second = a_point(of, an_organisation(), label="1.2")
    answered = posted(organizer, ADDRESS, point=comment.id, **REPLY)
    assert answered.status_code == 303
    assert answered.location == f"{ADDRESS}?point={second.id}"
    assert replies_to([comment.id])[comment.id].text == {"en": "Doubled, to forty days."}
    assert "1 point without a reply" in organizer.get(answered.location).text


def test_what_is_wrong_is_said_and_nothing_lost(organizer: FlaskClient, comment: Point) -> None:
    refused = posted(organizer, ADDRESS, point=comment.id, text="Because of the harvest.")
    assert refused.status_code == 422
    assert "Because of the harvest." in refused.text
    assert "Choose what becomes of the point." in refused.text
    assert replies_to([comment.id]) == {}


def test_a_reply_can_be_given_to_all_that_say_the_same(
    organizer: FlaskClient, comment: Point, said: list[Point]
) -> None:
    page = organizer.get(f"{ADDRESS}?point={comment.id}").text
    assert "The same reply for the 3 other points" in page
    posted(organizer, ADDRESS, point=comment.id, same_notice="yes", **REPLY)
    assert set(replies_to([each.id for each in said])) == {each.id for each in said}


def test_words_that_say_the_same_are_answered_together(
    organizer: FlaskClient, comment: Point, said: list[Point]
) -> None:
    first = min(said, key=lambda each: each.id)
    page = organizer.get(f"{ADDRESS}?point={first.id}&from=citizens").text
    assert "3 people, read together" in page
    assert "Earlier, please." in page
    posted(organizer, ADDRESS, point=first.id, **REPLY)
    assert set(replies_to([each.id for each in [*said, comment]])) == {each.id for each in said}


def test_filters_leave_out_what_they_say(
    of: Round, organizer: FlaskClient, said: list[Point]
) -> None:
    assert "Farmers" in organizer.get(f"{ADDRESS}?from=organisations").text
    assert "Farmers" not in organizer.get(f"{ADDRESS}?from=citizens").text
    assert "No point here." in organizer.get(f"{ADDRESS}?article=art_2").text
    assert "No point here." in organizer.get(f"{ADDRESS}?status=replied").text


def test_a_long_list_is_cut_into_pages(of: Round, organizer: FlaskClient) -> None:
    for place in range(25):
        a_point(of, an_organisation(), label=f"1.{place + 2}")
    assert "2 of 2" in organizer.get(f"{ADDRESS}?page=99").text


def test_a_point_of_another_consultation_is_not_found(organizer: FlaskClient) -> None:
    other = a_point(a_round(a_consultation("other")))
    assert organizer.get(f"{ADDRESS}?point={other.id}").status_code == 404
