"""Themes in what people wrote are counted by group, under the rules of every other count."""

from typing import Any

import pytest
from flask import Flask

from consultations.analysis.services import data_digest, protected_counts
from consultations.comments.models import Point
from consultations.comments.services import points_from_answers
from consultations.db import db
from consultations.rounds.models import CLOSED, Round
from consultations.submissions.models import Submission
from consultations.themes.services import add_theme, code_points
from tests.factories import a_consultation, a_round, a_submission

TABLE = "art_1_change.themes"


@pytest.fixture
def of(app: Flask) -> Round:
    """Forty women and forty men, of whom thirty and twenty wrote; nothing is coded yet."""
    made = a_round(a_consultation(), stage=CLOSED)
    for gender, wrote in (("woman", 30), ("man", 20)):
        for place in range(40):
            words = {"art_1_change": "Longer notice."} if place < wrote else {}
            a_submission(made, gender=gender, art_1_position="support", **words)
    return made


def coded(of: Round, **amounts: int) -> list[Point]:
    """Attach themes to the words of so many women and half as many men."""
    points = points_from_answers(of)
    women = [each for each in points if _gender(each) == "woman"]
    men = [each for each in points if _gender(each) == "man"]
    for code, amount in amounts.items():
        theme = add_theme(of.consultation, code, {"en": code})
        code_points(women[:amount] + men[: amount // 2], theme, by=None)
    return points


def _gender(point: Point) -> Any:
    return db.session.get_one(Submission, point.submission_id).answers["gender"]


def table(of: Round, name: str) -> dict[str, Any]:
    tables = protected_counts(of.consultation, of).individuals.as_published()["tables"]
    return next(each for each in tables if each["id"] == name)


def test_themes_are_counted_by_group(of: Round) -> None:
    coded(of, notice=20, roads=14)
    found = table(of, f"{TABLE}.by.gender")
    counts = {(each["category"], *each["group"]): each["count"] for each in found["cells"]}
    bases = {tuple(each["codes"]): (each["base"], each["answered"]) for each in found["groups"]}

    assert found["kind"] == "multiple"
    assert (counts["notice", "woman"], counts["notice", "man"]) == (20, 10)
    assert (counts["roads", "woman"], counts["roads", "man"]) == (14, 7)
    assert bases["woman",] == (40, 20)
    assert bases["man",] == (40, 10)


def test_a_group_of_few_who_say_something_is_withheld(of: Round) -> None:
    coded(of, notice=20, roads=8)
    found = table(of, f"{TABLE}.by.gender")
    counts = {(each["category"], *each["group"]): each["count"] for each in found["cells"]}

    assert counts["roads", "man"] is None


def test_a_rare_theme_has_no_column(of: Round) -> None:
    coded(of, notice=20, roads=2)

    assert [each["code"] for each in table(of, f"{TABLE}.overall")["categories"]] == ["notice", "-"]


def test_words_without_a_named_theme_are_told_from_silence(of: Round) -> None:
    coded(of, notice=20)
    silent = protected_counts(of.consultation, of).individuals.as_published()["coverage"]
    kinds = {e["code"]: e["count"] for e in silent["non_response"] if e["question"] == TABLE}

    assert kinds == {"-6": 30, "-4": 20}


def test_coding_after_publication_is_new_data(of: Round) -> None:
    points = coded(of, notice=20)
    before = data_digest(of.consultation, of)
    code_points(points, add_theme(of.consultation, "roads", {"en": "Roads"}), by=None)

    assert data_digest(of.consultation, of) != before
