"""The comments to read."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.comments.models import HIDDEN, PUBLISHED, WAITING, Point
from consultations.db import db
from tests.factories import a_consultation, a_point, a_round, an_account, posted, sign_in

ADDRESS = "/en/manage/code/comments/"


@pytest.fixture
def point(app: Flask) -> Point:
    """A waiting comment with a proposed wording."""
    return a_point(
        a_round(a_consultation()),
        status=WAITING,
        paragraph="2",
        wording="The notice shall state the hours.",
    )


@pytest.fixture
def organizer(point: Point, client: FlaskClient) -> FlaskClient:
    """The organizer, signed in."""
    return sign_in(client, an_account())


def _status(point: Point) -> str:
    db.session.refresh(point)
    return point.status


def test_a_comment_is_shown_with_its_difference(organizer: FlaskClient) -> None:
    assert "<ins>hours</ins>" in organizer.get(ADDRESS).text


def test_a_comment_is_published(organizer: FlaskClient, point: Point) -> None:
    assert posted(organizer, ADDRESS, point=point.id, action="publish").status_code == 303
    assert _status(point) == PUBLISHED
    assert "Longer notice." in organizer.get(f"{ADDRESS}?status=published").text


def test_hiding_without_a_reason_changes_nothing(organizer: FlaskClient, point: Point) -> None:
    refused = posted(organizer, ADDRESS, point=point.id, action="hide")
    assert refused.status_code == 422
    assert "Write why it is not shown" in refused.text
    assert _status(point) == WAITING


def test_a_reason_too_long_comes_back(organizer: FlaskClient, point: Point) -> None:
    reason = "words " * 100
    refused = posted(
        organizer, ADDRESS, point=point.id, action="hide", **{f"reason-{point.id}": reason}
    )
    assert refused.status_code == 422
    assert "words words words" in refused.text


def test_a_hidden_comment_keeps_its_reason(organizer: FlaskClient, point: Point) -> None:
    reason = {f"reason-{point.id}": "Names a neighbour."}
    assert posted(organizer, ADDRESS, point=point.id, action="hide", **reason).status_code == 303
    assert _status(point) == HIDDEN
    assert "Names a neighbour." in organizer.get(f"{ADDRESS}?status=hidden").text


def test_a_point_of_another_consultation_is_not_found(organizer: FlaskClient) -> None:
    other = a_point(a_round(a_consultation("other")), status=WAITING)
    assert posted(organizer, ADDRESS, point=other.id, action="publish").status_code == 404
