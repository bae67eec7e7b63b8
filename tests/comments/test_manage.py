"""Commenting for an organisation."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.accounts.roles import MEMBER
from consultations.comments.models import Endorsement, Point
from consultations.db import db
from consultations.rounds.models import CLOSED, Round
from tests.factories import (
    a_consultation,
    a_point,
    a_round,
    an_account,
    an_organisation,
    posted,
    sign_in,
)

ADDRESS = "/en/manage/code/comment/art_1/"
COMMENT = {"position": "support", "type": "technical", "text": "Twenty is enough."}


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round."""
    return a_round(a_consultation())


@pytest.fixture
def member(of: Round, client: FlaskClient) -> FlaskClient:
    """Somebody who writes for the Herders."""
    return sign_in(client, an_account(MEMBER, organisation=an_organisation("Herders")))


def test_a_comment_stands_under_the_organisations_name(member: FlaskClient) -> None:
    sent = posted(member, ADDRESS, **COMMENT)
    assert (sent.status_code, sent.location) == (303, f"{ADDRESS}sent/")
    point = db.session.scalars(select(Point)).one()
    assert point.organisation_id == an_organisation("Herders").id
    assert "Thank you" in member.get(sent.location).text


def test_what_is_wrong_is_said(member: FlaskClient) -> None:
    refused = posted(member, ADDRESS, text="Twenty is enough.")
    assert refused.status_code == 422
    assert "Twenty is enough." in refused.text


def test_a_closed_round_gives_back_what_was_typed(of: Round, member: FlaskClient) -> None:
    page = member.get(ADDRESS).text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    of.stage = CLOSED
    refused = member.post(ADDRESS, data={**COMMENT, "csrf_token": token})
    assert refused.status_code == 409
    assert "Twenty is enough." in refused.text


def test_others_proposals_can_be_joined(of: Round, member: FlaskClient) -> None:
    point = a_point(of, an_organisation("Farmers"))
    page = member.get(ADDRESS).text
    assert f"/en/manage/code/join/{point.id}/" in page
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    joined = member.post(f"/en/manage/code/join/{point.id}/", data={"csrf_token": token})
    assert joined.status_code == 303
    assert db.session.scalars(select(Endorsement.point_id)).all() == [point.id]
    assert f"/en/manage/code/join/{point.id}/" not in member.get(ADDRESS).text
