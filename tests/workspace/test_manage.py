"""The team's desk."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.accounts.roles import MEMBER, NEGOTIATOR
from consultations.clock import now
from consultations.comments.models import ANSWER, WAITING, Point
from consultations.db import db
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Question, Questionnaire
from consultations.reports.models import Report
from consultations.rounds.models import CLOSED, OPEN, PLANNED, REPORTED, Round, TeamAction
from consultations.rounds.services import begin_days
from tests.factories import (
    a_consultation,
    a_point,
    a_round,
    a_submission,
    an_account,
    an_organisation,
    posted,
    sign_in,
)

ROUND = "/en/manage/code/rounds/1/"


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round with a few answers: 12 women, 4 men."""
    made = a_round(a_consultation())
    for gender, count in (("woman", 12), ("man", 4)):
        for _ in range(count):
            a_submission(
                made,
                gender=gender,
                art_1_position="oppose",
                art_2_position="support",
                art_1_change="Sixty days.",
            )
    return made


@pytest.fixture
def organizer(of: Round, client: FlaskClient) -> FlaskClient:
    """The organizer, signed in."""
    return sign_in(client, an_account())


def _stage(of: Round) -> str:
    db.session.refresh(of)
    return of.stage


def test_the_desk_lists_what_is_to_be_done(of: Round, organizer: FlaskClient) -> None:
    a_point(of, status=WAITING)
    a_point(of, an_organisation(), label="1.1")
    page = organizer.get("/en/manage/code/").text
    assert "comment to read" in page
    assert "point without a reply" in page
    assert "passages to translate" in page
    assert "things to do" in organizer.get("/en/manage/").text


def test_participation_is_told_in_steps(organizer: FlaskClient) -> None:
    begin_days(at=now())
    page = organizer.get("/en/manage/code/").text
    assert "Of 15 people so far, in steps of 5" in page
    assert "17 points more" in page
    assert "Census" in page


def test_a_member_sees_where_to_comment_and_no_counts(of: Round, client: FlaskClient) -> None:
    sign_in(client, an_account(MEMBER))
    page = client.get("/en/manage/code/").text
    assert "/en/manage/code/comment/art_1/" in page
    assert "people so far" not in page


def test_closing_a_round_finds_the_points_in_its_answers(of: Round, organizer: FlaskClient) -> None:
    assert posted(organizer, ROUND, action="close").status_code == 303
    assert _stage(of) == CLOSED
    origins = db.session.scalars(select(Point.origin)).all()
    assert origins == [ANSWER] * 16
    assert "round.close" in db.session.scalars(select(TeamAction.action)).all()


def test_a_round_opens_with_all_it_needs(of: Round, organizer: FlaskClient) -> None:
    of.stage, of.opens = PLANNED, date(2098, 1, 1)
    assert posted(organizer, ROUND, action="open").status_code == 303
    assert _stage(of) == OPEN


@pytest.mark.parametrize(
    ("lacking", "said"), [("contact", "whom people can ask"), ("privacy_notice", "privacy notice")]
)
def test_a_round_does_not_open_without_what_people_need_to_know(
    of: Round, organizer: FlaskClient, lacking: str, said: str
) -> None:
    of.stage, of.opens = PLANNED, date(2098, 1, 1)
    setattr(of.consultation, lacking, {})
    refused = posted(organizer, ROUND, action="open")
    assert refused.status_code == 409
    assert said in refused.text
    assert _stage(of) == PLANNED


def test_the_report_of_an_open_round_is_refused(of: Round, organizer: FlaskClient) -> None:
    refused = posted(organizer, ROUND, action="publish")
    assert refused.status_code == 409
    assert _stage(of) == OPEN


def test_a_report_is_previewed_and_published(of: Round, organizer: FlaskClient) -> None:
    of.stage = CLOSED
    page = organizer.get(ROUND).text
    assert "/en/manage/code/rounds/1/preview/" in page
    assert posted(organizer, ROUND, action="publish").status_code == 303
    assert _stage(of) == REPORTED
    assert db.session.scalars(select(Report.round_id)).all() == [of.id]
    assert "/en/code/reports/1/" in organizer.get(ROUND).text


def test_a_negotiator_looks_but_does_not_decide(of: Round, client: FlaskClient) -> None:
    sign_in(client, an_account(NEGOTIATOR))
    page = client.get(ROUND).text
    assert "Close the round" not in page
    assert "Answers so far" not in page
    token = client.get("/en/manage/").text.partition('name="csrf_token" value="')[2]
    form = {"csrf_token": token.partition('"')[0], "action": "close"}
    assert client.post(ROUND, data=form).status_code == 403
    assert _stage(of) == OPEN


def test_an_unknown_action_is_refused(of: Round, organizer: FlaskClient) -> None:
    assert posted(organizer, ROUND, action="burn").status_code == 400


def test_the_round_page_tells_how_many_answers_to_expect(of: Round, organizer: FlaskClient) -> None:
    page = organizer.get(f"{ROUND}?participants=39").text
    assert "about 3 minutes" in page
    assert ">39<" in page
    assert "too few: 40 would have to take part" in page
    assert "too few: 40" not in organizer.get(f"{ROUND}?participants=40").text
    for odd in ("", "many", "-5", "9" * 30):
        assert organizer.get(f"{ROUND}?participants={odd}").status_code == 200


def test_a_long_questionnaire_is_warned_about_before_opening(
    app: Flask, client: FlaskClient
) -> None:
    about = a_consultation()
    words = Question("notes", "note", {"en": "word " * 3_000})
    groups = [Question(name, "single", {"en": name}, dimension=name) for name in "abcdef"]
    long = Questionnaire({}, ("en",), "en", (words, *groups))
    version = add_version(about, long).id
    a_round(about, stage=PLANNED, opens=date(2098, 1, 1), questionnaire_version_id=version)
    page = sign_in(client, an_account()).get(ROUND).text
    assert "Over 15 minutes twice as many people give up" in page
    assert "6 questions are about the person" in page
