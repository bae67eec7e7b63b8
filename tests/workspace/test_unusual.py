"""What looks unusual, for the team alone; a burst is declared and ended."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.accounts.roles import NEGOTIATOR, RAPPORTEUR
from consultations.clock import today
from consultations.db import db
from consultations.rounds.models import CLOSED, Round, TeamAction
from consultations.submissions.marks import HONEYPOT
from consultations.submissions.models import Submission
from consultations.workspace.unusual import SAID, unusual
from tests.factories import a_consultation, a_round, an_account, posted, sign_in

PAGE = "/en/manage/code/rounds/1/unusual/"
FIRST = date(2026, 3, 2)
CALL = "We call on the Parties to give notice of every exercise sixty days before it begins."


@pytest.fixture
def of(app: Flask) -> Round:
    """Three answers a day for eight days, thirty more on the fifth: copied, some trapped."""
    made = a_round(a_consultation())
    for day in range(8):
        _come(made, 3, day=FIRST + timedelta(days=day))
    _come(made, 30, day=FIRST + timedelta(days=4), change=CALL)
    _come(made, 7, day=FIRST + timedelta(days=4), marks=[HONEYPOT])
    return made


def _come(
    to: Round,
    count: int,
    *,
    day: date,
    change: str = "",
    marks: Sequence[str] = (),
    channel: str = "web",
) -> None:
    db.session.add_all(
        Submission(
            round_id=to.id,
            questionnaire_version_id=to.questionnaire_version_id,
            language="en",
            channel=channel,
            received_on=day,
            marks=list(marks),
            answers={"gender": "woman", "art_1_change": change},
        )
        for _ in range(count)
    )
    db.session.flush()


def _shown(app: Flask, of: Round) -> dict[str, tuple[int, int]]:
    with app.test_request_context():
        g.lang = "en"
        found = unusual(of.consultation, of)
    return {each["label"]: (each["count"], each["others"]) for each in found["marks"]} | {
        "all": (found["everyone"], found["rest"])
    }


def test_counts_stand_beside_each_other_in_steps(app: Flask, of: Round) -> None:
    shown = _shown(app, of)
    assert shown["all"] == (60, 25)
    assert shown[SAID[HONEYPOT][0]] == (5, 55)
    assert shown["Nearly the same words"] == (30, 30)
    assert shown["On an unusual day"] == (40, 20)
    assert shown["Many answers from one address"] == (0, 60)


def test_no_count_is_anything_but_a_multiple_of_the_threshold(app: Flask, of: Round) -> None:
    assert all(each % 5 == 0 for pair in _shown(app, of).values() for each in pair)


def test_what_came_today_is_not_counted_before_tomorrow(app: Flask, of: Round) -> None:
    before = _shown(app, of)
    _come(of, 40, day=today(), change=CALL)
    app.extensions["patterns"].clear()
    assert _shown(app, of) == before


def test_what_came_otherwise_is_left_out(app: Flask, of: Round) -> None:
    before = _shown(app, of)
    _come(of, 20, day=FIRST, channel="paper")
    app.extensions["patterns"].clear()
    assert _shown(app, of) == before


def test_the_page_says_what_each_mark_means(of: Round, client: FlaskClient) -> None:
    page = sign_in(client, an_account()).get(PAGE).text
    for label, meaning in SAID.values():
        assert label in page
        assert meaning in page
    assert "fewer than 5" in page
    assert "Unusual patterns" in client.get("/en/manage/code/").text
    assert PAGE in client.get("/en/manage/code/rounds/1/").text


def test_no_group_is_counted_before_the_round_closes(of: Round, client: FlaskClient) -> None:
    page = sign_in(client, an_account()).get(PAGE).text
    assert "woman" not in page.lower()


def test_a_burst_is_declared_and_ended_and_noted(of: Round, client: FlaskClient) -> None:
    sign_in(client, an_account())
    assert posted(client, PAGE, action="declare").status_code == 303
    db.session.refresh(of)
    assert of.burst
    assert "End the burst" in client.get(PAGE).text
    assert "declared burst" in client.get("/en/manage/code/").text
    posted(client, PAGE, action="end")
    db.session.refresh(of)
    assert not of.burst
    actions = [each.action for each in db.session.scalars(select(TeamAction))]
    assert sorted(actions) == ["round.burst", "round.burst_over"]
    desk = client.get("/en/manage/code/").text
    assert "declared burst" not in desk
    assert "A burst of machines was declared in round 1." in desk


def test_a_round_that_is_not_open_has_no_burst(of: Round, client: FlaskClient) -> None:
    of.stage = CLOSED
    sign_in(client, an_account())
    assert "Declare a burst" not in client.get(PAGE).text
    assert posted(client, "/en/manage/code/", action="declare").status_code == 405
    page = client.get("/en/manage/code/rounds/1/").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    data = {"csrf_token": token, "action": "declare"}
    assert client.post(PAGE, data=data).status_code == 409


def test_a_rapporteur_looks_and_changes_nothing(of: Round, client: FlaskClient) -> None:
    sign_in(client, an_account(RAPPORTEUR))
    page = client.get(PAGE).text
    assert "Unusual patterns" in page
    assert "Declare a burst" not in page
    token = client.get("/en/manage/").text.partition('name="csrf_token" value="')[2][:91]
    data = {"csrf_token": token.partition('"')[0], "action": "declare"}
    assert client.post(PAGE, data=data).status_code == 403


def test_negotiators_do_not_see_it(of: Round, client: FlaskClient) -> None:
    assert sign_in(client, an_account(NEGOTIATOR)).get(PAGE).status_code == 403
