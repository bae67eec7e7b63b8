"""Participation so far, for the team alone."""

import pytest
from flask import Flask, g

from consultations.analysis.participation import participation_for_the_team
from consultations.rounds.models import Round
from consultations.workspace.participation import participation
from tests.factories import PLAN, a_consultation, a_round, a_submission

GROUPS = [{"code": "women", "label": {"en": "Women"}, "of": {"gender": ["woman"]}}]


def _round(women: int, men: int, **plan: object) -> Round:
    of = a_round(a_consultation(plan={**PLAN, **plan}))
    for gender, count in (("woman", women), ("man", men)):
        for _ in range(count):
            a_submission(of, gender=gender, art_1_position="-6", art_2_position="-6")
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
