"""Participation so far, for the team alone."""

from datetime import date, timedelta

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from consultations.accounts.roles import RAPPORTEUR
from consultations.analysis.models import ParticipationKept
from consultations.analysis.participation import Taking, participation_for_the_team
from consultations.clock import now
from consultations.db import db
from consultations.portal.services import declare
from consultations.rounds.models import Round
from consultations.rounds.services import begin_day, close
from consultations.workspace.participation import participation, periods, wanted
from tests.factories import (
    PLAN,
    a_consultation,
    a_round,
    a_submission,
    an_account,
    sign_in,
)
from tests.visitor import posted, send, visit

PAGE = "/en/manage/code/rounds/1/participation/"
DAY = date(2026, 11, 3)
GROUPS = [{"code": "women", "label": {"en": "Women"}, "of": {"gender": ["woman"]}}]


def _round(women: int, men: int, **plan: object) -> Round:
    of = a_round(a_consultation(plan={**PLAN, **plan}))
    for gender, count in (("woman", women), ("man", men)):
        for _ in range(count):
            a_submission(of, gender=gender, art_1_position="-6", art_2_position="-6")
    begin_day(of, DAY)
    return of


def test_counts_are_rounded_down_to_the_threshold(app: Flask) -> None:
    of = _round(women=24, men=9)
    found = participation_for_the_team(of.consultation, of)
    assert (found.individuals, found.step) == (30, 5)
    assert [(each.label["en"], each.count) for each in found.groups] == [("woman", 20), ("man", 5)]


@pytest.mark.parametrize(("women", "counted"), [(9, 5), (10, 10), (14, 10)])
def test_one_more_person_moves_a_count_by_a_whole_step(
    app: Flask, women: int, counted: int
) -> None:
    of = _round(women=women, men=0, groups=GROUPS)
    [group] = participation_for_the_team(of.consultation, of).groups
    assert (group.count, group.reference_share) == (counted, 0.5)


def test_before_the_first_count_the_page_names_the_threshold(
    client: FlaskClient,
) -> None:
    a_round(a_consultation())
    sign_in(client, an_account())
    assert "Fewer than 5 people have answered" in client.get(PAGE).text


def test_nothing_is_told_of_fewer_than_the_threshold(app: Flask) -> None:
    with app.test_request_context():
        g.lang = "en"
        of = _round(women=4, men=0)
        assert participation(of.consultation, of) is None


def test_the_desk_says_what_the_report_could_show(app: Flask) -> None:
    with app.test_request_context():
        g.lang = "en"
        of = _round(women=24, men=9)
        shown = participation(of.consultation, of)
    assert shown is not None
    assert shown["prospects"].startswith("Of 2 groups, 1 are large enough")
    assert "man" in shown["prospects"]
    assert [each["said"] for each in shown["groups"]] == ["17 points more", ""]


def test_answers_are_counted_once_a_day(app: Flask) -> None:
    of = _round(women=24, men=0)
    for _ in range(10):
        a_submission(of, gender="woman", art_1_position="-6", art_2_position="-6")

    begin_day(of, DAY)
    assert participation_for_the_team(of.consultation, of).individuals == 20
    begin_day(of, DAY + timedelta(days=1))
    assert participation_for_the_team(of.consultation, of).individuals == 30


def test_a_round_that_closes_is_counted_to_the_end(app: Flask) -> None:
    of = _round(women=24, men=0)
    for _ in range(10):
        a_submission(of, gender="woman", art_1_position="-6", art_2_position="-6")

    close(of, by=None, at=now())

    assert participation_for_the_team(of.consultation, of).individuals == 30


def test_what_is_kept_tells_of_no_single_person(app: Flask) -> None:
    of = _round(women=24, men=9)
    kept = db.session.get(ParticipationKept, of.id)

    assert kept is not None
    assert kept.counts["dimensions"]["gender"] == {"man": 5, "woman": 20}
    assert kept.counts["days"] == [["2026-01-02", 30]]
    assert kept.counts["channels"] == {"web": 30}


def test_many_days_are_told_by_weeks() -> None:
    first = date(2026, 3, 2)
    days = [(first + timedelta(days=place), 5 * (place + 1)) for place in range(35)]

    told = periods(days)

    assert len(told) == 5
    assert (told[0].day, told[0].by_then, told[0].more) == (days[-1][0], 175, 35)
    assert periods(days[:3])[0].more == 5


def test_a_group_is_wanted_in_its_share_and_large_enough() -> None:
    women = Taking("women", {}, 10, 0.5)

    assert wanted(women, 1_000, 20) == 500
    assert wanted(women, 30, 20) == 20
    assert wanted(women, None, 20) == 20


def test_the_page_names_who_could_reach_a_missing_group(app: Flask, client: FlaskClient) -> None:
    of = _round(women=5, men=24, groups=GROUPS)
    declare(of.consultation, tag="radio", partner="Radio North", reaches=["women", "nobody"])
    sign_in(client, an_account())

    page = visit(client, PAGE)

    assert page.says("At least 25 people have answered.")
    assert page.says("could be reached by: Radio North")


def test_the_desk_says_of_a_few_that_they_are_few(app: Flask, client: FlaskClient) -> None:
    _round(women=2, men=24, groups=GROUPS)
    sign_in(client, an_account())

    assert visit(client, "/en/manage/code/").says("Women fewer than 5")


def test_a_target_is_set_and_a_mistyped_one_comes_back(app: Flask, client: FlaskClient) -> None:
    of = _round(women=5, men=24)
    sign_in(client, an_account())
    page = visit(client, PAGE)

    refused = send(client, PAGE, page, {"target": "many"})
    assert refused.status == 400
    assert refused.soup.select_one("[name=target]")["value"] == "many"
    client.post(PAGE, data=posted(page, {"target": "٢٠٠٠"}))
    db.session.refresh(of)
    assert of.target == 2_000


def test_a_rapporteur_looks_and_sets_nothing(app: Flask, client: FlaskClient) -> None:
    _round(women=5, men=24)
    sign_in(client, an_account(RAPPORTEUR))

    assert not visit(client, PAGE).soup.select("[name=target]")
    assert client.post(PAGE, data={"target": "5"}).status_code in (400, 403)
